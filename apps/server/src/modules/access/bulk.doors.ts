import type { RoleName } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/ctx.ts'
import { inEachTenant } from '../../platform/each-tenant.ts'
import { newId } from '../../platform/events.ts'
import type { Platform } from '../../platform/platform.ts'
import type { SignInNameKind } from './access.names.ts'

/** Doors for many people at once: the import of a roster, and lists that show names. Rights are the caller's business. */

/** Names of people by id; unknown ids are absent. */
export async function personNamesOf(db: Db, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = [...new Set(ids.filter((id): id is string => id !== null))]
  if (known.length === 0) return new Map()
  const rows = await db.selectFrom('access_person').select(['id', 'name']).where('id', 'in', known).execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Which of these people hold a grant of the tenant at an instant. */
export async function peopleWithGrants(
  db: Db,
  tenantId: string,
  ids: readonly string[],
  now: Date,
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('access_grant as g')
    .select('g.person_id')
    .distinct()
    .where('g.tenant_id', '=', tenantId)
    .where('g.person_id', 'in', [...ids])
    .where((eb) => eb.or([eb('g.until_on', 'is', null), eb('g.until_on', '>', now)]))
    .execute()
  return new Set(rows.map((row) => row.person_id))
}

/** Holds a person's account until the transaction ends: what the person does at the same time stands in line. */
export async function lockPerson(tx: Tx, personId: string): Promise<void> {
  await tx
    .selectFrom('access_account')
    .select('person_id')
    .where('person_id', '=', personId)
    .forUpdate()
    .executeTakeFirst()
}

export type NewcomerAccount = {
  readonly personId: string
  readonly name: string
  /** By blind index (`nameIndexOf`), so that the keyed hashing can be done beforehand. */
  readonly names: readonly { readonly kind: SignInNameKind; readonly index: Buffer }[]
}

/**
 * Opens accounts in state `pending` for people who are new. A sign-in name that somebody else has already (a shared
 * telephone) is left out, since the member number always signs in. Returns how many names were left out.
 */
export async function openAccounts(tx: Tx, accounts: readonly NewcomerAccount[], now: Date): Promise<number> {
  const ids = accounts.map((account) => account.personId)
  await sql`insert into access_person (id, name, created_at)
    select id, name, ${now}::timestamptz from unnest(${ids}::uuid[], ${accounts.map((account) => account.name)}::text[]) as p (id, name)`.execute(
    tx,
  )
  await sql`insert into access_account (person_id, state, created_at)
    select id, 'pending', ${now}::timestamptz from unnest(${ids}::uuid[]) as p (id)`.execute(tx)
  const names = accounts
    .flatMap(({ personId, names: own }) => own.map(({ kind, index }) => ({ personId, kind, index })))
    // One order for all writers, so that two of them never wait for each other.
    .sort((a, b) => Buffer.compare(a.index, b.index))
  const inserted = await sql`insert into access_sign_in_name (name_index, person_id, kind)
    select name_index, person_id, kind from unnest(${names.map((name) => name.index)}::bytea[], ${names.map((name) => name.personId)}::uuid[], ${names.map((name) => name.kind)}::text[])
      as n (name_index, person_id, kind)
    on conflict (name_index) do nothing`.execute(tx)
  return names.length - Number(inserted.numAffectedRows ?? 0)
}

export type NewcomerMembership = {
  readonly personId: string
  readonly memberId: string
  readonly orgId: string
  readonly orgPath: string
}

/** The implicit grant `member` for many people, each with reach `self` at the own branch. */
export async function grantMemberships(
  tx: Tx,
  tenantId: string,
  memberships: readonly NewcomerMembership[],
  now: Date,
): Promise<void> {
  const persons = memberships.map((row) => row.personId)
  const ids = memberships.map(() => newId({ now }))
  await sql`insert into access_grant (tenant_id, id, person_id, role, org_id, org_path, reach, member_id, from_on, created_at)
    select ${tenantId}::uuid, id, person_id, 'member', org_id, org_path, 'self', member_id, ${now}::timestamptz, ${now}::timestamptz
    from unnest(${ids}::uuid[], ${persons}::uuid[], ${memberships.map((row) => row.orgId)}::uuid[], ${memberships.map((row) => row.orgPath)}::text[], ${memberships.map((row) => row.memberId)}::uuid[])
      as g (id, person_id, org_id, org_path, member_id)`.execute(tx)
  await sql`insert into access_person_tenant (person_id, tenant_id)
    select person_id, ${tenantId}::uuid from unnest(${persons}::uuid[]) as p (person_id) on conflict (person_id, tenant_id) do nothing`.execute(
    tx,
  )
}

/** People of a reversed import: their memberships end, and names that nobody activated yet are free again. */
export async function closeAccounts(
  tx: Tx,
  tenantId: string,
  people: readonly { readonly personId: string; readonly memberId: string }[],
  by: string,
  reason: string,
  now: Date,
): Promise<void> {
  const memberIds = people.map((person) => person.memberId)
  await sql`update access_grant set until_on = ${now}::timestamptz, ended_by = ${by}::uuid, ended_reason = ${reason}, version = version + 1
    where tenant_id = ${tenantId}::uuid and member_id = any(${memberIds}::uuid[]) and role = 'member' and until_on is null`.execute(
    tx,
  )
  await sql`delete from access_sign_in_name where person_id in
    (select a.person_id from access_account a where a.person_id = any(${people.map((person) => person.personId)}::uuid[]) and a.state = 'pending')`.execute(
    tx,
  )
}

/** Which of these people have activated their account. */
export async function activatedAmong(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{
    person_id: string
  }>`select person_id from access_account where person_id = any(${ids}::uuid[]) and state <> 'pending'`.execute(db)
  return new Set(rows.map((row) => row.person_id))
}

export type FoundPost = {
  readonly tenantId: string
  readonly grantId: string
  readonly role: RoleName
  readonly orgId: string
  readonly orgPath: string
  readonly reach: 'self' | 'node' | 'subtree'
}

/** Grants of a person that hold now, in every tenant: for commands, which act as somebody without a session. */
export async function postsOf(platform: Platform, personId: string, now: Date): Promise<FoundPost[]> {
  const found = await inEachTenant({ platform }, async (tx, { id: tenantId }) => {
    const rows = await tx
      .selectFrom('access_grant as g')
      .select(['g.id as grantId', 'g.role', 'g.org_id as orgId', 'g.org_path as orgPath', 'g.reach'])
      .where('g.tenant_id', '=', tenantId)
      .where('g.person_id', '=', personId)
      .where('g.from_on', '<=', now)
      .where((eb) => eb.or([eb('g.until_on', 'is', null), eb('g.until_on', '>', now)]))
      .orderBy('g.created_at')
      .execute()
    return rows.map((row) => ({ ...row, tenantId }) as FoundPost)
  })
  return found.flat()
}

/** Which of these people were given a post beyond their own membership. */
export async function postedAmong(db: Db, tenantId: string, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ person_id: string }>`select distinct g.person_id from access_grant g
    where g.tenant_id = ${tenantId}::uuid and g.person_id = any(${ids}::uuid[]) and g.role <> 'member'`.execute(db)
  return new Set(rows.map((row) => row.person_id))
}
