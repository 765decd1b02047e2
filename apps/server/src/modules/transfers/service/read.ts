import {
  type countTransfers as countContract,
  type exportTransfers as exportContract,
  type Input,
  type listTransfers as listContract,
  type Reply,
  type readTransfer as readContract,
  transferRefusals as refusals,
  TRANSFER_ACTS,
} from '@tongxin/contract'
import { addDays } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { personNamesOf } from '../../access/index.ts'
import { findUnit } from '../../org/index.ts'
import * as list from '../queries/list.queries.ts'
import { stepsOf } from '../queries/steps.queries.ts'
import * as q from '../queries/transfers.queries.ts'
import { whyNot, YELLOW_DAYS } from '../transfers.policy.ts'
import { rowOf, sideOf } from '../transfers.rows.ts'
import { maskedFacts } from './incoming.ts'
import { validityOf } from './letters.ts'

const SORTS = {
  createdAt: 't.created_at',
  validUntil: 't.valid_until',
  issuedOn: 't.issued_on',
  name: 't.name',
  number: 't.number',
} as const

export async function listTransfers(
  ctx: Ctx,
  { query }: Input<typeof listContract>,
): Promise<Reply<typeof listContract>> {
  // What is due is wanted by its day, letters by their number, everything else by its age.
  const fallback = query.tab === 'due' ? 'validUntil' : query.tab === 'stubs' ? '-number' : '-createdAt'
  const keyset = keysetOf(query, SORTS, fallback)
  const filter = await filterOf(ctx, query)
  const found = await list.listTransfers(ctx.db, ctx.actor, filter, keyset)
  const column = Object.entries(SORTS).find(([, sql]) => sql === keyset.column)?.[0] as keyof typeof SORTS
  const { rows, next } = pageOfRows(found, keyset, (row) => {
    const value = row[column]
    return { value: value instanceof Date ? value.toISOString() : value, id: row.id }
  })
  const today = todayOf(ctx.now)
  return { rows: rows.map((row) => rowOf(row, ctx.actor, today)), next, total: null }
}

type Asked = Omit<Input<typeof exportContract>['body'], 'purpose' | 'language'>

export async function filterOf(ctx: Ctx | Ctx<Tx>, asked: Asked): Promise<list.ListFilter> {
  const unit = asked.orgId ? await findUnit(ctx.db, ctx.actor, asked.orgId) : null
  if (unit === undefined) throw refusals.no_such_org({}, [{ field: '/query/orgId', code: 'transfers.no_such_org' }])
  return {
    tab: asked.tab ?? 'all',
    orgPath: unit?.path ?? null,
    below: asked.below ?? false,
    direction: asked.direction ?? null,
    kind: asked.kind ?? null,
    state: asked.state ?? null,
    issuedFrom: asked.issuedFrom ?? null,
    issuedTo: asked.issuedTo ?? null,
    text: asked.text?.trim() || null,
    memberId: asked.memberId ?? null,
    batchId: asked.batchId ?? null,
    dueUntil: dueUntil(ctx.now),
  }
}

export const dueUntil = (now: Date): string => addDays(todayOf(now), YELLOW_DAYS)

export async function countTransfers(ctx: Ctx, _: Input<typeof countContract>): Promise<Reply<typeof countContract>> {
  return list.countTabs(ctx.db, ctx.actor, dueUntil(ctx.now))
}

/** One transfer. The receiving side sees the letter and what became of it, not how the other side came to it. */
export async function readTransfer(
  ctx: Ctx,
  { params }: Input<typeof readContract>,
): Promise<Reply<typeof readContract>> {
  const one = await q.findTransfer(ctx.db, ctx.actor, params.id)
  if (!one) throw refusals.not_found()
  const today = todayOf(ctx.now)
  const isOurs = sideOf(ctx.actor, one) === 'sending'
  const steps = await stepsOf(ctx.db, ctx.actor.tenantId, [one.id], !isOurs)
  const names = await personNamesOf(
    ctx.db,
    steps.map(({ madeBy }) => madeBy),
  )
  const validity = await validityOf(ctx.db, ctx.actor.tenantId, one, today)
  return {
    ...rowOf(one, ctx.actor, today),
    reason: isOurs ? one.reason : '',
    memberNo: one.memberNo,
    duesPaidUntil: one.duesPaidUntil,
    contact: one.contact,
    validDays: one.validDays,
    mostDays: validity.most,
    usualDays: validity.usual,
    needsDepartment: one.needsDepartment,
    departmentDocument: isOurs ? one.departmentDocument : null,
    receiptBy: one.receiptBy,
    returnedReason: one.returnedReason,
    strandedOn: isOurs ? one.strandedOn : null,
    settlement: isOurs ? one.settlement : null,
    renewsId: one.renewsId,
    renewedById: one.renewedById,
    batchId: isOurs ? one.batchId : null,
    letter: one.letter,
    incoming: maskedFacts(ctx.vault, one),
    orgId: isOurs ? one.orgId : null,
    toOrgId: one.toOrgId,
    printed: isOurs ? one.lettersPrinted : one.receiptsPrinted,
    steps: steps.map(({ id, act, on, at, madeBy, note }) => ({
      id,
      act,
      on,
      at: at.toISOString(),
      by: madeBy ? (names.get(madeBy) ?? null) : null,
      note,
    })),
    acts: TRANSFER_ACTS.map((act) => ({ act, whyNot: whyNot(ctx.actor, one, act) })),
  }
}
