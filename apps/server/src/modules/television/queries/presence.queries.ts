import type { PRESENCE_WAYS } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

type Way = (typeof PRESENCE_WAYS)[number]
export type Presence = {
  memberId: string
  personId: string
  name: string
  way: Way
  at: Date
  struckReason: string | null
}

const presences = (db: Db, tenantId: string) =>
  db
    .selectFrom('television_presence as p')
    .select([
      'p.member_id as memberId',
      'p.person_id as personId',
      'p.name',
      sql<Way>`p.way`.as('way'),
      'p.at',
      'p.struck_reason as struckReason',
    ])
    .where('p.tenant_id', '=', tenantId)

export async function peopleAt(db: Db, tenantId: string, airingId: string): Promise<Presence[]> {
  return presences(db, tenantId).where('p.airing_id', '=', airingId).orderBy('p.at').orderBy('p.member_id').execute()
}

export async function findPresence(
  db: Db,
  tenantId: string,
  airingId: string,
  memberId: string,
): Promise<Presence | undefined> {
  return presences(db, tenantId)
    .where('p.airing_id', '=', airingId)
    .where('p.member_id', '=', memberId)
    .executeTakeFirst()
}

/** How many are in each of the rooms. */
export async function presentIn(db: Db, tenantId: string, airingIds: readonly string[]): Promise<Map<string, number>> {
  if (airingIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('television_presence as p')
    .select(['p.airing_id as id', sql<number>`count(*)::int`.as('present')])
    .where('p.tenant_id', '=', tenantId)
    .where('p.airing_id', 'in', [...airingIds])
    .where('p.struck_at', 'is', null)
    .groupBy('p.airing_id')
    .execute()
  return new Map(rows.map(({ id, present }) => [id, present]))
}

export type NewPresence = {
  readonly memberId: string
  readonly personId: string
  readonly homePath: string
  readonly name: string
}
/**
 * Writes down who is there; the ids of those who were not before. `by`: whoever wrote it down; null: the person itself.
 * Somebody who was struck out comes back by the hand of the organiser alone.
 */
export async function insertPresences(
  tx: Tx,
  room: { readonly tenantId: string; readonly airingId: string; readonly orgPath: string },
  people: readonly NewPresence[],
  more: { readonly way: Way; readonly by: string | null; readonly at: Date },
): Promise<string[]> {
  if (people.length === 0) return []
  const insert = tx.insertInto('television_presence').values(
    people.map((one) => ({
      tenant_id: room.tenantId,
      airing_id: room.airingId,
      member_id: one.memberId,
      person_id: one.personId,
      org_path: room.orgPath,
      home_path: one.homePath,
      name: one.name,
      way: more.way,
      at: more.at,
      added_by: more.by,
    })),
  )
  const rows = await insert
    .onConflict((conflict) => {
      const there = conflict.columns(['tenant_id', 'airing_id', 'member_id'])
      if (more.by === null) return there.doNothing()
      return there
        .doUpdateSet({ struck_at: null, struck_by: null, struck_reason: null, way: 'added', added_by: more.by })
        .where('television_presence.struck_at', 'is not', null)
    })
    .returning('member_id as id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Strikes out who entered by a code after the instant, and names them. */
export async function strikeLate(
  tx: Tx,
  { tenantId, airingId }: { readonly tenantId: string; readonly airingId: string },
  late: { readonly since: Date; readonly at: Date; readonly reason: string },
): Promise<{ memberId: string; personId: string }[]> {
  return tx
    .updateTable('television_presence')
    .set({ struck_at: late.at, struck_reason: late.reason })
    .where('tenant_id', '=', tenantId)
    .where('airing_id', '=', airingId)
    .where('way', '<>', 'added')
    .where('struck_at', 'is', null)
    .where('at', '>', late.since)
    .returning(['member_id as memberId', 'person_id as personId'])
    .execute()
}

export async function setStruck(
  tx: Tx,
  at: { readonly tenantId: string; readonly airingId: string; readonly memberId: string },
  strike: { readonly at: Date; readonly by: string; readonly reason: string },
): Promise<void> {
  await tx
    .updateTable('television_presence')
    .set({ struck_at: strike.at, struck_by: strike.by, struck_reason: strike.reason })
    .where('tenant_id', '=', at.tenantId)
    .where('airing_id', '=', at.airingId)
    .where('member_id', '=', at.memberId)
    .execute()
}
