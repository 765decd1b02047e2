import { join } from 'node:path'
import { type Judge, ROOT, run } from './judge.ts'

const vitest = (env: Readonly<Record<string, string>>, ...args: string[]) => {
  const { status, said } = run(join(ROOT, 'node_modules/.bin/vitest'), ['run', ...args], env)
  return { isGreen: status === 0, said }
}

/** What takes minutes: server and database killed twenty times each, and the whole shape of a new module. */
export const endurance: Judge = {
  name: 'endurance',
  packages: [],
  missing: () => null,
  async refusesFault() {
    // What was acknowledged is taken away after the last kill.
    const { isGreen, said } = vitest(
      { TEST_KILLS: '1', TEST_LOSES: '1' },
      '--project',
      'kill',
      'kill.test.ts',
      '-t',
      'once',
    )
    return !isGreen && said.includes('lost: proposed')
  },
  async accepts() {
    const outcomes = [
      vitest({ TEST_KILLS: '20' }, '--project', 'kill'),
      vitest({ TEST_NEW_MODULE: 'whole' }, 'tools/new-module'),
    ]
    for (const { isGreen, said } of outcomes) if (!isGreen) console.log(said)
    return outcomes.every(({ isGreen }) => isGreen)
  },
}
