import { loadConfig } from '../platform/config.ts'
import { migrate } from '../platform/migrate.ts'
import { silentLog } from '../platform/runtime-log.ts'
import { type Run, UsageError } from './terminal.ts'
import { withDatabase } from './with-database.ts'

/** `migrate`: brings the database to this release without serving; answers the names of what was applied. */
export const run: Run = async (args, terminal) => {
  if (args.length > 0) throw new UsageError(terminal.text('no_arguments'))
  const applied = await withDatabase(loadConfig(), ({ ownerUrl }) => migrate(ownerUrl, silentLog))
  for (const name of applied) terminal.answer(name)
  terminal.progress(terminal.text(applied.length > 0 ? 'migrate.done' : 'migrate.nothing', { count: applied.length }))
  return 0
}
