import { v7 as uuidv7 } from 'uuid'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { publish } from '../../platform/events.ts'
import * as q from './org.queries.ts'
import * as unfound from './org.unfound.queries.ts'

/**
 * Takes back units that `foundUnits` made in one go: those nobody touched since and that hold nothing. They are
 * dissolved as of the day they began, so that they stand in no tree of any date, while what once pointed at them keeps
 * its target. Returns their ids, the deepest first.
 */
export async function unfoundUnits(ctx: Ctx<Tx>, founding: unfound.Founding, reason: string): Promise<string[]> {
  const { db: tx, now } = ctx
  const { tenantId, personId } = ctx.actor
  const untouched = await unfound.lockUntouched(tx, tenantId, founding)
  const holding = await unfound.holdingAmong(tx, tenantId, untouched, now)
  const empty = untouched.filter(({ path }) => !holding.has(path))
  for (const { id, path, effectiveOn } of empty) {
    await q.setUnfounded(tx, tenantId, id, effectiveOn, now)
    await q.insertChange(tx, tenantId, {
      id: uuidv7({ msecs: now.getTime() }),
      unitId: id,
      orgPath: path,
      kind: 'dissolved',
      effectiveOn,
      documentNumber: null,
      reason,
      before: {},
      after: {},
      by: personId,
      at: now,
    })
    await publish(ctx, 'org.dissolved', { kind: 'org', id, orgPath: path }, { effectiveOn })
  }
  return empty.map(({ id }) => id)
}
