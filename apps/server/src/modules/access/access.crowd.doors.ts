import { CompiledQuery } from 'kysely'
import type { BatchRows, Statement } from '../../platform/batch.ts'
import type { Db, Tx } from '../../platform/ctx.ts'
import { type Pool, runBatch } from '../../platform/db.ts'

/** Sessions of many people at once, for writes that are grouped. Keys are token hashes as hex. */

export type SessionHint = { readonly hash: string; readonly tenantId: string; readonly personId: string }

/** Whose session each is and in which tenant it acts: only a hint of what to look for, nobody is proved by it. */
export async function hintsOfSessions(pool: Pool, hashes: readonly Buffer[]): Promise<Map<string, SessionHint>> {
  const hinting = {
    name: 'hinting_sessions',
    text: `select encode(token_hash, 'hex') as hash, tenant_id as "tenantId", person_id as "personId" from access_session
      where token_hash = any($1) and tenant_id is not null`,
    values: [hashes],
  }
  const [rows] = await runBatch(pool, [hinting])
  return new Map(((rows?.rows ?? []) as SessionHint[]).map((row) => [row.hash, row]))
}

/**
 * The persons behind those sessions of the tenant that are alive now, under a grant that still holds: the same proof
 * as for a single request. Belongs into the transaction of what they do, opened with the scope of the tenant.
 */
export function provingSessions(tenantId: string, hashes: readonly Buffer[], now: Date): Statement {
  return {
    name: 'proving_sessions',
    text: `select encode(s.token_hash, 'hex') as hash, s.person_id as person
      from access_session s
      join access_account a on a.person_id = s.person_id and a.state = 'active'
      join access_grant g on g.tenant_id = $1 and g.id = s.grant_id and g.person_id = s.person_id
      where s.tenant_id = $1 and s.token_hash = any($2) and not s.waits_for_factor
        and s.expires_at > $3 and s.last_seen_at > $3::timestamptz - make_interval(mins => s.idle_minutes)
        and g.from_on <= $3 and (g.until_on is null or g.until_on > $3)`,
    values: [tenantId, hashes, now],
  }
}

/** The rows of `provingSessions`: person by token hash. */
export function provedPersons(rows: BatchRows | undefined): Map<string, string> {
  return new Map((rows?.rows ?? []).map((row) => [String(row.hash), String(row.person)]))
}

/** `provingSessions` in a transaction of which it is no batch: person by token hash. */
export async function provePersons(
  tx: Tx,
  tenantId: string,
  hashes: readonly Buffer[],
  now: Date,
): Promise<Map<string, string>> {
  const { text, values } = provingSessions(tenantId, hashes, now)
  const { rows } = await tx.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, [...values]))
  return provedPersons({ rows, rowCount: rows.length, command: 'SELECT' })
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
