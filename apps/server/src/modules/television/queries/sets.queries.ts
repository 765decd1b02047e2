import type { SetState } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type TvSet = {
  id: string
  unitId: string
  orgPath: string
  unitName: string
  name: string
  place: string | null
  secretHash: Buffer
  pairedName: string
  pairedAt: Date
  lastSeenAt: Date | null
  /** What it tells for the first time has begun after this. */
  toldUntil: Date | null
  /** The meeting whose check-in code it was told to show, until its code closes. */
  meetingId: string | null
  meetingTitle: string | null
  meetingUntil: Date | null
  endedAt: Date | null
  endReason: string | null
  version: number
}

const sets = (db: Db, tenantId: string) =>
  db
    .selectFrom('television_set as s')
    .select([
      's.id',
      's.unit_id as unitId',
      's.org_path as orgPath',
      's.unit_name as unitName',
      's.name',
      's.place',
      's.secret_hash as secretHash',
      's.paired_name as pairedName',
      's.paired_at as pairedAt',
      's.last_seen_at as lastSeenAt',
      's.told_until as toldUntil',
      's.meeting_id as meetingId',
      's.meeting_title as meetingTitle',
      's.meeting_until as meetingUntil',
      's.ended_at as endedAt',
      's.end_reason as endReason',
      's.version',
    ])
    .where('s.tenant_id', '=', tenantId)

export type SetFilter = {
  readonly state: SetState | null
  readonly path: string | null
  readonly text: string | null
  /** Heard since then: switched on. */
  readonly onlineSince: Date
}
export type ListedSet = TvSet & { playing: string | null }
export async function listSets(db: Db, actor: Actor, filter: SetFilter, keyset: Keyset): Promise<ListedSet[]> {
  const { tenantId } = actor
  let select = sets(db, tenantId)
    .select(
      sql<string | null>`(select a.title from television_airing a where a.tenant_id = ${tenantId}
        and a.set_id = s.id and a.state = 'playing' order by a.began_at desc limit 1)`.as('playing'),
    )
    .where(inReach('s.org_path', actor))
  if (filter.state === 'ended') select = select.where('s.ended_at', 'is not', null)
  else select = select.where('s.ended_at', 'is', null)
  if (filter.state === 'online') select = select.where('s.last_seen_at', '>', filter.onlineSince)
  if (filter.state === 'offline')
    select = select.where((eb) =>
      eb.or([eb('s.last_seen_at', 'is', null), eb('s.last_seen_at', '<=', filter.onlineSince)]),
    )
  if (filter.path !== null) select = select.where(inScope('s.org_path', filter.path))
  if (filter.text !== null) select = select.where('s.name', 'like', containing(filter.text))
  return byKeyset(select, keyset, 's.id').execute()
}

export async function lockSet(tx: Tx, actor: Actor, id: string): Promise<TvSet | undefined> {
  return sets(tx, actor.tenantId)
    .where('s.id', '=', id)
    .where(inReach('s.org_path', actor))
    .forUpdate('s')
    .executeTakeFirst()
}

/** Sets in use by id, whoever asks: their secrets are proved next. */
export async function setsById(db: Db, tenantId: string, ids: readonly string[]): Promise<TvSet[]> {
  return sets(db, tenantId)
    .where('s.id', 'in', [...ids])
    .where('s.ended_at', 'is', null)
    .execute()
}

/** Sets that were heard at an instant, each with the instant up to which it has told everything; never put back. */
export async function setSeen(
  tx: Tx,
  tenantId: string,
  heard: readonly { readonly id: string; readonly toldUntil: Date }[],
  at: Date,
): Promise<void> {
  const ids = heard.map(({ id }) => id)
  const told = heard.map(({ toldUntil }) => toldUntil.toISOString())
  await sql`update television_set s set last_seen_at = ${at}, told_until = greatest(s.told_until, t.told)
    from unnest(${ids}::uuid[], ${told}::timestamptz[]) t (id, told)
    where s.tenant_id = ${tenantId} and s.id = t.id`.execute(tx)
}

export type ShownMeeting = { readonly id: string; readonly title: string; readonly until: Date; readonly by: string }
/** Puts the check-in code of a meeting on a set, or takes it off. */
export async function setMeeting(tx: Tx, tenantId: string, id: string, meeting: ShownMeeting | null): Promise<void> {
  await tx
    .updateTable('television_set')
    .set({
      meeting_id: meeting?.id ?? null,
      meeting_title: meeting?.title ?? null,
      meeting_until: meeting?.until ?? null,
      meeting_by: meeting?.by ?? null,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** Sets in use that the post may show a meeting on: those switched on first, then by name. */
export async function setsForMeeting(
  db: Db,
  actor: Actor,
  asked: { readonly text: string | null; readonly onlineSince: Date; readonly most: number },
): Promise<TvSet[]> {
  let select = sets(db, actor.tenantId).where(inReach('s.org_path', actor)).where('s.ended_at', 'is', null)
  if (asked.text !== null) select = select.where('s.name', 'like', containing(asked.text))
  return select
    .orderBy(sql`(s.last_seen_at > ${asked.onlineSince}) desc nulls last`)
    .orderBy('s.name')
    .orderBy('s.id')
    .limit(asked.most)
    .execute()
}

export type NewSet = Pick<TvSet, 'id' | 'unitId' | 'orgPath' | 'unitName' | 'name' | 'place' | 'secretHash'>
export async function insertSet(
  tx: Tx,
  by: { readonly tenantId: string; readonly personId: string; readonly personName: string },
  row: NewSet,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('television_set')
    .values({
      tenant_id: by.tenantId,
      id: row.id,
      unit_id: row.unitId,
      org_path: row.orgPath,
      unit_name: row.unitName,
      name: row.name,
      place: row.place,
      secret_hash: row.secretHash,
      paired_by: by.personId,
      paired_name: by.personName,
      paired_at: at,
    })
    .execute()
}

/** The new version. */
export async function setSet(
  tx: Tx,
  tenantId: string,
  id: string,
  change: { name?: string; place?: string | null; ended_at?: Date; end_reason?: string },
): Promise<number> {
  const { version } = await tx
    .updateTable('television_set')
    .set({ ...change, version: sql`version + 1` })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

/** Codes on screens: of no tenant until somebody has typed them. */
export type Pairing = { id: string; tokenHash: Buffer; pairedTenant: string | null; pairedSet: string | null }

export async function insertPairing(
  db: Db,
  row: { readonly id: string; readonly code: string; readonly tokenHash: Buffer; readonly expiresAt: Date },
  now: Date,
): Promise<boolean> {
  await db.deleteFrom('television_pairing').where('expires_at', '<', now).execute()
  const made = await db
    .insertInto('television_pairing')
    .values({ id: row.id, code: row.code, token_hash: row.tokenHash, expires_at: row.expiresAt })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .returning('id')
    .execute()
  return made.length > 0
}

const pairings = (db: Db, now: Date) =>
  db
    .selectFrom('television_pairing as w')
    .select(['w.id', 'w.token_hash as tokenHash', 'w.paired_tenant as pairedTenant', 'w.paired_set as pairedSet'])
    .where('w.expires_at', '>', now)

export async function findPairing(db: Db, id: string, now: Date): Promise<Pairing | undefined> {
  return pairings(db, now).where('w.id', '=', id).executeTakeFirst()
}

/** Locks the code that a screen shows and nobody has typed yet. */
export async function lockPairing(tx: Tx, code: string, now: Date): Promise<Pairing | undefined> {
  return pairings(tx, now)
    .where('w.code', '=', code)
    .where('w.paired_set', 'is', null)
    .forUpdate('w')
    .executeTakeFirst()
}

export async function setPaired(tx: Tx, id: string, set: { tenantId: string; id: string }): Promise<void> {
  await tx
    .updateTable('television_pairing')
    .set({ paired_tenant: set.tenantId, paired_set: set.id })
    .where('id', '=', id)
    .execute()
}
