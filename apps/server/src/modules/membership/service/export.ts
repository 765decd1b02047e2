import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import {
  type exportAbsences,
  type exportMovements,
  type FileReply,
  type Input,
  type MembershipFile,
  membershipRefusals as refusals,
} from '@tongxin/contract'
import english from '@tongxin/contract/words/membership.en.json' with { type: 'json' }
import chinese from '@tongxin/contract/words/membership.zh-CN.json' with { type: 'json' }
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { csvStream, type WrittenRow, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { printForm } from '../../forms/index.ts'
import { findUnit } from '../../org/index.ts'
import { listAbsences } from '../queries/absences.queries.ts'
import { listMovements } from '../queries/movements.queries.ts'
import { filterOf } from './absences.ts'

const MOST = 10_000
type Language = 'zh-CN' | 'en'
const wordsOf = (language: Language | undefined) => (language === 'en' ? english : chinese)
const named = (words: Readonly<Record<string, string>>, code: string | null): string | null =>
  code === null ? null : (words[code] ?? code)

type Listed = {
  readonly name: string
  readonly place: string
  readonly columns: Readonly<Record<string, string>>
  readonly rows: readonly Readonly<Record<string, string | number | null>>[]
}
/** Texts that need room in a printed register. */
const WIDE = new Set(['orgName', 'toOrgName', 'unitName', 'unit', 'place'])

type Made = { readonly sha256: string; readonly make: () => Promise<Uint8Array> }

/** The rows as a table, or as a register that is printed and signed: set after the transaction, known by its rows. */
async function fileOf(
  ctx: Ctx<Tx>,
  format: MembershipFile,
  language: Language,
  { name, place, columns, rows }: Listed,
): Promise<Made> {
  const keys = Object.keys(columns)
  const text = (value: string | number | null | undefined) =>
    value === null || value === undefined ? null : `${value}`
  if (format === 'pdf' || format === 'docx') {
    const facts = {
      language,
      organisation: place,
      printedAt: ctx.now.toISOString(),
      title: name,
      subtitle: `${place} ${todayOf(ctx.now)}`,
      columns: keys.map((key) => ({
        header: columns[key] ?? key,
        width: WIDE.has(key) ? 2 : 1,
        isLong: WIDE.has(key),
      })),
      rows: rows.map((row) => keys.map((key) => text(row[key]))),
    }
    return { sha256: sha256(JSON.stringify(facts.rows)), make: () => printForm({ kind: 'register', format, facts }) }
  }
  const written = Object.entries(columns).map(([key, header]) => ({ key, header, width: 16 }))
  const table = rows as WrittenRow[]
  const bytes =
    format === 'csv'
      ? await buffer(csvStream({ columns: written, rows: table }))
      : await writeXlsx({ sheets: [{ name, columns: written, rows: table }] })
  return { sha256: sha256(bytes), make: () => Promise.resolve(bytes) }
}

async function placeName(ctx: Ctx<Tx>, orgId: string | undefined): Promise<string> {
  return (await findUnit(ctx.db, ctx.actor, orgId ?? ctx.actor.orgId))?.name ?? ''
}

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')
const demandFew = (rows: number): void => {
  if (rows > MOST) throw refusals.too_many_rows({ most: MOST })
}

export async function absences(ctx: Ctx<Tx>, { body }: Input<typeof exportAbsences>): Promise<FileReply> {
  const words = wordsOf(body.language)
  const rows = await listAbsences(ctx.db, ctx.actor, await filterOf(ctx, body.filter), {
    column: 'a.started_on',
    descending: true,
    after: null,
    limit: MOST,
  })
  demandFew(rows.length)
  const file = await fileOf(ctx, body.format, body.language ?? 'zh-CN', {
    name: words.files.absences,
    place: await placeName(ctx, body.filter.orgId),
    columns: words.absenceColumns,
    rows: rows.map((row) => ({
      name: row.name,
      kind: named(words.absenceKind, row.kind),
      orgName: row.unitName,
      toOrgName: row.hostName,
      startedOn: row.startedOn,
      endedOn: row.endedOn,
      end: named(words.absenceEnd, row.end),
      place: row.facts.place ?? null,
      unit: row.facts.unit ?? null,
      keeper: row.facts.keeper ?? null,
      certificateNo: row.facts.certificateNo ?? null,
      expectedReturnOn: row.facts.expectedReturnOn ?? null,
      lastContactOn: row.lastContactOn,
      contactDueOn: row.contactDueOn,
    })),
  })
  await publish(
    ctx,
    'membership.absences_exported',
    { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope },
    { rows: rows.length, format: body.format, sha256: file.sha256 },
  )
  return { fileName: `${words.files.absences}-${todayOf(ctx.now)}.${body.format}`, make: file.make }
}

/** 增减名单: the people behind the figures of a month. */
export async function movements(ctx: Ctx<Tx>, { body }: Input<typeof exportMovements>): Promise<FileReply> {
  const words = wordsOf(body.language)
  const { month, orgId, cause } = body.filter
  const unit = orgId ? await findUnit(ctx.db, ctx.actor, orgId) : undefined
  if (orgId && !unit) throw refusals.no_such_org.at('/body/filter/orgId')
  const rows = await listMovements(
    ctx.db,
    ctx.actor,
    { place: unit?.path ?? ctx.actor.scope, month, cause: cause ?? null },
    { column: 'v.on_date', descending: false, after: null, limit: MOST },
  )
  demandFew(rows.length)
  const file = await fileOf(ctx, body.format, body.language ?? 'zh-CN', {
    name: `${words.files.movements} ${month}`,
    place: unit?.name ?? (await placeName(ctx, undefined)),
    columns: words.movementColumns,
    rows: rows.map((row) => ({
      on: row.on,
      direction: row.people > 0 ? words.direction.increase : words.direction.decrease,
      cause: named(words.cause, row.cause),
      name: row.name ?? (row.batchId ? words.direction.batch : null),
      people: Math.abs(row.people),
      unitName: row.unitName,
    })),
  })
  await publish(
    ctx,
    'membership.movements_exported',
    { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope },
    { rows: rows.length, format: body.format, month, sha256: file.sha256 },
  )
  return { fileName: `${words.files.movements}-${month}.${body.format}`, make: file.make }
}
