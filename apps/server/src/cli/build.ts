import { type Run, UsageError } from './terminal.ts'
import { buildWebApps } from './web-build.ts'

/** `build`: both web applications anew, whether or not their sources changed. */
export const run: Run = async (args, terminal) => {
  if (args.length > 0) throw new UsageError(terminal.text('no_arguments'))
  await buildWebApps(terminal, true)
  return 0
}
