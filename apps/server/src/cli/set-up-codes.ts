import { randomBytes } from 'node:crypto'
import { loadConfig } from '../platform/config.ts'
import { openLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { silentLog } from '../platform/runtime-log.ts'
import { makeSetUpCodes } from '../platform/setup-codes.ts'
import { type Run, UsageError } from './terminal.ts'
import { withDatabase } from './with-database.ts'

/**
 * `set-up-codes`: for a first start whose terminal is lost. The earlier codes end and new ones are shown, as long as no
 * administrator has used one.
 */
export const run: Run = async (args, terminal) => {
  if (args.length > 0) throw new UsageError(terminal.text('no_arguments'))
  const config = loadConfig()
  const codes = makeSetUpCodes(randomBytes)
  await withDatabase(config, async ({ ownerUrl, appUrl, isRunning }) => {
    if (!isRunning) await migrate(ownerUrl, silentLog)
    const { createApp } = await import('../app.ts')
    const app = await createApp({ config, database: { appUrl }, log: openLog('error') })
    try {
      await app.replaceSetUpCodes(codes)
    } finally {
      await app.close()
    }
  })
  terminal.answer(terminal.text('set-up-codes.done', { url: config.publicOrigin }))
  for (const { role, code } of codes) terminal.answer(`  ${code}  ${terminal.text(`role.${role}`)}`)
  return 0
}
