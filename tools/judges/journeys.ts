import { join } from 'node:path'
import { browserIn } from '../../apps/server/src/platform/browser.ts'
import { type Judge, ROOT, run } from './judge.ts'

const vitest = (env: Readonly<Record<string, string>>, ...args: string[]) => {
  const { status, said } = run(
    join(ROOT, 'node_modules/.bin/vitest'),
    ['run', '--config', 'e2e/long.config.ts', ...args],
    env,
  )
  return { isGreen: status === 0, said }
}

/** The journeys that take minutes each: a real browser on a real installation. */
export const journeys: Judge = {
  name: 'journeys',
  packages: ['chromium', 'fonts-noto-cjk'],
  missing: () => (browserIn() === undefined ? 'chromium' : null),
  async refusesFault() {
    // Every page complains on its console: the first one that is looked at must be refused.
    const { isGreen, said } = vitest({ TEST_PAGES_COMPLAIN: '1' }, 'television', '-t', 'the set shows a code')
    return !isGreen && said.includes('planted complaint')
  },
  async accepts() {
    const { isGreen, said } = vitest({})
    if (!isGreen) console.log(said)
    return isGreen
  },
}
