import { parseArgs } from 'node:util'
import { Refusal } from '@tongxin/contract/refusal'
import { loadConfig } from '../platform/config.ts'
import { openLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { nothing, silentLog } from '../platform/runtime-log.ts'
import { type Run, type Terminal, UsageError } from './terminal.ts'
import { withDatabase } from './with-database.ts'

/**
 * `demo load [--json]`: makes the invented committee and answers one account per role; `demo remove` takes it away whole.
 * Works before set-up and beside a running server.
 */
export const run: Run = async (args, terminal) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean' } },
  })
  const [act, ...more] = positionals
  if (more.length > 0 || (act !== 'load' && act !== 'remove')) throw new UsageError(terminal.text('demo.usage'))
  return act === 'load' ? load(values.json === true, terminal) : remove(terminal)
}

async function load(isJson: boolean, terminal: Terminal): Promise<number> {
  const config = loadConfig()
  const { loadDemonstration } = await import('../demo/load.ts')
  const { removeDemonstration } = await import('../demo/remove.ts')
  const accounts = await withDatabase(config, async ({ ownerUrl, appUrl, isRunning }) => {
    if (!isRunning) await migrate(ownerUrl, silentLog)
    try {
      return await loadDemonstration({ config, appUrl, log: openLog('error'), now: new Date() }, (step) =>
        terminal.progress(terminal.text(`demo.${step}`)),
      )
    } catch (error) {
      // Half a committee is none: what was begun is taken away again, except when it was there before.
      if (!(error instanceof Refusal)) await removeDemonstration({ ownerUrl, dataDir: config.dataDir }).catch(nothing)
      throw error
    }
  })
  if (isJson) terminal.answer(JSON.stringify(accounts, null, 2))
  else
    for (const account of accounts)
      terminal.answer(terminal.text('demo.account', { ...account, totpSecret: account.totpSecret ?? '-' }))
  terminal.progress(terminal.text('demo.done'))
  return 0
}

async function remove(terminal: Terminal): Promise<number> {
  const config = loadConfig()
  const { removeDemonstration } = await import('../demo/remove.ts')
  const { rows } = await withDatabase(config, async ({ ownerUrl, isRunning }) => {
    if (!isRunning) await migrate(ownerUrl, silentLog)
    return removeDemonstration({ ownerUrl, dataDir: config.dataDir })
  })
  terminal.answer(terminal.text('demo.removed', { rows }))
  return 0
}
