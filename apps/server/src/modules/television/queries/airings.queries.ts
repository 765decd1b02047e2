import type { AiringState } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope, pathsAlong } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type Airing = {
  id: string
  setId: string
  unitId: string
  orgPath: string
  unitName: string
  setName: string
  place: string | null
  channelName: string
  programmeId: string
  title: string
  seconds: number
  state: AiringState
  beganAt: Date
  endedAt: Date | null
  lastSeenAt: Date
  isWhole: boolean
  /** When the set told of it for the first time. */
  toldAt: Date | null
}

const airings = (db: Db, tenantId: string) =>
  db
    .selectFrom('television_airing as a')
    .select([
      'a.id',
      'a.set_id as setId',
      'a.unit_id as unitId',
      'a.org_path as orgPath',
      'a.unit_name as unitName',
      'a.set_name as setName',
      'a.place',
      'a.channel_name as channelName',
      'a.programme_id as programmeId',
      'a.title',
      'a.seconds',
      sql<AiringState>`a.state`.as('state'),
      'a.began_at as beganAt',
      'a.ended_at as endedAt',
      'a.last_seen_at as lastSeenAt',
      'a.is_whole as isWhole',
      'a.told_at as toldAt',
    ])
    .where('a.tenant_id', '=', tenantId)

const presentCount = (tenantId: string) =>
  sql<number>`(select count(*)::int from television_presence p
    where p.tenant_id = ${tenantId} and p.airing_id = a.id and p.struck_at is null)`

export type AiringFilter = {
  readonly path: string | null
  readonly setId: string | null
  readonly state: AiringState | null
  readonly from: Date | null
  readonly until: Date | null
  readonly text: string | null
}
export type ListedAiring = Airing & { present: number }
export async function listAirings(db: Db, actor: Actor, filter: AiringFilter, keyset: Keyset): Promise<ListedAiring[]> {
  let select = airings(db, actor.tenantId)
    .select(presentCount(actor.tenantId).as('present'))
    .where(inReach('a.org_path', actor))
  if (filter.path !== null) select = select.where(inScope('a.org_path', filter.path))
  if (filter.setId !== null) select = select.where('a.set_id', '=', filter.setId)
  if (filter.state !== null) select = select.where('a.state', '=', filter.state)
  if (filter.from !== null) select = select.where('a.began_at', '>=', filter.from)
  if (filter.until !== null) select = select.where('a.began_at', '<', filter.until)
  if (filter.text !== null) select = select.where('a.title', 'like', containing(filter.text))
  return byKeyset(select, keyset, 'a.id').execute()
}

export async function findAiring(db: Db, actor: Actor, id: string): Promise<ListedAiring | undefined> {
  return airings(db, actor.tenantId)
    .select(presentCount(actor.tenantId).as('present'))
    .where('a.id', '=', id)
    .where(inReach('a.org_path', actor))
    .executeTakeFirst()
}

export async function lockAiring(tx: Tx, actor: Actor, id: string): Promise<Airing | undefined> {
  return airings(tx, actor.tenantId)
    .where('a.id', '=', id)
    .where(inReach('a.org_path', actor))
    .forUpdate('a')
    .executeTakeFirst()
}

/** Holds an airing of a room that somebody may enter, so that it does not end between the look and the writing. */
export async function holdAiring(tx: Tx, tenantId: string, id: string): Promise<Airing | undefined> {
  return airings(tx, tenantId).where('a.id', '=', id).forShare('a').executeTakeFirst()
}

/** Airings of sets that were just proved, locked in one order. */
export async function lockAirings(tx: Tx, tenantId: string, ids: readonly string[]): Promise<Airing[]> {
  if (ids.length === 0) return []
  return airings(tx, tenantId)
    .where('a.id', 'in', [...ids])
    .orderBy('a.id')
    .forUpdate('a')
    .execute()
}

/** What the sets still play as far as is known, newest first. */
export async function lockPlaying(tx: Tx, tenantId: string, setIds: readonly string[]): Promise<Airing[]> {
  return airings(tx, tenantId)
    .where('a.set_id', 'in', [...setIds])
    .where('a.state', '=', 'playing')
    .orderBy('a.began_at', 'desc')
    .forUpdate('a')
    .execute()
}

/** Airings whose set has said nothing since then. */
export async function silentSince(tx: Tx, tenantId: string, since: Date, most: number): Promise<Airing[]> {
  return airings(tx, tenantId)
    .where('a.state', '=', 'playing')
    .where('a.last_seen_at', '<', since)
    .orderBy('a.id')
    .limit(most)
    .forUpdate('a')
    .execute()
}

export type NewAiring = Airing & { channelId: string; slotId: string | null }
export async function insertAiring(tx: Tx, tenantId: string, row: NewAiring): Promise<void> {
  await tx
    .insertInto('television_airing')
    .values({
      tenant_id: tenantId,
      id: row.id,
      set_id: row.setId,
      unit_id: row.unitId,
      org_path: row.orgPath,
      unit_name: row.unitName,
      set_name: row.setName,
      place: row.place,
      channel_id: row.channelId,
      channel_name: row.channelName,
      programme_id: row.programmeId,
      slot_id: row.slotId,
      title: row.title,
      seconds: row.seconds,
      state: row.state,
      began_at: row.beganAt,
      ended_at: row.endedAt,
      last_seen_at: row.lastSeenAt,
      is_whole: row.isWhole,
      told_at: row.toldAt,
    })
    .execute()
}

export async function setAiring(
  tx: Tx,
  tenantId: string,
  id: string,
  change: { state: AiringState; ended_at: Date; is_whole?: boolean },
): Promise<void> {
  await tx.updateTable('television_airing').set(change).where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

export async function setAiringsSeen(tx: Tx, tenantId: string, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await sql`update television_airing a set last_seen_at = ${at}
    where a.tenant_id = ${tenantId} and a.id = any(${[...ids]}::uuid[])`.execute(tx)
}

/** Rooms along a path in which something plays now, and whether the person is in them. */
export async function roomsAlong(
  db: Db,
  who: { readonly tenantId: string; readonly personId: string; readonly orgPath: string },
  since: Date,
) {
  const { tenantId, personId } = who
  return airings(db, tenantId)
    .select(
      sql<boolean>`exists (select from television_presence p where p.tenant_id = ${tenantId} and p.airing_id = a.id
        and p.person_id = ${personId} and p.struck_at is null)`.as('isPresent'),
    )
    .where('a.org_path', 'in', pathsAlong(who.orgPath))
    .where('a.state', '=', 'playing')
    .where('a.last_seen_at', '>', since)
    .orderBy('a.org_path', 'desc')
    .orderBy('a.began_at')
    .limit(50)
    .execute()
}
