import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import {
  type exportTaskParts,
  type FileReply,
  type Input,
  tasksRefusals as refusals,
  type TASK_FILES,
} from '@tongxin/contract'
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
type Row = Readonly<Record<string, string | null>>

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
  return fileOf(ctx, {
    format,
    language,
    name: words.register,
    columns: COLUMNS.map((key) => ({ key, header: words.columns[key], isLong: LONG.includes(key) })),
    rows: found.map((part) => rowOf(part, today, words)),
    ...(body.purpose === undefined ? {} : { purpose: body.purpose.trim() }),
    ...(body.filter.orgId === undefined ? {} : { orgId: body.filter.orgId }),
  })
}

type Listed = {
  readonly format: (typeof TASK_FILES)[number]
  readonly language: Language
  readonly name: string
  readonly columns: readonly { readonly key: string; readonly header: string; readonly isLong: boolean }[]
  readonly rows: readonly Row[]
  readonly purpose?: string
  readonly orgId?: string
}
/** Rows as a table or as a register on paper: set after the transaction, known by their hash. */
export async function fileOf(ctx: Ctx<Tx>, listed: Listed): Promise<FileReply> {
  const { format, rows, name, purpose } = listed
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const subject = { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope }
  const why = purpose === undefined ? {} : { reason: purpose }
  await publish(ctx, 'tasks.exported', subject, { rows: rows.length, format, sha256 }, why)
  const place = await unitNameOf(ctx.db, ctx.actor.tenantId, listed.orgId ?? ctx.actor.orgId)
  return {
    fileName: `${name}-${todayOf(ctx.now)}.${format}`,
    make: () =>
      format === 'pdf' || format === 'docx' ? printed(listed, format, { place, at: ctx.now }) : written(listed, format),
  }
}

async function written({ columns, rows, name }: Listed, format: 'xlsx' | 'csv'): Promise<Uint8Array> {
  const heads = columns.map(({ key, header, isLong }) => ({ key, header, width: isLong ? 32 : 14 }))
  return format === 'csv'
    ? buffer(csvStream({ columns: heads, rows: [...rows] }))
    : writeXlsx({ sheets: [{ name, columns: heads, rows: [...rows] }] })
}

const printed = (
  { language, name, columns, rows }: Listed,
  format: 'pdf' | 'docx',
  { place, at }: { readonly place: string; readonly at: Date },
): Promise<Uint8Array> =>
  printForm({
    kind: 'register',
    format,
    facts: {
      language,
      organisation: place,
      printedAt: at.toISOString(),
      title: name,
      subtitle: `${place} ${todayOf(at)}`,
      columns: columns.map(({ header, isLong }) => ({ header, width: isLong ? 5 : 3, isLong })),
      rows: rows.map((row) => columns.map(({ key }) => row[key] ?? null)),
    },
  })
