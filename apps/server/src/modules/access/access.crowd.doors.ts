import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/ctx.ts'

/** Sessions of many people at once, for writes that are grouped. Keys are token hashes as hex. */

/** Which tenant each session acts in: only a hint of where to write, nobody is proved by it. */
export async function tenantsOfSessions(db: Db, hashes: readonly Buffer[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ hash: string; tenant: string }>`
    select encode(token_hash, 'hex') as hash, tenant_id as tenant from access_session
    where token_hash = any(${hashes}) and tenant_id is not null`.execute(db)
  return new Map(rows.map((row) => [row.hash, row.tenant]))
}

/**
 * The persons behind those sessions of the tenant that are alive now, under a grant that still holds: the same proof
 * as for a single request. Runs inside the transaction of what they do, opened with the scope of the tenant.
 */
export async function proveSessions(
  tx: Tx,
  tenantId: string,
  hashes: readonly Buffer[],
  now: Date,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ hash: string; person: string }>`
    select encode(s.token_hash, 'hex') as hash, s.person_id as person
    from access_session s
    join access_account a on a.person_id = s.person_id and a.state = 'active'
    join access_grant g on g.tenant_id = ${tenantId} and g.id = s.grant_id and g.person_id = s.person_id
    where s.token_hash = any(${hashes}) and s.tenant_id = ${tenantId} and not s.waits_for_factor
      and s.expires_at > ${now} and s.last_seen_at > ${now}::timestamptz - make_interval(mins => s.idle_minutes)
      and g.from_on <= ${now} and (g.until_on is null or g.until_on > ${now})`.execute(tx)
  return new Map(rows.map((row) => [row.hash, row.person]))
}

export type Post = {
  readonly personId: string
  readonly name: string
  readonly orgId: string
  readonly orgPath: string
}

/** Who holds one of the roles now at exactly one of these organisations, given by path: the people to tell about it. */
export async function holdersOf(
  db: Db,
  tenantId: string,
  orgPaths: readonly string[],
  roles: readonly string[],
  now: Date,
): Promise<Post[]> {
  return db
    .selectFrom('access_grant as g')
    .innerJoin('access_person as p', 'p.id', 'g.person_id')
    .select(['g.person_id as personId', 'p.name', 'g.org_id as orgId', 'g.org_path as orgPath'])
    .where('g.tenant_id', '=', tenantId)
    .where('g.org_path', 'in', [...orgPaths])
    .where('g.role', 'in', [...roles])
    .where('g.from_on', '<=', now)
    .where((eb) => eb.or([eb('g.until_on', 'is', null), eb('g.until_on', '>', now)]))
    .distinctOn('g.person_id')
    .execute()
}

/** Names of persons, for showing who sent something. */
export async function namesOfPersons(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('access_person')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}
