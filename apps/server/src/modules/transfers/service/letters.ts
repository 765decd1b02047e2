import { transferRefusals as refusals, type TransferTold } from '@tongxin/contract'
import { addDays, type ParameterTable, wholeParameter } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Db, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { setInTransfer } from '../../members/index.ts'
import { parametersOf } from '../../settings/index.ts'
import * as q from '../queries/transfers.queries.ts'
import * as w from '../queries/writing.queries.ts'
import { endClocks, type OnItsWay, startClocks } from '../transfers.deadlines.ts'
import { usualDaysCode } from '../transfers.policy.ts'
import { subjectOf } from '../transfers.rows.ts'
import { note } from '../transfers.steps.ts'

/** Letters of introduction: number, validity, clocks. */

export type Validity = { readonly usual: number; readonly most: number }

/** How long a letter of this kind usually holds, and at most, by the figures in force for the committee (MEM-9). */
export async function validityOf(
  db: Db,
  tenantId: string,
  one: Pick<q.Transfer, 'kind' | 'committeePath'>,
  on: string,
): Promise<Validity> {
  return validityBy(await parametersOf(db, tenantId, one.committeePath), one.kind, on)
}

function validityBy(parameters: ParameterTable, kind: q.Transfer['kind'], on: string): Validity {
  const most = wholeParameter(parameters, 'membership.introLetterMaxDays', on)
  return { usual: Math.min(most, wholeParameter(parameters, usualDaysCode(kind), on)), most }
}

const MEMBERS = new Set(['formal', 'probationary'])

/** Numbers the letter, starts its clocks and marks the member as being on the way. */
export async function issueLetter(ctx: Ctx<Tx>, one: q.Transfer, told: TransferTold): Promise<void> {
  const { tenantId } = ctx.actor
  const today = todayOf(ctx.now)
  const dues = told.duesPaidUntil ?? one.duesPaidUntil
  // The letter says until when dues are paid (DUES-10): only members pay them.
  if (dues === null && MEMBERS.has(one.category))
    throw refusals.dues_missing({ name: one.name }, [{ field: '/body/duesPaidUntil', code: 'transfers.dues_missing' }])
  const validity = await validityOf(ctx.db, tenantId, one, today)
  const days = told.validDays ?? validity.usual
  if (days > validity.most)
    throw refusals.too_long_valid({ most: validity.most, rule: 'MEM-9' }, [
      { field: '/body/validDays', code: 'transfers.too_long_valid' },
    ])
  const year = Number(today.slice(0, 4))
  const running = await w.takeNumber(ctx.db, tenantId, { id: one.committeeId, path: one.committeePath }, year)
  const letter = {
    number: `${year}-${String(running).padStart(4, '0')}`,
    issued_on: today,
    first_issued_on: one.firstIssuedOn ?? today,
    valid_days: days,
    valid_until: addDays(today, days),
  }
  await w.setTransfer(
    ctx.db,
    tenantId,
    one.id,
    {
      ...letter,
      numbered_by: one.committeeId,
      number_year: year,
      number_running: running,
      state: 'awaiting',
      dues_paid_until: dues,
    },
    ctx.now,
  )
  const issued: q.Transfer = {
    ...one,
    number: letter.number,
    issuedOn: today,
    firstIssuedOn: letter.first_issued_on,
    validUntil: letter.valid_until,
  }
  await startClocks(ctx, onItsWay(issued))
  if (one.memberId) await setInTransfer(ctx, [one.memberId], today)
  await note(ctx, issued, 'issue', { on: today, note: told.note?.trim() ?? null })
  await publish(ctx, 'transfers.issued', subjectOf(one), { number: letter.number, validUntil: letter.valid_until })
}

export function onItsWay(one: q.Transfer): OnItsWay {
  const issuedOn = one.issuedOn ?? ''
  return {
    id: one.id,
    name: one.name,
    personId: one.personId,
    number: one.number ?? '',
    toName: one.toName,
    from: { id: one.orgId, path: one.orgPath },
    to: one.toOrgId && one.toPath ? { id: one.toOrgId, path: one.toPath } : null,
    committee: { id: one.committeeId, path: one.committeePath },
    issuedOn,
    firstIssuedOn: one.firstIssuedOn ?? issuedOn,
    validUntil: one.validUntil ?? '',
  }
}

/** A new letter in place of one that ran out; the old one stays what it was and refers to the new. */
export async function renewLetter(ctx: Ctx<Tx>, old: q.Transfer, told: TransferTold): Promise<string> {
  const { tenantId } = ctx.actor
  const id = newId(ctx)
  await w.copyForRenewal(ctx.db, tenantId, { from: old.id, id, by: ctx.actor.personId, at: ctx.now })
  const [fresh] = await q.lockTransfers(ctx.db, ctx.actor, [id])
  if (!fresh) throw refusals.not_found()
  await issueLetter(ctx, fresh, told)
  await w.setTransfer(ctx.db, tenantId, old.id, { renewed_by_id: id }, ctx.now)
  await endClocks(ctx, [old.id], 'done')
  await note(ctx, old, 'renew', { note: told.note?.trim() ?? null })
  const [issued] = await q.lockTransfers(ctx.db, ctx.actor, [id])
  await publish(ctx, 'transfers.renewed', subjectOf(old), {
    newId: id,
    number: issued?.number ?? '',
    validUntil: issued?.validUntil ?? '',
  })
  return id
}
