import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type * as contract from '@tongxin/contract'
import {
  type Input,
  type LackingFilter,
  type LackingRow,
  MOST_EXPORTED,
  memberRefusals,
  type Reply,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { csvStream, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { printForm } from '../../forms/index.ts'
import { findUnit } from '../../org/index.ts'
import { codeName, type Language, wordsOf } from '../members.words.ts'
import * as q from '../queries/papers.queries.ts'

const SORTS = { name: 'm.pinyin' } as const

async function filterOf(ctx: Ctx, asked: LackingFilter, field: string): Promise<q.LackingFilter> {
  const { category = null, document = null } = asked
  if (asked.orgId === undefined) return { place: null, category, document }
  const unit = await findUnit(ctx.db, ctx.actor, asked.orgId)
  if (!unit) throw memberRefusals.org_not_found.at(field)
  return { place: { path: unit.path, below: asked.below ?? true }, category, document }
}

type Found = Awaited<ReturnType<typeof q.listLacking>>[number]

const rowOf = (row: Found): LackingRow => ({
  id: row.id,
  memberNo: row.memberNo,
  name: row.name,
  category: row.category as LackingRow['category'],
  orgName: row.orgName ?? '',
  place: [row.place, row.cabinet, row.box, row.volume].filter((part) => part !== null).join(' · '),
  missing: row.missing ?? [],
})

/** Folders that lack papers, in the order of the names. */
export async function listLacking(
  ctx: Ctx,
  { query }: Input<typeof contract.listLacking>,
): Promise<Reply<typeof contract.listLacking>> {
  const keyset = keysetOf(query, SORTS, 'name')
  const found = await q.listLacking(ctx.db, ctx.actor, await filterOf(ctx, query, '/query/orgId'), keyset)
  const { rows, next } = pageOfRows(found, keyset, ({ pinyin, id }) => ({ value: pinyin, id }))
  return { rows: rows.map(rowOf), next, total: null }
}

const COLUMNS = ['name', 'memberNo', 'category', 'orgName', 'place', 'missing'] as const
const WIDTHS = { name: 12, memberNo: 16, category: 12, orgName: 28, place: 24, missing: 48 } as const

/** The list as a file, whole; names leave the program, so the purpose is kept with the hash. */
export async function exportLacking(
  ctx: Ctx<Tx>,
  { body }: Input<typeof contract.exportLacking>,
): Promise<Reply<typeof contract.exportLacking>> {
  const { format, language, filter: asked } = body
  const filter = await filterOf(ctx, asked, '/body/filter/orgId')
  const keyset = { ...keysetOf({}, SORTS, 'name'), limit: MOST_EXPORTED }
  const found = await q.listLacking(ctx.db, ctx.actor, filter, keyset)
  if (found.length > MOST_EXPORTED) throw memberRefusals.export_too_large({ limit: MOST_EXPORTED })
  const rows = found.map((row) => writtenRow(rowOf(row), language))
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const subject = { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope }
  const facts = { rows: rows.length, sha256, format }
  await publish(ctx, 'members.lacking_exported', subject, facts, { reason: body.purpose })
  const name = wordsOf(language).files.lacking ?? ''
  const place = (await findUnit(ctx.db, ctx.actor, asked.orgId ?? ctx.actor.orgId))?.name ?? ''
  const make = () =>
    format === 'pdf' || format === 'docx'
      ? register(ctx, { name, place, language, format, rows })
      : table({ name, language, format, rows })
  return { fileName: `${name}-${todayOf(ctx.now)}.${format}`, make }
}

type Written = Readonly<Record<(typeof COLUMNS)[number], string>>

function writtenRow(row: LackingRow, language: Language): Written {
  const words = wordsOf(language)
  return {
    ...row,
    category: codeName(language, 'category', row.category) ?? '',
    missing: row.missing.map((paper) => words.dossierDocument[paper] ?? paper).join(language === 'en' ? '; ' : '、'),
  }
}

const headed = (language: Language) =>
  COLUMNS.map((key) => ({ key, header: wordsOf(language).columns[key] ?? key, width: WIDTHS[key] }))

type Listed<Format> = {
  readonly name: string
  readonly language: Language
  readonly format: Format
  readonly rows: readonly Written[]
}

async function table({ name, language, format, rows }: Listed<'xlsx' | 'csv'>): Promise<Uint8Array> {
  const columns = headed(language).map((column) => ({ ...column, text: column.key === 'memberNo' }))
  const written = rows.map((row) => ({ ...row }))
  return format === 'csv'
    ? buffer(csvStream({ columns, rows: written }))
    : writeXlsx({ sheets: [{ name, columns, rows: written }] })
}

const register = (
  ctx: Ctx<Tx>,
  { name, place, language, format, rows }: Listed<'pdf' | 'docx'> & { readonly place: string },
): Promise<Uint8Array> =>
  printForm({
    kind: 'register',
    format,
    facts: {
      language,
      organisation: place,
      printedAt: ctx.now.toISOString(),
      title: name,
      subtitle: `${place} ${todayOf(ctx.now)}`,
      columns: headed(language).map(({ key, header, width }) => ({ header, width, isLong: key === 'missing' })),
      rows: rows.map((row) => COLUMNS.map((key) => row[key])),
    },
  })
