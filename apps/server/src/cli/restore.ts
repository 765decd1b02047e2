import { resolve } from 'node:path'
import { restoreBackup } from '../platform/backup/restore-backup.ts'
import { loadConfig } from '../platform/config.ts'
import { silentLog } from '../platform/runtime-log.ts'
import { type Run, UsageError } from './terminal.ts'

/** `restore DIR`: a backup into an empty TONGXIN_DATA. */
export const run: Run = async (args, terminal) => {
  const [name, ...more] = args
  if (!name || more.length > 0) throw new UsageError(terminal.text('one_folder'))
  const folder = resolve(terminal.cwd, name)
  terminal.progress(terminal.text('restore.checking', { folder }))
  const manifest = await restoreBackup(folder, loadConfig(), silentLog)
  terminal.answer(
    terminal.text('restore.done', {
      at: manifest.madeAt,
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
      files: manifest.files.length - manifest.tables.length,
    }),
  )
  return 0
}
