import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startEmbedded } from '../apps/server/src/platform/embedded-postgres.ts'
import { migrate } from '../apps/server/src/platform/migrate.ts'
import { silentLog } from '../apps/server/src/platform/runtime-log.ts'
import { GENERATORS } from './generators/generators.ts'

/**
 * `npm run generate`: writes the files that are made from the project itself, from a database with all migrations
 * that lives for this run only. `-- --check` writes nothing and fails when a committed file differs.
 */
const ROOT = resolve(import.meta.dirname, '..')
const check = process.argv.includes('--check')
const dataDir = mkdtempSync(join(tmpdir(), 'tongxin-generate-'))
const stale: string[] = []

const database = await startEmbedded({ dataDir, log: silentLog, fsync: false })
try {
  await migrate(database.ownerUrl, silentLog)
  for (const { file, make } of GENERATORS) {
    const path = join(ROOT, file)
    const text = await make({ ownerUrl: database.ownerUrl, appUrl: database.appUrl, dataDir })
    const before = existsSync(path) ? readFileSync(path, 'utf8') : null
    if (text === before) continue
    if (check) stale.push(file)
    else writeFileSync(path, text)
    console.log(`${check ? 'differs' : 'written'}: ${file}`)
  }
} finally {
  await database.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
if (stale.length > 0) {
  console.error('Generated files are out of date: run `npm run generate` and commit them.')
  process.exitCode = 1
}
