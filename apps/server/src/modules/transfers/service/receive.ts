import { transferRefusals as refusals, type TransferTold } from '@tongxin/contract'
import { letterValid } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { changeMember, departMember, placeMember, setInTransfer } from '../../members/index.ts'
import type * as q from '../queries/transfers.queries.ts'
import * as w from '../queries/writing.queries.ts'
import { endClocks } from '../transfers.deadlines.ts'
import type { TransferPorts } from '../transfers.ports.ts'
import { subjectOf } from '../transfers.rows.ts'
import { note } from '../transfers.steps.ts'
import { registerIncoming } from './incoming.ts'

/**
 * The relation lands. Inside, the whole record goes to the new branch; outside, it stays as history; from outside,
 * somebody is registered. Until this act the old branch has been responsible (MEM-8).
 */
export async function receive(ctx: Ctx<Tx>, one: q.Transfer, told: TransferTold, ports: TransferPorts): Promise<void> {
  const on = receiptDay(ctx, one, told)
  const { tenantId } = ctx.actor
  const receiptBy = told.receivedBy?.trim() ?? ctx.actor.personName
  const landed = await land(ctx, one, on, ports)
  const change = { state: 'received', received_on: on, receipt_by: receiptBy }
  const registered = one.direction === 'in' ? { member_id: landed.memberId, person_id: landed.personId } : {}
  await w.setTransfer(ctx.db, tenantId, one.id, { ...change, ...registered }, ctx.now)
  await endClocks(ctx, [one.id], 'done')
  await setInTransfer(ctx, [landed.memberId], null)
  await note(ctx, { ...one, personId: landed.personId }, 'receive', { on, note: receiptBy })
  // Whoever received it looks after it from now on, so the fact stands at the place of arrival.
  await publish(
    ctx,
    'transfers.received',
    subjectOf({ ...one, personId: landed.personId }, one.toPath ?? one.orgPath),
    {
      direction: one.direction,
      memberId: landed.memberId,
      on,
      fromOrgId: one.direction === 'in' ? null : one.orgId,
      toOrgId: one.direction === 'in' ? one.orgId : one.toOrgId,
    },
  )
}

/** The day of the receipt: after the letter, not later than today, and reported while the letter was valid (MEM-9). */
function receiptDay(ctx: Ctx<Tx>, one: q.Transfer, told: TransferTold): string {
  const today = todayOf(ctx.now)
  const on = told.on ?? (one.direction === 'in' ? (one.letter?.arrivedOn ?? today) : today)
  const field = '/body/on'
  if (on > today) throw refusals.in_future({}, [{ field, code: 'transfers.in_future' }])
  if (one.issuedOn === null) return on
  if (on < one.issuedOn)
    throw refusals.before_issue({ issuedOn: one.issuedOn }, [{ field, code: 'transfers.before_issue' }])
  const reportOn = one.reportedOn ?? on
  const verdict = letterValid({
    issuedOn: one.issuedOn,
    reportOn,
    ...(one.validDays ? { maxDays: one.validDays } : {}),
  })
  if (!verdict.value)
    throw refusals.letter_expired({ rule: verdict.ruleId, validUntil: one.validUntil }, [
      { field, code: 'transfers.letter_expired' },
    ])
  return on
}

async function land(
  ctx: Ctx<Tx>,
  one: q.Transfer,
  on: string,
  ports: TransferPorts,
): Promise<{ memberId: string; personId: string }> {
  const because = { source: 'transfer' as const, sourceId: one.id, reason: one.number ?? one.letter?.number ?? null }
  if (one.direction === 'in') {
    const registered = await registerIncoming(ctx, one, on)
    await noteDues(ctx, one, registered.memberId)
    return registered
  }
  const { memberId, personId } = one
  if (!memberId || !personId) throw refusals.no_such_member()
  if (one.direction === 'out') {
    await departMember(ctx, memberId, because)
    return { memberId, personId }
  }
  if (!one.toOrgId || !one.toPath) throw refusals.no_destination()
  const to = { id: one.toOrgId, path: one.toPath }
  await placeMember(ctx, { memberId, to, on, ...because })
  await noteDues(ctx, one, memberId)
  await ports.moveCase?.(ctx, personId, to)
  return { memberId, personId }
}

/** The boundary between the two branches' dues: what the letter says is paid stands in the record. */
async function noteDues(ctx: Ctx<Tx>, one: q.Transfer, memberId: string): Promise<void> {
  if (one.duesPaidUntil === null) return
  const [year, month] = one.duesPaidUntil.split('-').map(Number)
  const lastDay = new Date(Date.UTC(year ?? 0, month ?? 1, 0)).toISOString().slice(0, 10)
  await changeMember(ctx, memberId, {
    patch: { duesPaidUntil: lastDay },
    source: 'transfer',
    sourceId: one.id,
    reason: one.number ?? one.letter?.number ?? null,
  })
}
