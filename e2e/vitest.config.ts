import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

// Journeys in a real browser on a fresh installation. One file after the other: each has the machine to itself.
export default defineConfig({
  test: {
    name: 'e2e',
    include: ['e2e/**/*.test.ts'],
    // Not the path of a URL, in which blanks and Chinese characters are encoded.
    root: resolve(import.meta.dirname, '..'),
    environment: 'node',
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // A journey is one story: after a step that failed the next ones would only repeat it.
    bail: 1,
    reporters: process.env.VITEST_JSON ? ['default', 'json'] : ['default'],
    ...(process.env.VITEST_JSON ? { outputFile: { json: process.env.VITEST_JSON } } : {}),
  },
})
