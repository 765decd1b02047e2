import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * `npm run check [-- STEP...]`: everything that must hold before a change is handed in, in one command with the same
 * result everywhere. Every step runs, so that one look shows all that is wrong; the exit code is 1 if any failed.
 */
const ROOT = resolve(import.meta.dirname, '..')
type Step = { readonly name: string; readonly command: readonly string[] }

const typed = ['apps', 'packages']
  .flatMap((folder) => readdirSync(`${ROOT}/${folder}`).map((name) => `${folder}/${name}`))
  .filter((folder) => existsSync(`${ROOT}/${folder}/tsconfig.json`))

const STEPS: readonly Step[] = [
  // Four checkers would work out the same types four times over, for less than they cost on two cores.
  { name: 'types', command: ['tsc', '--singleThreaded', '-p', '.'] },
  ...typed.map((folder) => ({ name: `types ${folder}`, command: ['tsc', '--singleThreaded', '-p', folder] })),
  { name: 'lint', command: ['biome', 'ci', '--colors=off', '--max-diagnostics=200', '.'] },
  { name: 'knip', command: ['knip'] },
  {
    // Every package comes from the npm registry over HTTPS with an integrity hash.
    name: 'lockfile',
    command: [
      'lockfile-lint',
      '--path',
      'package-lock.json',
      '--type',
      'npm',
      '--allowed-hosts',
      'npm',
      '--validate-https',
      '--validate-integrity',
    ],
  },
  { name: 'generated', command: ['node', 'tools/generate.ts', '--check'] },
  { name: 'openapi', command: ['node', 'tools/lint-openapi.ts'] },
  { name: 'tests', command: ['vitest', 'run'] },
]

const wanted = process.argv.slice(2)
const steps = wanted.length === 0 ? STEPS : STEPS.filter(({ name }) => wanted.includes(name.split(' ')[0] ?? ''))
if (steps.length === 0) {
  console.error(`No such step. Steps: ${[...new Set(STEPS.map(({ name }) => name.split(' ')[0]))].join(', ')}`)
  process.exit(2)
}
mkdirSync(`${ROOT}/.cache`, { recursive: true })
// npm test adds up the counts that vitest leaves here.
const env = {
  VITEST_JSON: `${ROOT}/.cache/vitest.json`,
  // Every program of these steps loads the same packages: compiled once.
  NODE_COMPILE_CACHE: `${ROOT}/.cache/node`,
  ...process.env,
  NO_COLOR: '1',
}
const failed: string[] = []
for (const { name, command } of steps) {
  const [program = '', ...args] = command
  const started = performance.now()
  console.log(`\n> ${name}: ${command.join(' ')}`)
  const { status, error } = spawnSync(program, args, {
    cwd: ROOT,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (error) console.error(`${program} did not start: ${error.message}`)
  if (status !== 0) failed.push(name)
  console.log(`${status === 0 ? 'ok' : 'FAILED'} ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
console.log(failed.length === 0 ? '\ncheck: everything holds' : `\ncheck: failed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
