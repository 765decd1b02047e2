import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** `npm run lint:openapi`: two linters that nobody here wrote judge the committed API description. */
const ROOT = resolve(import.meta.dirname, '..')
const [file = 'openapi.json'] = process.argv.slice(2)
if (!existsSync(resolve(ROOT, file))) {
  console.error(`${file} is missing: run \`npm run generate\``)
  process.exit(1)
}
const JUDGES = [
  ['redocly', 'lint', '--format=stylish', file],
  ['spectral', 'lint', '--fail-severity=warn', '--quiet', file],
]
const statuses = JUDGES.map(([program = '', ...args]) => {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  return spawnSync(program, args, { cwd: ROOT, env, stdio: 'inherit', shell: process.platform === 'win32' }).status
})
process.exitCode = statuses.every((status) => status === 0) ? 0 : 1
