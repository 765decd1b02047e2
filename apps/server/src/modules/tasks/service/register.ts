import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { type exportTaskParts, type FileReply, type Input, tasksRefusals as refusals } from '@tongxin/contract'
import { isPartLate } from '@tongxin/domain/tasks/parts'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { csvStream, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { printForm } from '../../forms/index.ts'
import { unitNameOf } from '../../org/index.ts'
import { allParts, type Part } from '../queries/parts.queries.ts'
import { MOST_EXPORTED } from '../tasks.policy.ts'
import { type Language, type Words, wordsOf } from '../tasks.print-words.ts'
import { filterOf } from './reading.ts'

const COLUMNS = ['title', 'basis', 'issuerName', 'orgName', 'role', 'dueOn', 'state', 'since', 'remindedOn'] as const
const LONG: readonly string[] = ['title', 'basis', 'orgName']
type Row = Readonly<Record<(typeof COLUMNS)[number], string | null>>

const rowOf = (part: Part, today: string, words: Words): Row => ({
  title: part.title,
  basis: part.documentNumber === null ? part.basis : `${part.basis}（${part.documentNumber}）`,
  issuerName: part.issuerName,
  orgName: part.personName === null ? part.unitName : `${part.unitName} ${part.personName}`,
  role: words.roles[part.role],
  dueOn: part.dueOn,
  state: `${words.states[part.state]}${isPartLate(part.state, part.dueOn, today) ? words.late : ''}`,
  since: todayOf(part.since),
  remindedOn: part.remindedOn,
})

/** The parts of a list as a table, or as the register of supervision on paper. */
export async function file(ctx: Ctx<Tx>, { body }: Input<typeof exportTaskParts>): Promise<FileReply> {
  const { format, language = 'zh-CN' } = body
  const words = wordsOf(language)
  const filter = await filterOf(ctx, body.filter, '/body/filter')
  const found = await allParts(ctx.db, ctx.actor, filter, MOST_EXPORTED + 1)
  if (found.length > MOST_EXPORTED) throw refusals.too_many_rows({ most: MOST_EXPORTED })
  const today = todayOf(ctx.now)
  const rows = found.map((part) => rowOf(part, today, words))
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const subject = { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope }
  const why = body.purpose === undefined ? {} : { reason: body.purpose.trim() }
  await publish(ctx, 'tasks.exported', subject, { rows: rows.length, format, sha256 }, why)
  const place = await unitNameOf(ctx.db, ctx.actor.tenantId, body.filter.orgId ?? ctx.actor.orgId)
  return {
    fileName: `${words.register}-${today}.${format}`,
    make: () =>
      format === 'pdf' || format === 'docx'
        ? printed({ format, language, place, rows, at: ctx.now })
        : written(format, rows, words),
  }
}

async function written(format: 'xlsx' | 'csv', rows: readonly Row[], words: Words): Promise<Uint8Array> {
  const columns = COLUMNS.map((key) => ({ key, header: words.columns[key], width: LONG.includes(key) ? 32 : 14 }))
  return format === 'csv'
    ? buffer(csvStream({ columns, rows: [...rows] }))
    : writeXlsx({ sheets: [{ name: words.register, columns, rows: [...rows] }] })
}

type Printed = {
  readonly format: 'pdf' | 'docx'
  readonly language: Language
  readonly place: string
  readonly rows: readonly Row[]
  readonly at: Date
}
function printed({ format, language, place, rows, at }: Printed): Promise<Uint8Array> {
  const words = wordsOf(language)
  return printForm({
    kind: 'register',
    format,
    facts: {
      language,
      organisation: place,
      printedAt: at.toISOString(),
      title: words.register,
      subtitle: `${place} ${todayOf(at)}`,
      columns: COLUMNS.map((key) => ({
        header: words.columns[key],
        width: LONG.includes(key) ? 3 : 1,
        isLong: LONG.includes(key),
      })),
      rows: rows.map((row) => COLUMNS.map((key) => row[key])),
    },
  })
}
