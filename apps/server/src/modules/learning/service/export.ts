import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import {
  type exportCourses,
  type exportLearners,
  type exportPlanPeople,
  type FileReply,
  type Input,
  type LearningFile,
  learningRefusals as refusals,
} from '@tongxin/contract'
import english from '@tongxin/contract/words/learning.en.json' with { type: 'json' }
import chinese from '@tongxin/contract/words/learning.zh-CN.json' with { type: 'json' }
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { csvStream, type WrittenRow, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { printForm } from '../../forms/index.ts'
import { findUnit } from '../../org/index.ts'
import { listCourses } from '../queries/courses.queries.ts'
import { filterOf } from './courses.ts'
import { learnerShown, learnersOf, planPeopleOf } from './people.ts'

const MOST = 10_000
type Words = typeof english
type Language = 'zh-CN' | 'en'
const wordsOf = (language: Language): Words => (language === 'en' ? english : chinese)
const keyset = (column: string, descending = false) => ({ column, descending, after: null, limit: MOST })

type Table = {
  readonly name: string
  readonly columns: Readonly<Record<string, string>>
  readonly rows: readonly Readonly<Record<string, string | number | null>>[]
}

/** Texts that need room in a printed register. */
const WIDE = new Set(['title', 'orgName', 'name'])

/** The rows as a table, or as a register that is printed; told with how many rows it has. */
async function fileOf(
  ctx: Ctx<Tx>,
  body: { format: LearningFile; language?: Language },
  table: Table,
): Promise<FileReply> {
  if (table.rows.length > MOST) throw refusals.too_many_rows({ most: MOST })
  const { format, language = 'zh-CN' } = body
  const made = format === 'pdf' ? await printed(ctx, language, table) : await written(format, table)
  const subject = { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope }
  const told = { rows: table.rows.length, format, sha256: made.sha256 }
  await publish(ctx, 'learning.exported', subject, told)
  return { fileName: `${table.name}-${todayOf(ctx.now)}.${format}`, make: made.make }
}

type Made = { readonly sha256: string; readonly make: () => Promise<Uint8Array> }
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

async function written(format: 'xlsx' | 'csv', { name, columns, rows }: Table): Promise<Made> {
  const shown = Object.entries(columns).map(([key, header]) => ({ key, header, width: WIDE.has(key) ? 28 : 14 }))
  const all = rows as WrittenRow[]
  const bytes =
    format === 'csv'
      ? await buffer(csvStream({ columns: shown, rows: all }))
      : await writeXlsx({ sheets: [{ name, columns: shown, rows: all }] })
  return { sha256: sha256(bytes), make: () => Promise.resolve(bytes) }
}

async function printed(ctx: Ctx<Tx>, language: Language, { name, columns, rows }: Table): Promise<Made> {
  const place = (await findUnit(ctx.db, ctx.actor, ctx.actor.orgId))?.name ?? ''
  const keys = Object.keys(columns)
  const facts = {
    language,
    organisation: place,
    printedAt: ctx.now.toISOString(),
    title: name,
    subtitle: `${place} ${todayOf(ctx.now)}`,
    columns: keys.map((key) => ({ header: columns[key] ?? key, width: WIDE.has(key) ? 2 : 1, isLong: WIDE.has(key) })),
    rows: rows.map((row) => keys.map((key) => (row[key] === null ? null : `${row[key] ?? ''}`))),
  }
  return {
    sha256: sha256(JSON.stringify(facts.rows)),
    make: () => printForm({ kind: 'register', format: 'pdf', facts }),
  }
}

const percent = (part: number, whole: number): string | null =>
  whole === 0 ? null : `${Math.round((part * 100) / whole)}%`

export async function courses(ctx: Ctx<Tx>, { body }: Input<typeof exportCourses>): Promise<FileReply> {
  const words = wordsOf(body.language ?? 'zh-CN')
  const rows = await listCourses(ctx.db, ctx.actor, await filterOf(ctx, body.filter), keyset('c.title'))
  return fileOf(ctx, body, {
    name: words.files.courses,
    columns: words.courseColumns,
    rows: rows.map((row) => ({
      title: row.title,
      column: words.column[row.column],
      kind: words.kind[row.kind],
      orgName: row.orgName,
      state: words.courseState[row.state],
      required: row.isRequired ? words.required.yes : words.required.no,
      hours: row.quarters / 4,
      minutes: row.minutes,
      enrolled: row.enrolled,
      completed: row.completed,
      rate: percent(row.completed, row.enrolled),
    })),
  })
}

export async function learners(ctx: Ctx<Tx>, { params, body }: Input<typeof exportLearners>): Promise<FileReply> {
  const words = wordsOf(body.language ?? 'zh-CN')
  const rows = await learnersOf(ctx, params.id, body.filter, keyset('m.name'), '/body/filter/orgId')
  return fileOf(ctx, body, {
    name: words.files.learners,
    columns: words.learnerColumns,
    rows: rows.map(learnerShown).map((row) => ({
      name: row.name,
      orgName: row.orgName,
      progress: `${row.done}/${row.total}`,
      startedOn: row.startedOn,
      lastOn: row.lastOn,
      completedOn: row.completedOn,
    })),
  })
}

export async function planPeople(ctx: Ctx<Tx>, { params, body }: Input<typeof exportPlanPeople>): Promise<FileReply> {
  const words = wordsOf(body.language ?? 'zh-CN')
  const { plan, rows } = await planPeopleOf(ctx, params.id, body.filter, keyset('m.name'), '/body/filter/orgId')
  return fileOf(ctx, body, {
    name: plan.title,
    columns: words.planColumns,
    rows: rows.map((row) => ({
      name: row.name,
      orgName: row.orgName,
      progress: `${row.done}/${row.required}`,
      overdue: row.overdue,
      lastOn: row.lastOn,
    })),
  })
}
