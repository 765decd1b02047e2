import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach } from '../../../platform/scope.ts'

export type Slot = {
  id: string
  channelId: string
  programmeId: string
  orgPath: string
  title: string
  startsAt: Date
  endsAt: Date
  removedAt: Date | null
}

const slots = (db: Db, tenantId: string) =>
  db
    .selectFrom('television_slot as s')
    .innerJoin('television_programme as p', (join) =>
      join.onRef('p.tenant_id', '=', 's.tenant_id').onRef('p.id', '=', 's.programme_id'),
    )
    .select([
      's.id',
      's.channel_id as channelId',
      's.programme_id as programmeId',
      's.org_path as orgPath',
      'p.title',
      's.starts_at as startsAt',
      's.ends_at as endsAt',
      's.removed_at as removedAt',
    ])
    .where('s.tenant_id', '=', tenantId)
    .where('p.tenant_id', '=', tenantId)

/** What of the channels runs within a time, in the order of time. */
export async function slotsBetween(
  db: Db,
  tenantId: string,
  channelIds: readonly string[],
  time: { readonly from: Date; readonly until: Date },
): Promise<Slot[]> {
  if (channelIds.length === 0) return []
  return slots(db, tenantId)
    .where('s.channel_id', 'in', [...channelIds])
    .where('s.removed_at', 'is', null)
    .where('s.ends_at', '>', time.from)
    .where('s.starts_at', '<', time.until)
    .orderBy('s.starts_at')
    .orderBy('s.id')
    .execute()
}

export async function lockSlot(tx: Tx, actor: Actor, id: string): Promise<Slot | undefined> {
  return slots(tx, actor.tenantId)
    .where('s.id', '=', id)
    .where(inReach('s.org_path', actor))
    .forUpdate('s')
    .executeTakeFirst()
}

export type NewSlot = Pick<Slot, 'id' | 'channelId' | 'programmeId' | 'orgPath' | 'startsAt' | 'endsAt'>
export async function insertSlots(tx: Tx, tenantId: string, rows: readonly NewSlot[]): Promise<void> {
  await tx
    .insertInto('television_slot')
    .values(
      rows.map((row) => ({
        tenant_id: tenantId,
        id: row.id,
        channel_id: row.channelId,
        programme_id: row.programmeId,
        org_path: row.orgPath,
        starts_at: row.startsAt,
        ends_at: row.endsAt,
      })),
    )
    .execute()
}

export async function setSlotRemoved(tx: Tx, tenantId: string, id: string, at: Date | null): Promise<void> {
  await tx
    .updateTable('television_slot')
    .set({ removed_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** Takes what is still to come of a programme out of the schedule. */
export async function clearComing(tx: Tx, tenantId: string, programmeId: string, now: Date): Promise<void> {
  await tx
    .updateTable('television_slot')
    .set({ removed_at: now })
    .where('tenant_id', '=', tenantId)
    .where('programme_id', '=', programmeId)
    .where('starts_at', '>', now)
    .where('removed_at', 'is', null)
    .execute()
}

/** Slots by id, also those that were taken out since: a set without a network did not hear of it. */
export async function slotsById(db: Db, tenantId: string, ids: readonly string[]): Promise<Slot[]> {
  if (ids.length === 0) return []
  return slots(db, tenantId)
    .where('s.id', 'in', [...ids])
    .execute()
}
