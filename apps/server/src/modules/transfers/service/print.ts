import { createHash } from 'node:crypto'
import {
  type exportTransfers as exportContract,
  type Input,
  type printTransfers as printContract,
  type Reply,
  transferRefusals as refusals,
} from '@tongxin/contract'
import { addMonths } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { type PrintOrder, printForm, type TransferLetters, type TransferReceipts } from '../../forms/index.ts'
import * as list from '../queries/list.queries.ts'
import { countPrints } from '../queries/running.queries.ts'
import * as q from '../queries/transfers.queries.ts'
import { sideOf } from '../transfers.rows.ts'
import { type Language, wordsOf } from '../transfers.words.ts'
import { filterOf } from './read.ts'

type PrintBody = Input<typeof printContract>['body']

/** Letters or receipts of many transfers in one document. A second print says so on the paper and in the audit. */
export async function printed(
  ctx: Ctx<Tx>,
  { body }: Input<typeof printContract>,
): Promise<Reply<typeof printContract>> {
  const language: Language = body.language ?? 'zh-CN'
  const ids = [...new Set(body.ids)]
  const found = new Map((await q.lockTransfers(ctx.db, ctx.actor, ids)).map((one) => [one.id, one]))
  const chosen = ids.map((id, at) => {
    const one = found.get(id)
    if (!one) throw refusals.not_found({}, [{ field: `/body/ids/${at}`, code: 'transfers.not_found' }])
    demandPrintable(ctx, one, body.form, at)
    return one
  })
  await countPrints(ctx.db, ctx.actor.tenantId, ids, body.form)
  const reprints = chosen.filter((one) => printsOf(one, body.form) > 0).length
  await publish(
    ctx,
    'transfers.printed',
    { kind: 'transfer', id: chosen.length === 1 ? (chosen[0]?.id ?? null) : null, orgPath: ctx.actor.scope },
    { form: body.form, format: body.format, copies: chosen.length, reprints },
  )
  const order = orderOf(ctx, chosen, body, language)
  return {
    fileName: `${wordsOf(language).forms[body.form]}-${todayOf(ctx.now)}.${body.format}`,
    make: () => printForm(order),
  }
}

const printsOf = (one: q.Transfer, form: PrintBody['form']): number =>
  form === 'letter' ? one.lettersPrinted : one.receiptsPrinted

/** Letters are printed by who sends, after the issue; receipts by who has received. */
function demandPrintable(ctx: Ctx<Tx>, one: q.Transfer, form: PrintBody['form'], at: number): void {
  const field = `/body/ids/${at}`
  if (form === 'letter') {
    if (sideOf(ctx.actor, one) !== 'sending')
      throw refusals.not_your_side({}, [{ field, code: 'transfers.not_your_side' }])
    if (one.number === null) throw refusals.not_issued({ name: one.name }, [{ field, code: 'transfers.not_issued' }])
    return
  }
  if (one.state !== 'received' || one.direction === 'out')
    throw refusals.wrong_state({ state: one.state }, [{ field, code: 'transfers.wrong_state' }])
}

function orderOf(ctx: Ctx<Tx>, chosen: readonly q.Transfer[], body: PrintBody, language: Language): PrintOrder {
  const base = {
    language,
    organisation: chosen[0]?.committeeName ?? '',
    printedAt: ctx.now.toISOString(),
  }
  if (body.form === 'letter') {
    const letters = chosen.map((one) => letterOf(ctx, one, language))
    return { kind: 'transfer_letters', format: body.format, facts: { ...base, letters } }
  }
  const receipts = chosen.map((one) => receiptOf(one))
  return { kind: 'transfer_receipts', format: body.format, facts: { ...base, receipts } }
}

function letterOf(ctx: Ctx<Tx>, one: q.Transfer, language: Language): TransferLetters['letters'][number] {
  return {
    number: one.number ?? '',
    reprint: one.lettersPrinted,
    name: one.name,
    standing: wordsOf(language).categories[one.category] ?? one.category,
    isMember: one.category === 'formal' || one.category === 'probationary',
    from: one.fromName,
    to: one.toName,
    committee: one.committeeName,
    reason: one.reason,
    handler: ctx.actor.personName,
    duesPaidUntil: one.duesPaidUntil,
    validDays: one.validDays,
    issuedOn: one.issuedOn,
    validUntil: one.validUntil,
    contact: one.contact,
  }
}

function receiptOf(one: q.Transfer): TransferReceipts['receipts'][number] {
  return {
    number: one.number ?? one.letter?.number ?? '',
    reprint: one.receiptsPrinted,
    name: one.name,
    addressee: one.direction === 'in' ? one.fromName : one.committeeName,
    place: one.toName,
    handler: one.receiptBy,
    phone: null,
    receivedOn: one.receivedOn,
  }
}

const MOST_ROWS = 10_000
/** Years for which the stub of a letter is kept (MEM-10). */
const STUB_YEARS = 10
const COLUMNS = [
  ['number', 12],
  ['name', 12],
  ['memberNo', 16],
  ['category', 14],
  ['direction', 10],
  ['kind', 18],
  ['from', 30],
  ['to', 36],
  ['state', 14],
  ['dues', 10],
  ['issuedOn', 12],
  ['validDays', 8],
  ['validUntil', 12],
  ['receivedOn', 12],
  ['receiptBy', 12],
  ['keepUntil', 12],
] as const

/** The list as a workbook; what was taken out, for what purpose, stands in the event with the hash of the rows. */
export async function exported(
  ctx: Ctx<Tx>,
  { body }: Input<typeof exportContract>,
): Promise<Reply<typeof exportContract>> {
  const { purpose, language, ...asked } = body
  const words = wordsOf(language ?? 'zh-CN')
  const keyset = { column: 't.created_at', descending: true, after: null, limit: MOST_ROWS }
  const found = await list.listTransfers(ctx.db, ctx.actor, await filterOf(ctx, asked), keyset)
  if (found.length > MOST_ROWS) throw refusals.too_many_rows({ most: MOST_ROWS })
  const rows = found.map((one) => ({
    number: one.number,
    name: one.name,
    memberNo: one.memberNo,
    category: words.categories[one.category] ?? one.category,
    direction: words.directions[one.direction],
    kind: words.kinds[one.kind],
    from: one.fromName,
    to: one.toName,
    state: words.states[one.state],
    dues: one.duesPaidUntil,
    issuedOn: one.issuedOn,
    validDays: one.validDays,
    validUntil: one.validUntil,
    receivedOn: one.receivedOn,
    receiptBy: one.receiptBy,
    keepUntil: one.issuedOn === null ? null : addMonths(one.issuedOn, 12 * STUB_YEARS),
  }))
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  await publish(
    ctx,
    'transfers.exported',
    { kind: 'transfer', id: null, orgPath: ctx.actor.scope },
    { rows: rows.length, purpose: purpose.trim(), sha256 },
  )
  const columns = COLUMNS.map(([key, width]) => ({ key, header: words.export[key], width }))
  return {
    fileName: `${words.export.sheet}-${todayOf(ctx.now)}.xlsx`,
    make: () => writeXlsx({ sheets: [{ name: words.export.sheet, columns, rows }] }),
  }
}
