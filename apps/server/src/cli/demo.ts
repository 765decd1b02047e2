import { parseArgs } from 'node:util'
import { demonstrationRefusals } from '@tongxin/contract/demonstration'
import { Refusal } from '@tongxin/contract/refusal'
import { loadConfig } from '../platform/config.ts'
import { openLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { nothing, silentLog } from '../platform/runtime-log.ts'
import { type Run, type Terminal, UsageError } from './terminal.ts'
import { withDatabase } from './with-database.ts'

/**
 * `demo load [--json]`: makes the invented committee and answers one account per role; `demo scale` makes a city of any
 * size instead; `demo remove` takes either away whole. Works before set-up and beside a running server.
 */
export const run: Run = async (args, terminal) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean' }, members: { type: 'string' }, organisations: { type: 'string' } },
  })
  const [act, ...more] = positionals
  if (more.length > 0) throw new UsageError(terminal.text('demo.usage'))
  if (act === 'load') return load(values.json === true, terminal)
  if (act === 'remove') return remove(terminal)
  if (act === 'scale') return scale(values, terminal)
  throw new UsageError(terminal.text('demo.usage'))
}

const MOST_MEMBERS = 10_000_000
const FEWEST_ORGANISATIONS = 2

/** `demo scale`: a city of so many invented members in so many organisations, for measuring. */
async function scale(
  values: { members?: string | undefined; organisations?: string | undefined; json?: boolean | undefined },
  terminal: Terminal,
): Promise<number> {
  const wholeNumber = (text: string | undefined, least: number) => {
    const number = /^\d{1,8}$/.test(text ?? '') ? Number(text) : Number.NaN
    if (!(number >= least && number <= MOST_MEMBERS)) throw new UsageError(terminal.text('demo.scale_usage'))
    return number
  }
  const size = {
    members: wholeNumber(values.members, 1),
    organisations: wholeNumber(values.organisations, FEWEST_ORGANISATIONS),
  }
  const config = loadConfig()
  if (config.databaseUrl !== undefined) throw demonstrationRefusals.needs_own_database()
  const { loadScale } = await import('../demo/scale.ts')
  const began = performance.now()
  await withDatabase(config, async ({ ownerUrl, adminUrl, isRunning }) => {
    if (!isRunning) await migrate(ownerUrl, silentLog)
    return loadScale({ config, adminUrl: adminUrl ?? ownerUrl, now: new Date(), scale: size }, (step, done) =>
      terminal.progress(terminal.text(`demo.scale_${step}`, { done, members: size.members })),
    )
  })
  const seconds = Math.round((performance.now() - began) / 1000)
  terminal.answer(
    values.json ? JSON.stringify({ ...size, seconds }) : terminal.text('demo.scaled', { ...size, seconds }),
  )
  return 0
}

async function load(isJson: boolean, terminal: Terminal): Promise<number> {
  const config = loadConfig()
  const { loadDemonstration } = await import('../demo/load.ts')
  const { removeDemonstration } = await import('../demo/remove.ts')
  const accounts = await withDatabase(config, async ({ ownerUrl, appUrl, isRunning }) => {
    if (!isRunning) await migrate(ownerUrl, silentLog)
    try {
      return await loadDemonstration({ config, appUrl, ownerUrl, log: openLog('error'), now: new Date() }, (step) =>
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
