import { basename, resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// The longest journeys, begun first, so that at the end nobody waits for one of them alone.
const LONGEST = ['main-job', 'records', 'voting', 'learning', 'demonstration']
const placeOf = ({ moduleId }: TestSpecification) => {
  const place = LONGEST.indexOf(basename(moduleId, '.test.ts'))
  return place < 0 ? LONGEST.length : place
}
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((one, other) => placeOf(one) - placeOf(other))
  }
}

// Journeys in a real browser, each on an installation of its own, two at a time: half of each is waiting.
export default defineConfig({
  test: {
    name: 'e2e',
    include: ['e2e/*.test.ts'],
    // Not the path of a URL, in which blanks and Chinese characters are encoded.
    root: resolve(import.meta.dirname, '..'),
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    globalSetup: ['e2e/shared-folder.ts', 'e2e/shared-judge.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // A journey is one story: after a step that failed the next ones would only repeat it.
    bail: 1,
    reporters: process.env.VITEST_JSON ? ['default', 'json'] : ['default'],
    ...(process.env.VITEST_JSON ? { outputFile: { json: process.env.VITEST_JSON } } : {}),
  },
})
