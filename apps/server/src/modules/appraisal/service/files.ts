import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import {
  type exportGrades,
  type exportRounds,
  type FileReply,
  type GradeRow,
  type Input,
  appraisalRefusals as refusals,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish, type Subject } from '../../../platform/events.ts'
import { csvStream, type WrittenRow, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { printForm } from '../../forms/index.ts'
import { findUnit } from '../../org/index.ts'
import { type Language, resultText, wordsOf } from '../appraisal.print-words.ts'
import * as q from '../queries/rounds.queries.ts'
import { tableOf } from './grades.ts'
import { filterOf, subjectOf } from './rounds.ts'

const MOST = 10_000
type Format = 'xlsx' | 'csv' | 'pdf' | 'docx'
type Listed = {
  readonly name: string
  readonly place: string
  readonly columns: readonly (readonly [string, string])[]
  readonly rows: readonly Readonly<Record<string, string | number | null>>[]
  readonly subject: Subject
}

/** The rows as a table, or as a register that is printed: set after the transaction, known by its rows. */
async function fileOf(ctx: Ctx<Tx>, format: Format, language: Language, listed: Listed): Promise<FileReply> {
  const { name, rows, subject } = listed
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  await publish(ctx, 'appraisal.exported', subject, { rows: rows.length, format, sha256 })
  return {
    fileName: `${name}-${todayOf(ctx.now)}.${format}`,
    make: () =>
      format === 'pdf' || format === 'docx' ? printed(ctx, format, language, listed) : written(format, listed),
  }
}

async function written(format: 'xlsx' | 'csv', { name, columns, rows }: Listed): Promise<Uint8Array> {
  const heads = columns.map(([key, header]) => ({ key, header, width: 16 }))
  const table = rows as WrittenRow[]
  return format === 'csv'
    ? buffer(csvStream({ columns: heads, rows: table }))
    : writeXlsx({ sheets: [{ name, columns: heads, rows: table }] })
}

const printed = (ctx: Ctx<Tx>, format: 'pdf' | 'docx', language: Language, { name, place, columns, rows }: Listed) =>
  printForm({
    kind: 'register',
    format,
    facts: {
      language,
      organisation: place,
      printedAt: ctx.now.toISOString(),
      title: name,
      subtitle: `${place} ${todayOf(ctx.now)}`,
      columns: columns.map(([key, header]) => ({
        header,
        width: key === 'orgName' ? 3 : 1,
        isLong: key === 'orgName',
      })),
      rows: rows.map((row) =>
        columns.map(([key]) => (row[key] === null || row[key] === undefined ? null : `${row[key]}`)),
      ),
    },
  })

const ROUND_COLUMNS = ['orgName', 'year', 'state', 'people', 'selfHandedIn', 'sheetsReturned', 'told', 'dueOn'] as const

export async function rounds(ctx: Ctx<Tx>, { body }: Input<typeof exportRounds>): Promise<FileReply> {
  const language = body.language ?? 'zh-CN'
  const words = wordsOf(language)
  const found = await q.listRounds(ctx.db, ctx.actor, await filterOf(ctx, body.filter, '/body/filter'), {
    column: 'o.name',
    descending: false,
    after: null,
    limit: MOST,
  })
  if (found.length > MOST) throw refusals.too_many_rows({ most: MOST })
  return fileOf(ctx, body.format, language, {
    name: words.files.rounds,
    place: (await findUnit(ctx.db, ctx.actor, body.filter.orgId ?? ctx.actor.orgId))?.name ?? '',
    columns: ROUND_COLUMNS.map((key) => [key, words.column[key]] as const),
    rows: found.map((row) => ({
      orgName: row.orgName,
      year: row.year,
      state: words.state[row.state],
      people: row.people,
      selfHandedIn: row.selfHandedIn,
      sheetsReturned: row.sheetsReturned,
      told: row.told,
      dueOn: row.dueOn,
    })),
    subject: { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope },
  })
}

const GRADE_COLUMNS = [
  'name',
  'selfGrade',
  'indicated',
  'grade',
  'daily',
  'reason',
  'measures',
  'disposal',
  'feedback',
] as const

/** What each group says by one criterion, in one cell. */
const ratedText = ({ groups }: GradeRow['criteria'][number], language: Language): string =>
  groups.map((one) => `${wordsOf(language).group[one.group]}: ${resultText(one, language)}`).join('; ')

/** What the page shows, hidden groups hidden here as well. */
export async function grades(ctx: Ctx<Tx>, { params, body }: Input<typeof exportGrades>): Promise<FileReply> {
  const round = await q.findRound(ctx.db, ctx.actor, params.id)
  if (!round) throw refusals.not_found()
  const language = body.language ?? 'zh-CN'
  const words = wordsOf(language)
  const table = await tableOf(ctx, round)
  const groups = ['members', 'masses'] as const
  return fileOf(ctx, body.format, language, {
    name: words.files.grades,
    place: round.orgName,
    columns: [
      ...GRADE_COLUMNS.slice(0, 2).map((key) => [key, words.column[key]] as const),
      ...groups.map((key) => [key, words.group[key]] as const),
      ...round.criteria.map((key) => [key, words.criterion[key]] as const),
      ...GRADE_COLUMNS.slice(2).map((key) => [key, words.column[key]] as const),
    ],
    rows: table.rows.map((row) => ({
      name: row.name,
      selfGrade: row.self?.grade ? words.grade[row.self.grade] : null,
      ...Object.fromEntries(row.groups.map((one) => [one.group, resultText(one, language)])),
      ...Object.fromEntries(row.criteria.map((one) => [one.criterion, ratedText(one, language)])),
      indicated: row.indicated ? words.grade[row.indicated] : null,
      grade: row.grade ? words.grade[row.grade] : null,
      daily: row.daily,
      reason: row.reason,
      measures: row.measures,
      disposal: row.disposal ? words.disposal[row.disposal] : null,
      feedback: words.feedback[row.feedback],
    })),
    subject: subjectOf(round),
  })
}
