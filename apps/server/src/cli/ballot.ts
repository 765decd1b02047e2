import { type Run, UsageError } from './terminal.ts'

/** What `ballot` can do; each in a file of its own, loaded only when called. */
const ACTIONS: Readonly<Record<string, () => Promise<{ readonly run: Run }>>> = {
  demo: () => import('./ballot-demo.ts'),
  verify: () => import('./ballot-verify.ts'),
}

/** `ballot verify DIR`: whoever has the public files of a secret vote counts it again. */
export const run: Run = async ([action = '', ...args], terminal) => {
  const load = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined
  if (!load) throw new UsageError(terminal.text('ballot.usage'))
  return (await load()).run(args, terminal)
}
