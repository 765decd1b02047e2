import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openTerminal } from '../apps/server/src/cli/terminal.ts'
import { buildWebApps } from '../apps/server/src/cli/web-build.ts'
import { ballotCast, ballotIssue } from './ballot.ts'
import { ballotVerify } from './ballot-verify.ts'
import { checkIn } from './check-in.ts'
import { examStart } from './exam-start.ts'
import { type Figure, NotMeasurable } from './figure.ts'
import { fulltext } from './fulltext.ts'
import { importRoster } from './import.ts'
import { matching } from './matching.ts'
import { NOTICE_NAMES, noticeFigures } from './notices.ts'
import { progress } from './progress.ts'
import { floorList, floorRead } from './reading.ts'
import { rules } from './rules.ts'
import { SCALE_NAMES, scaleFigures } from './scale.ts'
import { openStage, type Stage } from './stage.ts'
import { bundle, memory, recovery, start } from './starting.ts'
import { streams } from './streams.ts'
import { xapiQuery, xapiWrite } from './xapi.ts'

/**
 * `npm run bench [-- NAME...] [--json] [--data FOLDER]`: measures on this machine, now. Exit 0 when measured, whatever came out;
 * 2 for an unknown name or something missing to measure with.
 */
const ON_STAGE: Readonly<Record<string, (stage: Stage) => Promise<Figure>>> = {
  'floor-read': floorRead,
  'floor-list': floorList,
  'check-in': checkIn,
  import: importRoster,
}
const ALONE: Readonly<Record<string, () => Promise<Figure>>> = {
  start,
  recovery,
  'bundle-member': bundle('bundle-member', 'member-web'),
  'bundle-admin': bundle('bundle-admin', 'admin-web'),
  memory,
  rules,
  'ballot-verify': ballotVerify,
  'ballot-issue': ballotIssue,
  'ballot-cast': ballotCast(),
  'exam-start': examStart,
  matching,
  progress,
  streams: () => streams('milliseconds'),
  'streams-memory': () => streams('megabytes'),
  'xapi-write': xapiWrite,
  fulltext: () => inFolder((folder) => fulltext(folder, say)),
  'xapi-query': () => inFolder((folder) => xapiQuery(folder, say)),
}
const NAMES = [...Object.keys(ON_STAGE), ...Object.keys(ALONE), ...SCALE_NAMES, ...NOTICE_NAMES]

const say = (text: string) => void process.stderr.write(`${text}\n`)
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, data: { type: 'string' } },
})
const unknown = positionals.filter((name) => !NAMES.includes(name))
if (unknown.length > 0) {
  say(`unknown: ${unknown.join(', ')}; figures: ${NAMES.join(', ')}`)
  process.exit(2)
}
const wanted = positionals.length > 0 ? positionals : NAMES

try {
  const figures = await measured()
  process.stdout.write(values.json ? `${JSON.stringify(figures, null, 2)}\n` : `${table(figures)}\n`)
} catch (error) {
  if (!(error instanceof NotMeasurable)) throw error
  say(error.message)
  process.exitCode = 2
}

async function measured(): Promise<Figure[]> {
  const figures: Figure[] = []
  const staged = wanted.filter((name) => name in ON_STAGE)
  const stage = staged.length > 0 ? await openStage(say) : null
  try {
    for (const name of staged) {
      say(`measuring ${name} …`)
      const measure = ON_STAGE[name] as (stage: Stage) => Promise<Figure>
      figures.push(said(await measure(stage as Stage)))
    }
  } finally {
    await stage?.close()
  }
  if (wanted.some((name) => name.startsWith('bundle-') || name === 'start')) await buildWebApps(openTerminal())
  for (const name of wanted.filter((one) => one in ALONE)) {
    say(`measuring ${name} …`)
    figures.push(said(await (ALONE[name] as () => Promise<Figure>)()))
  }
  const atScale = wanted.filter((name) => (SCALE_NAMES as readonly string[]).includes(name))
  if (atScale.length > 0) for (const figure of await scaled(atScale)) figures.push(said(figure))
  const ofNotices = wanted.filter((name) => NOTICE_NAMES.includes(name))
  if (ofNotices.length > 0)
    for (const figure of await inFolder((folder) => noticeFigures(ofNotices, folder, say))) figures.push(said(figure))
  return figures
}

function scaled(names: readonly string[]): Promise<Figure[]> {
  return inFolder((folder) => scaleFigures(names, folder, say))
}

/** `--data FOLDER` keeps the generated installations there and finds them again; else they are deleted. */
async function inFolder<T>(measure: (folder: string) => Promise<T>): Promise<T> {
  const folder = values.data ?? mkdtempSync(join(tmpdir(), 'tongxin-scale-'))
  try {
    return await measure(folder)
  } finally {
    if (values.data === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

/** Long runs show what they have. */
function said(figure: Figure): Figure {
  say(table([figure]))
  return figure
}

/** Lines for people: what, ratio or value, limit, verdict. */
function table(figures: readonly Figure[]): string {
  return figures
    .map(({ name, ratio, ours, floor, limit, ok, unit }) => {
      const most = unit.endsWith('/s') ? 'at least' : 'at most'
      const value = ratio === null ? `${ours} ${unit}, ${most} ${limit}` : `${ratio} of the floor, at least ${limit}`
      const sides = floor === null ? '' : ` (${ours} against ${floor} ${unit})`
      return `${ok ? 'ok  ' : 'MISS'}  ${name.padEnd(14)} ${value}${sides}`
    })
    .join('\n')
}
