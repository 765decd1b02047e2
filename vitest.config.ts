import { existsSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// Clones one migrated template database for each test file; see apps/server/src/test.
const GLOBAL_SETUP = 'apps/server/src/test/global-setup.ts'
// A whole installation, killed again and again: no template database, and minutes instead of seconds.
const KILL = 'apps/server/src/test/kill*.test.ts'
const exclude = ['**/node_modules/**', '**/dist/**', 'tools/arch/trespass/**']

// Minutes each: begun first, so that at the end no worker waits for one of them alone.
const LONGEST = [
  'test/matrix.test.ts',
  'test/kill.test.ts',
  'new-module/whole.test.ts',
  'test/kill-exam.test.ts',
  'cli/cli.test.ts',
  'test/fuzz.test.ts',
]
const placeOf = ({ moduleId }: TestSpecification) => {
  const place = LONGEST.findIndex((name) => moduleId.endsWith(name))
  return place < 0 ? LONGEST.length : place
}
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((one, other) => placeOf(one) - placeOf(other))
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // Two cores: more workers only fight for them.
    pool: 'forks',
    maxWorkers: 2,
    reporters: process.env.VITEST_JSON ? ['default', 'json'] : ['default'],
    ...(process.env.VITEST_JSON ? { outputFile: { json: process.env.VITEST_JSON } } : {}),
    projects: [
      {
        test: {
          name: 'rules',
          include: ['packages/{domain,contract,ballot,ballot-verifier}/src/**/*.test.ts'],
          exclude,
          environment: 'node',
          // Pure functions: nothing that one file leaves behind could be met by another.
          isolate: false,
          // Property tests take seconds where others use the machine too.
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'shape',
          include: ['tools/**/*.test.ts', 'bench/**/*.test.ts', 'bin/**/*.test.ts'],
          exclude,
          environment: 'node',
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'server',
          include: ['apps/server/**/*.test.ts'],
          exclude: [...exclude, KILL],
          environment: 'node',
          globalSetup: existsSync(GLOBAL_SETUP) ? [GLOBAL_SETUP] : [],
          setupFiles: ['apps/server/src/test/close-fixtures.ts'],
          // A file opens a database and an application of its own and closes them; what it need not have anew is the
          // program, which takes longer to load than most files take to run.
          isolate: false,
          // Beside the journeys and on two cores; a test that never ends is found all the same.
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: { name: 'kill', include: [KILL], exclude, environment: 'node' },
      },
      {
        plugins: [react()],
        test: {
          name: 'web',
          include: ['apps/*-web/src/**/*.test.{ts,tsx}', 'packages/{ui,client}/src/**/*.test.{ts,tsx}'],
          exclude,
          environment: 'happy-dom',
          testTimeout: 20_000,
        },
      },
    ],
  },
})
