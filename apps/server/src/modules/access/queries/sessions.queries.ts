import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

export type OwnSession = {
  hash: Buffer
  personId: string
  name: string
  tenantId: string | null
  grantId: string | null
  secondFactorAt: Date | null
  waitsForFactor: boolean
  lastSeenAt: Date
}

/** The live session of a token, of an active account; also without a post, and while it waits for the second factor. */
export async function findSession(db: Db, hash: Buffer, now: Date): Promise<OwnSession | undefined> {
  const row = await db
    .selectFrom('access_session as s')
    .innerJoin('access_account as a', 'a.person_id', 's.person_id')
    .innerJoin('access_person as p', 'p.id', 's.person_id')
    .select([
      's.token_hash as hash',
      's.person_id as personId',
      'p.name',
      's.tenant_id as tenantId',
      's.grant_id as grantId',
      's.second_factor_at as secondFactorAt',
      's.waits_for_factor as waitsForFactor',
      's.last_seen_at as lastSeenAt',
    ])
    .where('s.token_hash', '=', hash)
    .where('a.state', '=', 'active')
    .where('s.expires_at', '>', now)
    .where(sql<boolean>`s.last_seen_at > ${now}::timestamptz - make_interval(mins => s.idle_minutes)`)
    .executeTakeFirst()
  return row as OwnSession | undefined
}

export async function touchSession(db: Db, hash: Buffer, now: Date): Promise<void> {
  await db
    .updateTable('access_session')
    .set({ last_seen_at: now })
    .where('token_hash', '=', hash)
    .where('last_seen_at', '<', now)
    .execute()
}

export type NewSession = {
  hash: Buffer
  personId: string
  tenantId: string | null
  grantId: string | null
  secondFactorAt: Date | null
  waitsForFactor: boolean
  device: string
  idleMinutes: number
  at: Date
  expiresAt: Date
}

/** Opens a session and ends the least used ones beyond `most`. */
export async function insertSession(tx: Tx, session: NewSession, most: number): Promise<void> {
  await tx
    .insertInto('access_session')
    .values({
      token_hash: session.hash,
      person_id: session.personId,
      tenant_id: session.tenantId,
      grant_id: session.grantId,
      second_factor_at: session.secondFactorAt,
      waits_for_factor: session.waitsForFactor,
      device: session.device,
      idle_minutes: session.idleMinutes,
      created_at: session.at,
      last_seen_at: session.at,
      expires_at: session.expiresAt,
    })
    .execute()
  await sql`delete from access_session where person_id = ${session.personId} and token_hash not in (
    select token_hash from access_session where person_id = ${session.personId}
    order by (token_hash = ${session.hash}) desc, last_seen_at desc limit ${most}::int)`.execute(tx)
}

export type Renewal = {
  tenantId?: string
  grantId?: string
  idleMinutes?: number
  secondFactorAt?: Date
  waitsForFactor?: false
  passwordAt?: Date
}

/** A new token for the same session; its absolute end stays. False when it has ended meanwhile. */
export async function renewSession(tx: Tx, old: Buffer, fresh: Buffer, renewal: Renewal): Promise<boolean> {
  const row = await tx
    .updateTable('access_session')
    .set({
      token_hash: fresh,
      ...(renewal.tenantId === undefined ? {} : { tenant_id: renewal.tenantId }),
      ...(renewal.grantId === undefined ? {} : { grant_id: renewal.grantId }),
      ...(renewal.idleMinutes === undefined ? {} : { idle_minutes: renewal.idleMinutes }),
      ...(renewal.secondFactorAt === undefined ? {} : { second_factor_at: renewal.secondFactorAt }),
      ...(renewal.waitsForFactor === undefined ? {} : { waits_for_factor: false }),
      ...(renewal.passwordAt === undefined ? {} : { password_at: renewal.passwordAt }),
    })
    .where('token_hash', '=', old)
    .returning('person_id')
    .executeTakeFirst()
  return row !== undefined
}

/** When this session was last shown to be its owner's: signed in, password or second factor shown again. */
export async function provedAt(db: Db, hash: Buffer): Promise<Date | null> {
  const { rows } = await sql<{ at: Date }>`select greatest(s.created_at, s.password_at, s.second_factor_at) as at
    from access_session s where s.token_hash = ${hash}`.execute(db)
  return rows[0]?.at ?? null
}

export async function deleteSession(tx: Tx, hash: Buffer): Promise<void> {
  await tx.deleteFrom('access_session').where('token_hash', '=', hash).execute()
}

/** Ends all sessions of a person but one; returns how many. */
export async function deleteSessions(tx: Tx, personId: string, but: Buffer | null): Promise<number> {
  let remove = tx.deleteFrom('access_session').where('person_id', '=', personId)
  if (but) remove = remove.where('token_hash', '<>', but)
  const { numDeletedRows } = await remove.executeTakeFirst()
  return Number(numDeletedRows)
}

export async function sessionsOf(db: Db, personId: string, now: Date) {
  return db
    .selectFrom('access_session')
    .select([
      'token_hash as hash',
      'device',
      'created_at as createdAt',
      'last_seen_at as lastSeenAt',
      'second_factor_at as secondFactorAt',
    ])
    .where('person_id', '=', personId)
    .where('expires_at', '>', now)
    .where(sql<boolean>`last_seen_at > ${now}::timestamptz - make_interval(mins => idle_minutes)`)
    .orderBy('last_seen_at', 'desc')
    .execute()
}

/** Gives the sessions of a person without a post their first one. */
export async function setFirstPost(
  tx: Tx,
  personId: string,
  post: { tenantId: string; grantId: string },
): Promise<void> {
  await tx
    .updateTable('access_session')
    .set({ tenant_id: post.tenantId, grant_id: post.grantId })
    .where('person_id', '=', personId)
    .where('tenant_id', 'is', null)
    .execute()
}
