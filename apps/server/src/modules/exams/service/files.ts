import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import {
  type downloadQuestionTemplate,
  type exportExam,
  type exportQuestions,
  type FileReply,
  type Input,
  examsRefusals as refusals,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { csvStream, type WrittenRow, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { printForm } from '../../forms/index.ts'
import { type Language, questionTemplate, questionWorkbook, wordsOf } from '../files/workbook.ts'
import { listQuestions } from '../queries/bank.queries.ts'
import { wholeQuestions } from '../queries/pool.queries.ts'
import { listSeats, type SeatStand } from '../queries/seats.queries.ts'
import { type Exam, findExam } from '../queries/sessions.queries.ts'
import { filterOf } from './bank.ts'
import { demandKeysOpen } from './bank-acts.ts'
import { examSubject } from './sessions.ts'

const MOST = 10_000
const hashOf = (rows: unknown): string => createHash('sha256').update(JSON.stringify(rows)).digest('hex')

export async function template(_: Ctx, { query }: Input<typeof downloadQuestionTemplate>): Promise<FileReply> {
  const language = query.language ?? 'zh-CN'
  return { fileName: `${wordsOf(language).workbook.template}.xlsx`, make: () => questionTemplate(language) }
}

/** The questions of a filter with their keys: never for somebody who has to sit an exam. */
export async function questions(ctx: Ctx<Tx>, { body }: Input<typeof exportQuestions>): Promise<FileReply> {
  await demandKeysOpen(ctx)
  const filter = await filterOf(ctx, body.filter, '/body/filter')
  const keyset = { column: 'x.topic', descending: false, after: null, limit: MOST }
  const found = await listQuestions(ctx.db, ctx.actor, filter, keyset)
  if (found.length > MOST) throw refusals.too_many_rows({ most: MOST })
  const rows = await wholeQuestions(ctx.db, ctx.actor.tenantId, found)
  const language = body.language ?? 'zh-CN'
  const subject = { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope }
  const payload = { rows: rows.length, format: 'xlsx', sha256: hashOf(found.map(({ id, no }) => [id, no])) }
  await publish(ctx, 'exams.questions_exported', subject, payload)
  const fileName = `${wordsOf(language).workbook.sheet}-${todayOf(ctx.now)}.xlsx`
  return { fileName, make: () => questionWorkbook(rows, language) }
}

const COLUMNS = {
  seats: ['no', 'name', 'orgName', 'signature'],
  results: ['no', 'name', 'orgName', 'standing', 'points'],
} as const

/** 准考名单 to sign on, 成绩表 with the points. */
export async function exam(ctx: Ctx<Tx>, { params, body }: Input<typeof exportExam>): Promise<FileReply> {
  const one = await findExam(ctx.db, ctx.actor, params.id)
  if (!one) throw refusals.not_found()
  if (body.form === 'results' && one.state !== 'closed' && one.state !== 'released')
    throw refusals.wrong_state({ state: one.state })
  const everyone = { column: 'x.no', descending: false, after: null, limit: 20_000 }
  const seats = await listSeats(ctx.db, ctx.actor.tenantId, one.id, { standing: null, text: null }, everyone)
  const language = body.language ?? 'zh-CN'
  const words = wordsOf(language)
  const rows = seats.map((seat) => rowOf(seat, language))
  const { form, format } = body
  await publish(ctx, 'exams.exported', examSubject(one), { form, rows: rows.length, format, sha256: hashOf(rows) })
  const columns = COLUMNS[form].map((key) => ({ key, header: words.seat[key] }))
  const title = words.form[form]
  return {
    fileName: `${one.name}-${title}-${todayOf(ctx.now)}.${format}`,
    make: () => {
      if (format === 'csv') return buffer(csvStream({ columns, rows }))
      if (format === 'xlsx') return writeXlsx({ sheets: [{ name: title, columns, rows }] })
      return printed(ctx, one, { title, columns, rows, format, language })
    },
  }
}

const rowOf = (seat: SeatStand, language: Language): WrittenRow => ({
  no: seat.no,
  name: seat.name,
  orgName: seat.orgName,
  standing: wordsOf(language).standing[seat.standing],
  points: seat.points,
  signature: null,
})

type Listed = {
  title: string
  columns: { key: string; header: string }[]
  rows: WrittenRow[]
  format: 'pdf' | 'docx'
  language: Language
}
const printed = (ctx: Ctx<Tx>, one: Exam, { title, columns, rows, format, language }: Listed): Promise<Uint8Array> =>
  printForm({
    kind: 'register',
    format,
    facts: {
      language,
      organisation: one.orgName,
      printedAt: ctx.now.toISOString(),
      title: `${one.name} ${title}`,
      subtitle: `${one.orgName} ${todayOf(one.opensAt)}`,
      columns: columns.map(({ key, header }) => ({
        header,
        width: key === 'orgName' ? 3 : 1,
        isLong: key === 'orgName',
      })),
      rows: rows.map((row) =>
        columns.map(({ key }) => (row[key] === null || row[key] === undefined ? null : `${row[key]}`)),
      ),
    },
  })
