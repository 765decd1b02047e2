import { orgRefusals } from '@tongxin/contract'
import { todayOf } from '../../platform/clock.ts'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId } from '../../platform/events.ts'
import * as q from './org.queries.ts'
import { lastChangeOn } from './org.record.queries.ts'

/** The unit, locked, in scope and not dissolved. `field` points at the member of the body that named it. */
export async function lockLiving(ctx: Ctx<Tx>, id: string, field?: string): Promise<q.OrgUnit> {
  const at = (code: string) => (field ? [{ field, code }] : [])
  const unit = await q.lockUnit(ctx.db, ctx.actor, id)
  if (!unit) throw orgRefusals.not_found({}, at('org.not_found'))
  if (unit.dissolvedOn) throw orgRefusals.dissolved({}, at('org.dissolved'))
  return unit
}

/** A dated change lies between the unit's last one and today: the tree as of a day is replayed from them in order. */
export async function demandDate(ctx: Ctx<Tx>, unit: q.OrgUnit, effectiveOn: string): Promise<void> {
  const field = '/body/effectiveOn'
  if (effectiveOn > todayOf(ctx.now)) throw orgRefusals.date_in_future.at(field)
  if (unit.foundedOn && effectiveOn < unit.foundedOn)
    throw orgRefusals.before_founding.at(field, { foundedOn: unit.foundedOn })
  const last = await lastChangeOn(ctx.db, ctx.actor.tenantId, unit.id)
  if (last && effectiveOn < last) throw orgRefusals.before_last_change.at(field, { last })
}

export async function recordChange(
  ctx: Ctx<Tx>,
  change: Omit<q.NewChange, 'id' | 'by' | 'byName' | 'at'>,
): Promise<void> {
  const { personId: by, personName: byName } = ctx.actor
  await q.insertChange(ctx.db, ctx.actor.tenantId, { ...change, id: newId(ctx), by, byName, at: ctx.now })
}

/** Turns the violation of a unique name or code into its refusal. */
export function refuseTaken(error: unknown): never {
  const reason = q.takenReason(error)
  throw reason
    ? orgRefusals[reason]({}, [{ field: reason === 'code_taken' ? '/body/code' : '/body/name', code: `org.${reason}` }])
    : error
}
