import { createHash } from 'node:crypto'
import {
  type Coverage,
  type CoverageFigures,
  type exportAirings,
  type exportCoverage,
  type FileReply,
  type Input,
  type readCoverage,
  televisionRefusals as refusals,
} from '@tongxin/contract'
import { addDays, daysBetween } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { pathsAlong } from '../../../platform/scope.ts'
import { type WrittenRow, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { findUnit } from '../../org/index.ts'
import { listAirings } from '../queries/airings.queries.ts'
import * as q from '../queries/coverage.queries.ts'
import { minutesBefore, ONLINE_MINUTES } from '../television.policy.ts'
import { type Language, wordsOf } from '../television.print-words.ts'
import { filterOf } from './airings.ts'
import { dayStart } from './schedule.ts'

const WINDOW_DAYS = 90
const MOST_DAYS = 3660
const MOST_ROWS = 10_000
type Filter = Input<typeof readCoverage>['query']

/** The report of one unit, with the units one level below. */
async function coverageOf(ctx: Ctx | Ctx<Tx>, filter: Filter, at: string): Promise<Coverage & { unitPath: string }> {
  const { actor, db, now } = ctx
  const unit = await findUnit(db, actor, filter.orgId ?? actor.orgId)
  if (!unit) throw refusals.no_such_org.at(`${at}/orgId`)
  const until = filter.until ?? todayOf(now)
  const from = filter.from ?? addDays(until, -WINDOW_DAYS)
  if (until < from || daysBetween(from, until) > MOST_DAYS)
    throw refusals.dates_wrong.at(`${at}/until`, { most: MOST_DAYS })
  const wanted = {
    tenantId: actor.tenantId,
    path: unit.path,
    from: dayStart(from),
    until: dayStart(addDays(until, 1)),
    onlineSince: minutesBefore(now, ONLINE_MINUTES),
  }
  const all = (await q.figuresOf(db, wanted, false)).get('') ?? q.noFigures()
  const parts = await q.figuresOf(db, wanted, true)
  const below = actor.reach === 'node' ? [] : await q.unitsBelow(db, actor.tenantId, unit.id)
  const above = pathsAlong(unit.path).filter((path) => path.length >= actor.scope.length)
  return {
    unitPath: unit.path,
    orgId: unit.id,
    orgName: unit.name,
    from,
    until,
    path: (await q.unitsAt(db, actor.tenantId, above)).map(({ id, name }) => ({ id, name })),
    all,
    rows: below.map(({ id, name, path, hasBelow }) => ({
      orgId: id,
      orgName: name,
      hasBelow,
      ...(parts.get(path.slice(unit.path.length + 1)) ?? q.noFigures()),
    })),
  }
}

export async function read(ctx: Ctx, { query }: Input<typeof readCoverage>): Promise<Coverage> {
  const { unitPath: _, ...report } = await coverageOf(ctx, query, '/query')
  return report
}

type Sheet = { readonly name: string; readonly rows: readonly WrittenRow[]; readonly columns: Record<string, string> }

/** One sheet, its event, and the file after the commit. */
async function workbook(ctx: Ctx<Tx>, orgPath: string, { name, rows, columns }: Sheet): Promise<FileReply> {
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const subject = { kind: 'television_channel', id: null, orgPath }
  await publish(ctx, 'television.exported', subject, { rows: rows.length, sha256 })
  const written = Object.entries(columns).map(([key, header]) => ({
    key,
    header,
    width: key === 'orgName' || key === 'title' ? 32 : 14,
  }))
  const make = () => writeXlsx({ sheets: [{ name, columns: written, rows: [...rows] }] })
  return { fileName: `${name} ${todayOf(ctx.now)}.xlsx`, make }
}

const share = (part: number, whole: number): string => (whole === 0 ? '—' : `${Math.round((100 * part) / whole)}%`)
const rowOf = (orgName: string, figures: CoverageFigures): WrittenRow => ({
  orgName,
  branches: figures.branches,
  withSet: figures.withSet,
  reached: figures.reached,
  share: share(figures.reached, figures.branches),
  sets: figures.sets,
  online: figures.online,
  airings: figures.airings,
  hours: Math.round(figures.minutes / 6) / 10,
  present: figures.present,
  people: figures.people,
})

export async function file(ctx: Ctx<Tx>, { body }: Input<typeof exportCoverage>): Promise<FileReply> {
  const words = wordsOf(body.language ?? 'zh-CN')
  const report = await coverageOf(ctx, body.filter, '/body/filter')
  const rows = [
    rowOf(`${report.orgName} ${words.all} ${report.from} – ${report.until}`, report.all),
    ...report.rows.map((row) => rowOf(row.orgName, row)),
  ]
  return workbook(ctx, report.unitPath, { name: words.coverage, rows, columns: words.coverageColumns })
}

const timeOf = (at: Date | null): string =>
  at === null ? '' : new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

export async function logFile(ctx: Ctx<Tx>, { body }: Input<typeof exportAirings>): Promise<FileReply> {
  const language: Language = body.language ?? 'zh-CN'
  const words = wordsOf(language)
  const filter = await filterOf(ctx, body.filter, '/body/filter')
  const keyset = { column: 'a.began_at', descending: true, after: null, limit: MOST_ROWS }
  const airings = (await listAirings(ctx.db, ctx.actor, filter, keyset)).slice(0, MOST_ROWS)
  const rows = airings.map((row) => ({
    orgName: row.unitName,
    setName: row.setName,
    place: row.place,
    channelName: row.channelName,
    title: row.title,
    beganAt: timeOf(row.beganAt),
    endedAt: timeOf(row.endedAt),
    state: words.states[row.state],
    isWhole: words.yesNo[row.isWhole ? 'yes' : 'no'],
    present: row.present,
  }))
  return workbook(ctx, ctx.actor.scope, { name: words.log, rows, columns: words.logColumns })
}
