import {
  type Input,
  type listOwnTransfers as listContract,
  type OwnTransfer,
  type Reply,
  transferRefusals as refusals,
  type reportArrival as reportContract,
} from '@tongxin/contract'
import { letterValid } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { type Step, stepsOf } from '../queries/steps.queries.ts'
import * as q from '../queries/transfers.queries.ts'
import * as w from '../queries/writing.queries.ts'
import { clockOf, subjectOf } from '../transfers.rows.ts'
import { note } from '../transfers.steps.ts'

const MOST = 50

/** The own transfers: where each is, without what others wrote about it. */
export async function listOwn(ctx: Ctx, _: Input<typeof listContract>): Promise<Reply<typeof listContract>> {
  const found = await q.ownTransfers(ctx.db, ctx.actor, MOST)
  const steps = await stepsOf(
    ctx.db,
    ctx.actor.tenantId,
    found.map(({ id }) => id),
    false,
  )
  const today = todayOf(ctx.now)
  return {
    rows: found.map((one) =>
      ownOf(
        one,
        steps.filter((step) => step.transferId === one.id),
        today,
      ),
    ),
  }
}

function ownOf(one: q.Transfer, steps: readonly Step[], today: string): OwnTransfer {
  return {
    id: one.id,
    number: one.number,
    direction: one.direction,
    state: one.state,
    needsDepartment: one.needsDepartment,
    fromName: one.fromName,
    toName: one.toName,
    committeeName: one.committeeName,
    issuedOn: one.issuedOn,
    validUntil: one.validUntil,
    ...clockOf(one, today),
    duesPaidUntil: one.duesPaidUntil,
    contact: one.contact,
    reportedOn: one.reportedOn,
    receivedOn: one.receivedOn,
    returnedReason: one.returnedReason,
    steps: steps.map(({ act, on, at }) => ({ act, on, at: at.toISOString() })),
    mayReport: one.state === 'awaiting' && one.reportedOn === null && isValid(one, today),
    version: one.version,
  }
}

const isValid = (one: q.Transfer, today: string): boolean =>
  one.issuedOn !== null &&
  letterValid({ issuedOn: one.issuedOn, reportOn: today, ...(one.validDays ? { maxDays: one.validDays } : {}) }).value

/** The person says that the letter was handed in. It stops the letter from running out; the receiver still confirms. */
export async function reportArrival(
  ctx: Ctx<Tx>,
  { params }: Input<typeof reportContract>,
): Promise<Reply<typeof reportContract>> {
  const one = await q.lockOwnTransfer(ctx.db, ctx.actor, params.id)
  if (!one) throw refusals.not_found()
  const today = todayOf(ctx.now)
  if (one.state === 'expired' || (one.state === 'awaiting' && !isValid(one, today)))
    throw refusals.letter_expired({ validUntil: one.validUntil })
  if (one.state !== 'awaiting') throw refusals.not_issued({ state: one.state })
  if (one.reportedOn === null) {
    await w.setTransfer(ctx.db, ctx.actor.tenantId, one.id, { reported_on: today }, ctx.now)
    await note(ctx, one, 'report', { on: today })
    await publish(ctx, 'transfers.arrival_reported', subjectOf(one), { on: today })
  }
  return { id: one.id, state: one.state, version: one.version + (one.reportedOn === null ? 1 : 0) }
}
