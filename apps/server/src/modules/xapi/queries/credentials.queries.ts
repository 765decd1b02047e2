import type { XapiRight } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type Credential = {
  readonly id: string
  readonly name: string
  readonly purpose: string
  readonly orgId: string
  readonly orgName: string
  readonly orgPath: string
  readonly scopes: string[]
  readonly mostPerMinute: number
  readonly createdBy: string
  readonly createdAt: Date
  readonly untilOn: string | null
  readonly lastUsedAt: Date | null
  readonly endedAt: Date | null
  readonly endReason: string | null
}

const credentials = (db: Db, actor: Actor) =>
  db
    .selectFrom('xapi_credential as c')
    .innerJoin('org_path as o', (join) => join.on('o.tenant_id', '=', actor.tenantId).onRef('o.id', '=', 'c.org_id'))
    .select([
      'c.id',
      'c.name',
      'c.purpose',
      'c.org_id as orgId',
      sql<string>`coalesce(o.name, '')`.as('orgName'),
      'c.org_path as orgPath',
      'c.scopes',
      'c.most_per_minute as mostPerMinute',
      'c.created_by as createdBy',
      'c.created_at as createdAt',
      sql<string>`to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('createdText'),
      'c.until_on as untilOn',
      'c.last_used_at as lastUsedAt',
      'c.ended_at as endedAt',
      'c.end_reason as endReason',
    ])
    .where('c.tenant_id', '=', actor.tenantId)
    .where(inReach('c.org_path', actor))

export type CredentialFilter = {
  readonly isEnded: boolean | null
  readonly text: string | null
  readonly today: string
}

export async function listCredentials(
  db: Db,
  actor: Actor,
  { isEnded, text, today }: CredentialFilter,
  keyset: Keyset,
) {
  let select = credentials(db, actor)
  const over = sql<boolean>`(c.ended_at is not null or coalesce(c.until_on < ${today}::date, false))`
  if (isEnded !== null) select = select.where(isEnded ? over : sql<boolean>`not ${over}`)
  if (text !== null) select = select.where('c.name', 'ilike', containing(text))
  return byKeyset(select, keyset, 'c.id').execute()
}

export const findCredential = (db: Db, actor: Actor, id: string): Promise<Credential | undefined> =>
  credentials(db, actor).where('c.id', '=', id).executeTakeFirst()

export type NewCredential = {
  readonly id: string
  readonly orgId: string
  readonly orgPath: string
  readonly name: string
  readonly purpose: string
  readonly rights: readonly XapiRight[]
  readonly secretHash: Buffer
  readonly mostPerMinute: number
  readonly untilOn: string | null
}

export async function insertCredential(tx: Tx, actor: Actor, now: Date, row: NewCredential): Promise<void> {
  await tx
    .insertInto('xapi_credential')
    .values({
      tenant_id: actor.tenantId,
      id: row.id,
      org_id: row.orgId,
      org_path: row.orgPath,
      name: row.name,
      purpose: row.purpose,
      scopes: [...row.rights],
      secret_hash: row.secretHash,
      most_per_minute: row.mostPerMinute,
      until_on: row.untilOn,
      created_by: actor.personId,
      created_at: now,
    })
    .execute()
}

/** Ends a key; false when somebody else did. */
export async function endCredential(tx: Tx, actor: Actor, now: Date, id: string, reason: string): Promise<boolean> {
  const done = await tx
    .updateTable('xapi_credential')
    .set({ ended_at: now, ended_by: actor.personId, end_reason: reason })
    .where('tenant_id', '=', actor.tenantId)
    .where('id', '=', id)
    .where(inReach('org_path', actor))
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Names of keys by id, for saying who told a statement. */
export async function namesOf(db: Db, tenantId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('xapi_credential')
    .select(['id', 'name'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export async function setLastUsed(db: Db, tenantId: string, id: string, now: Date): Promise<void> {
  await db
    .updateTable('xapi_credential')
    .set({ last_used_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export type NewLaunch = {
  readonly id: string
  readonly orgPath: string
  readonly memberId: string
  readonly registration: string
  readonly secretHash: Buffer
  readonly expiresAt: Date
}

export async function insertLaunch(tx: Tx, tenantId: string, now: Date, row: NewLaunch): Promise<void> {
  await tx
    .insertInto('xapi_launch')
    .values({
      tenant_id: tenantId,
      id: row.id,
      org_path: row.orgPath,
      member_id: row.memberId,
      registration: row.registration,
      secret_hash: row.secretHash,
      created_at: now,
      expires_at: row.expiresAt,
    })
    .execute()
}

/** Ends the key of one session. */
export async function endLaunch(tx: Tx, tenantId: string, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('xapi_launch')
    .set({ ended_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}

/** A launch that may still be fetched, locked. */
export async function lockLaunch(tx: Tx, tenantId: string, id: string) {
  return tx
    .selectFrom('xapi_launch')
    .select(['secret_hash as secretHash', 'fetched_at as fetchedAt', 'ended_at as endedAt', 'expires_at as expiresAt'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** From now on the key of a launch is another one, which nobody fetches again. */
export async function setFetched(tx: Tx, tenantId: string, id: string, secretHash: Buffer, now: Date): Promise<void> {
  await tx
    .updateTable('xapi_launch')
    .set({ secret_hash: secretHash, fetched_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** Launches that ended long ago: their statements stay, the keys open nothing any more and are not counted. */
export async function removeOldLaunches(tx: Tx, tenantId: string, before: Date): Promise<void> {
  await sql`delete from xapi_usage u using xapi_launch l where u.tenant_id = ${tenantId} and l.tenant_id = ${tenantId}
    and l.id = u.credential_id and l.expires_at < ${before}`.execute(tx)
  await tx.deleteFrom('xapi_launch').where('tenant_id', '=', tenantId).where('expires_at', '<', before).execute()
}
