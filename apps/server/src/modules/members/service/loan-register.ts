import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type * as contract from '@tongxin/contract'
import { type Input, type LoanFilter, type LoanRow, MOST_EXPORTED, memberRefusals, type Reply } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { csvStream, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { personNamesOf } from '../../access/index.ts'
import { printForm } from '../../forms/index.ts'
import { findUnit } from '../../org/index.ts'
import { type Language, wordsOf } from '../members.words.ts'
import * as q from '../queries/loans.queries.ts'
import { shownLoan } from './dossier.ts'

const SORTS = { due: 'l.due_on', asked: 'l.asked_at' } as const

async function filterOf(ctx: Ctx, asked: LoanFilter, field: string): Promise<q.LoanFilter> {
  const rest = { view: asked.view ?? null, text: asked.text?.trim() || null, today: todayOf(ctx.now) }
  if (asked.orgId === undefined) return { place: null, ...rest }
  const unit = await findUnit(ctx.db, ctx.actor, asked.orgId)
  if (!unit) throw memberRefusals.org_not_found.at(field)
  return { place: { path: unit.path, below: asked.below ?? true }, ...rest }
}

type Found = Awaited<ReturnType<typeof q.listLoans>>[number]

async function shownRows(ctx: Ctx, found: readonly Found[]): Promise<LoanRow[]> {
  const names = await personNamesOf(
    ctx.db,
    found.flatMap((loan) => [loan.askedBy, loan.decidedBy]),
  )
  return found.map((loan) => ({
    ...shownLoan(ctx, loan, names),
    memberId: loan.memberId,
    memberNo: loan.memberNo,
    name: loan.name,
    orgName: loan.orgName ?? '',
    place: [loan.place, loan.cabinet, loan.box, loan.volume].filter((part) => part !== null).join(' · '),
  }))
}

/** Loans of the scope, the one due first on top. */
export async function listLoans(
  ctx: Ctx,
  { query }: Input<typeof contract.listDossierLoans>,
): Promise<Reply<typeof contract.listDossierLoans>> {
  const keyset = keysetOf(query, SORTS, 'due')
  const found = await q.listLoans(ctx.db, ctx.actor, await filterOf(ctx, query, '/query/orgId'), keyset)
  const { rows, next } = pageOfRows(found, keyset, ({ id, dueOn, askedAt }) => ({
    value: keyset.column === SORTS.asked ? askedAt.toISOString() : dueOn,
    id,
  }))
  return { rows: await shownRows(ctx, rows), next, total: null }
}

const WIDTHS = {
  name: 12,
  memberNo: 16,
  orgName: 24,
  borrower: 18,
  purpose: 28,
  askedAt: 12,
  askedBy: 12,
  decidedBy: 12,
  dueOn: 12,
  returnedOn: 12,
  loanState: 12,
} as const
const COLUMNS = Object.keys(WIDTHS) as (keyof typeof WIDTHS)[]
type Written = Readonly<Record<keyof typeof WIDTHS, string>>

function writtenRow(row: LoanRow, language: Language): Written {
  const states = wordsOf(language).loanState
  return {
    name: row.name,
    memberNo: row.memberNo,
    orgName: row.orgName,
    borrower: row.borrower,
    purpose: row.purpose,
    askedAt: todayOf(new Date(row.askedAt)),
    askedBy: row.askedBy ?? '',
    decidedBy: row.decidedBy ?? '',
    dueOn: row.dueOn,
    returnedOn: row.returnedOn ?? '',
    loanState: states[row.isLate ? 'late' : row.state] ?? row.state,
  }
}

/** The register of loans as a file, whole; names leave the program, so the purpose is kept with the hash. */
export async function exportLoans(
  ctx: Ctx<Tx>,
  { body }: Input<typeof contract.exportDossierLoans>,
): Promise<Reply<typeof contract.exportDossierLoans>> {
  const { format, language, filter: asked } = body
  const filter = await filterOf(ctx, asked, '/body/filter/orgId')
  const keyset = { ...keysetOf({}, SORTS, 'due'), limit: MOST_EXPORTED }
  const found = await q.listLoans(ctx.db, ctx.actor, filter, keyset)
  if (found.length > MOST_EXPORTED) throw memberRefusals.export_too_large({ limit: MOST_EXPORTED })
  const rows = (await shownRows(ctx, found)).map((row) => writtenRow(row, language))
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const subject = { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope }
  const facts = { rows: rows.length, sha256, format }
  await publish(ctx, 'members.loans_exported', subject, facts, { reason: body.purpose })
  const name = wordsOf(language).files.loans ?? ''
  const place = (await findUnit(ctx.db, ctx.actor, asked.orgId ?? ctx.actor.orgId))?.name ?? ''
  const make = () =>
    format === 'pdf' || format === 'docx'
      ? printed(ctx, { name, place, language, format, rows })
      : table({ name, language, format, rows })
  return { fileName: `${name}-${todayOf(ctx.now)}.${format}`, make }
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

const printed = (
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
      columns: headed(language).map(({ key, header, width }) => ({ header, width, isLong: key === 'purpose' })),
      rows: rows.map((row) => COLUMNS.map((key) => row[key])),
    },
  })
