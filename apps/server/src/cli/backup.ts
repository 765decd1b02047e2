import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writeBackup } from '../platform/backup/write-backup.ts'
import { loadConfig, PROJECT_ROOT } from '../platform/config.ts'
import { type Run, UsageError } from './terminal.ts'
import { withDatabase } from './with-database.ts'

/** `backup DIR`: everything of this installation into a new folder, also while the server runs. */
export const run: Run = async (args, terminal) => {
  const [name, ...more] = args
  if (!name || more.length > 0) throw new UsageError(terminal.text('one_folder'))
  const folder = resolve(terminal.cwd, name)
  const config = loadConfig()
  const { version: release } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
    version: string
  }
  const manifest = await withDatabase(config, ({ ownerUrl, adminUrl }) =>
    writeBackup({ dataDir: config.dataDir, ownerUrl, adminUrl, release, now: new Date() }, folder, (table) => {
      if (table.rows > 0) terminal.progress(terminal.text('backup.table', { table: table.name, rows: table.rows }))
    }),
  )
  const megabytes = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0) / 1024 / 1024
  terminal.answer(
    terminal.text('backup.done', {
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
      files: manifest.files.length - manifest.tables.length,
      size: megabytes.toFixed(1),
      folder,
    }),
  )
  return 0
}
