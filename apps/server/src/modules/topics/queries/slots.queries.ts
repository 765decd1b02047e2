import type { DayPart } from '@tongxin/domain/topics/lesson'
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/events.ts'
import type { Lecturer } from './lecturers.queries.ts'

export type Slot = { id: string; lecturerId: string; onDate: string; part: DayPart; isTaken: boolean }
/** Times from a day on, with those that a lesson holds. */
export async function slotsOf(db: Db, tenantId: string, lecturerIds: readonly string[], from: string): Promise<Slot[]> {
  if (lecturerIds.length === 0) return []
  const rows = await db
    .selectFrom('topics_slot as s')
    .select((eb) => [
      's.id',
      's.lecturer_id as lecturerId',
      's.on_date as onDate',
      's.part',
      eb
        .exists(
          eb
            .selectFrom('topics_proposal as p')
            .select('p.id')
            .where('p.tenant_id', '=', tenantId)
            .whereRef('p.slot_id', '=', 's.id')
            .where('p.state', 'in', ['proposed', 'agreed', 'scheduled', 'taught']),
        )
        .as('isTaken'),
    ])
    .where('s.tenant_id', '=', tenantId)
    .where(sql<boolean>`s.lecturer_id = any(${[...lecturerIds]}::uuid[])`)
    .where('s.on_date', '>=', from)
    .orderBy('s.on_date')
    .orderBy('s.part')
    .execute()
  return rows as Slot[]
}

/** Which of these times their lecturers still offer, and are still lecturers. */
export async function stillOffered(db: Db, tenantId: string, slotIds: readonly string[]): Promise<Set<string>> {
  if (slotIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('topics_slot as s')
    .innerJoin('topics_lecturer as l', (join) =>
      join.onRef('l.tenant_id', '=', 's.tenant_id').onRef('l.id', '=', 's.lecturer_id'),
    )
    .select('s.id')
    .where('s.tenant_id', '=', tenantId)
    .where('l.tenant_id', '=', tenantId)
    .where(sql<boolean>`s.id = any(${[...slotIds]}::uuid[])`)
    .where('l.state', '=', 'approved')
    .execute()
  return new Set(rows.map(({ id }) => id))
}

type SlotTime = { readonly onDate: string; readonly part: DayPart }
/** Replaces the times from a day on; those that a proposal names stay. */
export async function setSlots(
  tx: Tx,
  tenantId: string,
  lecturer: Pick<Lecturer, 'id' | 'personId' | 'orgPath'>,
  slots: readonly SlotTime[],
  at: { readonly now: Date; readonly today: string },
): Promise<void> {
  await tx
    .deleteFrom('topics_slot as s')
    .where('s.tenant_id', '=', tenantId)
    .where('s.lecturer_id', '=', lecturer.id)
    .where('s.on_date', '>=', at.today)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('topics_proposal as p')
            .select('p.id')
            .where('p.tenant_id', '=', tenantId)
            .whereRef('p.slot_id', '=', 's.id')
            .where('p.state', 'in', ['proposed', 'agreed', 'scheduled', 'taught']),
        ),
      ),
    )
    .execute()
  if (slots.length === 0) return
  await tx
    .insertInto('topics_slot')
    .values(
      slots.map(({ onDate, part }) => ({
        tenant_id: tenantId,
        id: newId(at),
        lecturer_id: lecturer.id,
        person_id: lecturer.personId,
        org_path: lecturer.orgPath,
        on_date: onDate,
        part,
      })),
    )
    .onConflict((conflict) => conflict.columns(['tenant_id', 'lecturer_id', 'on_date', 'part']).doNothing())
    .execute()
}

/** Lessons that are agreed or held, by lecturer and month. */
export async function bookedOf(
  db: Db,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, Record<string, number>>> {
  const found = new Map<string, Record<string, number>>()
  if (ids.length === 0) return found
  const rows = await db
    .selectFrom('topics_proposal as p')
    .select([
      'p.lecturer_id as id',
      sql<string>`to_char(p.on_date, 'YYYY-MM')`.as('month'),
      sql<number>`count(*)::int`.as('count'),
    ])
    .where('p.tenant_id', '=', tenantId)
    .where(sql<boolean>`p.lecturer_id = any(${[...ids]}::uuid[])`)
    .where('p.state', 'in', ['proposed', 'agreed', 'scheduled', 'taught'])
    .groupBy(['p.lecturer_id', sql`to_char(p.on_date, 'YYYY-MM')`])
    .execute()
  for (const { id, month, count } of rows) found.set(id, { ...found.get(id), [month]: count })
  return found
}
