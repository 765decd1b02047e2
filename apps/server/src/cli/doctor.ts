import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { Refusal } from '@tongxin/contract/refusal'
import { browserIn } from '../platform/browser.ts'
import { type Config, isLoopback, loadConfig } from '../platform/config.ts'
import { withClient } from '../platform/database-roles.ts'
import { migrationsIn } from '../platform/migrate.ts'
import { lanAddresses } from '../platform/network.ts'
import { programOnPath } from '../platform/programs.ts'
import { problemOf } from './problem.ts'
import type { Run, Terminal } from './terminal.ts'
import { type CommandDatabase, withDatabase } from './with-database.ts'

/** One thing looked at: `wrong` must be mended, `note` is worth knowing. `text` and `facts` choose the words. */
type Finding = {
  readonly check: string
  readonly level: 'good' | 'note' | 'wrong'
  readonly text: string
  readonly facts: Record<string, string | number>
}

const GIB = 1024 ** 3

/** `doctor [--json]`: what is well, what is not, and what to do. Changes nothing. Exit 1 when something is wrong. */
export const run: Run = async (args, terminal) => {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' } } })
  const findings: Finding[] = []
  const config = configurationOf(findings, terminal)
  if (config) {
    findings.push(
      await diskOf(config.dataDir),
      ...(await databaseOf(config, terminal)),
      originOf(config),
      ...phonesOf(config),
      pagesOf(),
      converterOf(),
      slidesOf(),
    )
  }
  const worded = findings.map((finding) => ({ ...finding, message: terminal.text(finding.text, finding.facts) }))
  if (values.json) terminal.answer(JSON.stringify({ findings: worded }, null, 2))
  else {
    for (const { level, message } of worded)
      terminal.answer(`${{ good: '✓', note: '·', wrong: '✗' }[level]} ${message}`)
    if (config) await showQrCode(config, terminal)
  }
  return findings.some(({ level }) => level === 'wrong') ? 1 : 0
}

const good = (check: string, facts: Finding['facts'] = {}): Finding => ({
  check,
  level: 'good',
  text: `doctor.${check}.good`,
  facts,
})
const note = (check: string, why: string, facts: Finding['facts'] = {}): Finding => ({
  check,
  level: 'note',
  text: `doctor.${check}.${why}`,
  facts,
})
const wrong = (check: string, why: string, facts: Finding['facts'] = {}): Finding => ({
  check,
  level: 'wrong',
  text: `doctor.${check}.${why}`,
  facts,
})

function configurationOf(findings: Finding[], terminal: Terminal): Config | undefined {
  try {
    const config = loadConfig()
    findings.push(good('configuration', { folder: config.dataDir }))
    return config
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { fields } = problemOf(error, terminal.language) as {
      fields: { field: string; reason: string; remedy: string }[]
    }
    findings.push(
      ...fields.map(({ field, reason, remedy }) =>
        wrong('configuration', 'wrong', { field: field.slice(1), reason, remedy }),
      ),
    )
    return undefined
  }
}

async function diskOf(dataDir: string): Promise<Finding> {
  let folder = dataDir
  while (!existsSync(folder)) folder = dirname(folder)
  const { bavail, blocks, bsize } = await statfs(folder)
  const facts = { free: ((bavail * bsize) / GIB).toFixed(1), percent: Math.round((1 - bavail / blocks) * 100) }
  if (bavail * bsize < GIB || bavail / blocks < 0.05) return wrong('disk', 'full', facts)
  return bavail / blocks < 0.15 ? note('disk', 'low', facts) : good('disk', facts)
}

async function databaseOf(config: Config, terminal: Terminal): Promise<Finding[]> {
  if (config.databaseUrl === undefined && !existsSync(`${config.dataDir}/cluster.json`))
    return [note('database', 'none')]
  try {
    return await withDatabase(config, (database) => lookInto(database))
  } catch (error) {
    const { reason, remedy } = problemOf(error, terminal.language) as { reason: string; remedy: string }
    return [wrong('database', 'away', { reason, remedy })]
  }
}

function lookInto({ ownerUrl, isRunning }: CommandDatabase): Promise<Finding[]> {
  return withClient(ownerUrl, async (client) => {
    const asked = Date.now()
    const { rows } = await client.query<{ version: string; now: string; isPrepared: boolean; fsync: string }>(`
      select current_setting('server_version') as version, extract(epoch from clock_timestamp()) * 1000 as now,
        to_regclass('public.platform_migration') is not null as "isPrepared", current_setting('fsync') as fsync`)
    const { version, now, isPrepared, fsync } = rows[0] ?? { version: '', now: '0', isPrepared: false, fsync: 'on' }
    const milliseconds = Math.round(performance.now())
    const latency = await client.query('select 1').then(() => Math.round(performance.now()) - milliseconds)
    const applied = isPrepared
      ? (await client.query<{ name: string }>('select name from platform_migration')).rows.map(({ name }) => name)
      : []
    const missing = migrationsIn().filter(({ name }) => !applied.includes(name)).length
    const drift = Math.round(Math.abs(Number(now) - asked) / 1000)
    return [
      good('database', { version, latency, running: isRunning ? 1 : 0 }),
      ...(missing > 0 ? [note('migrations', 'behind', { missing })] : [good('migrations', { count: applied.length })]),
      ...(fsync === 'off' ? [wrong('database', 'unsafe')] : []),
      drift > 2 ? wrong('clock', 'drift', { drift }) : good('clock', { now: new Date().toISOString() }),
    ]
  })
}

function originOf(config: Config): Finding {
  const { publicOrigin: origin } = config
  const { hostname } = new URL(origin)
  if (origin.startsWith('https:')) return good('origin', { origin })
  return isLoopback(hostname) ? note('origin', 'local', { origin }) : wrong('origin', 'plain', { origin })
}

/** Phones need HTTPS for camera, installation and passkeys: only this machine itself is trusted without. */
function phonesOf(config: Config): Finding[] {
  if (config.publicOrigin.startsWith('https:')) return [good('phones', { origin: config.publicOrigin })]
  const addresses = lanAddresses()
  return [
    note('phones', 'no_https', { addresses: addresses.join(', ') || '?', example: addresses[0] ?? '192.168.1.10' }),
  ]
}

function pagesOf(): Finding {
  const browser = browserIn()
  return browser ? good('browser', { browser }) : note('browser', 'none')
}

function converterOf(): Finding {
  const [ffmpeg, ffprobe] = [programOnPath('ffmpeg'), programOnPath('ffprobe')]
  return ffmpeg && ffprobe ? good('converter', { ffmpeg }) : note('converter', 'none')
}

function slidesOf(): Finding {
  const [drawing, office] = [programOnPath('pdftoppm'), programOnPath('loimpress') ?? programOnPath('simpress')]
  if (!drawing) return note('slides', 'none')
  return office ? good('slides', { drawing, office }) : note('slides', 'no_office', { drawing })
}

async function showQrCode(config: Config, terminal: Terminal): Promise<void> {
  if (!config.publicOrigin.startsWith('https:')) return
  const { default: qrcode } = await import('qrcode')
  terminal.answer(await qrcode.toString(config.publicOrigin, { type: 'utf8', errorCorrectionLevel: 'M' }))
}
