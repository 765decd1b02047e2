import { createHash } from 'node:crypto'
import {
  type exportWantedTopics,
  type FileReply,
  type Input,
  type Reply,
  type readWantedTopics,
  topicsRefusals as refusals,
} from '@tongxin/contract'
import { addDays } from '@tongxin/domain'
import { mostWanted } from '@tongxin/domain/topics/wanted'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { printForm } from '../../forms/index.ts'
import { findUnit, type OrgUnit } from '../../org/index.ts'
import { wishesBetween } from '../queries/wishes.queries.ts'
import { type Language, wordsOf } from '../topics.print-words.ts'

const TEN = 10
const WINDOW_DAYS = 365

type Wanted = Reply<typeof readWantedTopics>
type Filter = Input<typeof readWantedTopics>['query']

/** The list of a window, a year back where nothing is said. */
async function wantedOf(ctx: Ctx | Ctx<Tx>, filter: Filter, at: string): Promise<{ unit: OrgUnit; wanted: Wanted }> {
  const unit = await findUnit(ctx.db, ctx.actor, filter.orgId ?? ctx.actor.orgId)
  if (!unit) throw refusals.no_such_org.at(`${at}/orgId`)
  const until = filter.until ?? todayOf(ctx.now)
  const from = filter.from ?? addDays(until, -WINDOW_DAYS)
  if (from > until) throw refusals.dates_wrong.at(`${at}/from`)
  const asked = { from, until, path: unit.path, level: filter.level ?? null }
  const wishes = await wishesBetween(ctx.db, ctx.actor, asked)
  const about = new Map(wishes.map((wish) => [wish.id, wish]))
  const { rows, terms } = mostWanted(wishes, TEN)
  return {
    unit,
    wanted: {
      from,
      until,
      terms,
      rows: rows.map(({ id, title, supporters, enrolled, completed, ratings, mean, score }) => ({
        id,
        title,
        orgName: about.get(id)?.unitName ?? '',
        level: about.get(id)?.level ?? 'branch',
        supporters,
        enrolled,
        completed,
        ratings,
        mean,
        score,
      })),
    },
  }
}

export async function read(ctx: Ctx, { query }: Input<typeof readWantedTopics>): Promise<Wanted> {
  return (await wantedOf(ctx, query, '/query')).wanted
}

const COLUMNS = ['place', 'title', 'orgName', 'level', 'supporters', 'enrolled', 'completed', 'mean', 'score'] as const
type Cells = Record<(typeof COLUMNS)[number], string | number | null>

export async function file(ctx: Ctx<Tx>, { body }: Input<typeof exportWantedTopics>): Promise<FileReply> {
  const language = body.language ?? 'zh-CN'
  const { unit, wanted } = await wantedOf(ctx, body.filter, '/body/filter')
  const { format } = body
  const rows = wanted.rows.map((row, at) => cellsOf(row, at, language))
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const subject = { kind: 'org', id: unit.id, orgPath: unit.path }
  await publish(ctx, 'topics.exported', subject, { rows: rows.length, format, sha256 })
  const { title } = wordsOf(language)
  const asked = { language, unit: unit.name, at: ctx.now, wanted, rows }
  const make = () => (format === 'xlsx' ? workbook(asked) : paper(asked, format))
  return { fileName: `${title}-${wanted.until}.${format}`, make }
}

function cellsOf(row: Wanted['rows'][number], at: number, language: Language): Cells {
  const { title, orgName, supporters, enrolled, completed } = row
  const level = wordsOf(language).levels[row.level]
  const mean = row.mean === null ? null : row.mean / 10
  return { place: at + 1, title, orgName, level, supporters, enrolled, completed, mean, score: row.score / 10 }
}

type Asked = { language: Language; unit: string; at: Date; wanted: Wanted; rows: Cells[] }

function formulaOf({ language, wanted }: Asked): string {
  const { prior, priorWeight, leastRatings } = wanted.terms
  return wordsOf(language)
    .formula.replace('{{m}}', String(priorWeight))
    .replace('{{C}}', (prior / 100).toFixed(2))
    .replace('{{n}}', String(leastRatings))
}

function workbook(asked: Asked): Promise<Uint8Array> {
  const words = wordsOf(asked.language)
  const columns = COLUMNS.map((key) => ({ key, header: words.columns[key], width: key === 'title' ? 36 : 14 }))
  const note = { title: formulaOf(asked) }
  return writeXlsx({ sheets: [{ name: words.title, columns, rows: [...asked.rows, note] }] })
}

function paper(asked: Asked, format: 'docx' | 'pdf'): Promise<Uint8Array> {
  const { language, unit, at, wanted, rows } = asked
  const words = wordsOf(language)
  const facts = {
    language,
    organisation: unit,
    printedAt: at.toISOString(),
    title: words.title,
    subtitle: `${wanted.from} – ${wanted.until}；${formulaOf(asked)}`,
    columns: COLUMNS.map((key) => ({
      header: words.columns[key],
      width: key === 'title' ? 3 : key === 'orgName' ? 2 : 1,
      isLong: key === 'title' || key === 'orgName',
    })),
    rows: rows.map((row) => COLUMNS.map((key) => (row[key] === null ? null : String(row[key])))),
  }
  return printForm({ kind: 'register', format, facts })
}
