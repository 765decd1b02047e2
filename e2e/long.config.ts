import { defineConfig, mergeConfig } from 'vitest/config'
import journeys from './vitest.config.ts'

// The long journeys: minutes each. They are judges of `npm run test:judges`, so that `npm test` stays within its time.
const long = mergeConfig(journeys, defineConfig({ test: { name: 'long' } }))
if (long.test) {
  long.test.include = ['e2e/long/**/*.test.ts']
  long.test.exclude = []
}
export default long
