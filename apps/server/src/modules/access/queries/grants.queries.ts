import type { RoleName } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { containing } from '../../../platform/sql.ts'
import { inReach, inScope } from '../../org/index.ts'

export type NewGrant = {
  tenantId: string
  id: string
  personId: string
  role: RoleName
  orgId: string
  orgPath: string
  reach: 'self' | 'node' | 'subtree'
  memberId: string | null
  from: Date
  until: Date | null
  grantedBy: string | null
  reason: string | null
  at: Date
}

export async function insertGrant(tx: Tx, grant: NewGrant): Promise<void> {
  await tx
    .insertInto('access_grant')
    .values({
      tenant_id: grant.tenantId,
      id: grant.id,
      person_id: grant.personId,
      role: grant.role,
      org_id: grant.orgId,
      org_path: grant.orgPath,
      reach: grant.reach,
      member_id: grant.memberId,
      from_on: grant.from,
      until_on: grant.until,
      granted_by: grant.grantedBy,
      reason: grant.reason,
      created_at: grant.at,
    })
    .execute()
  await tx
    .insertInto('access_person_tenant')
    .values({ person_id: grant.personId, tenant_id: grant.tenantId })
    .onConflict((c) => c.columns(['person_id', 'tenant_id']).doNothing())
    .execute()
}

/** The implicit grant `member` of a member record goes with the member to another branch. */
export async function setMembershipOrg(
  tx: Tx,
  to: { tenantId: string; memberId: string; orgId: string; orgPath: string },
): Promise<void> {
  await tx
    .updateTable('access_grant')
    .set((eb) => ({ org_id: to.orgId, org_path: to.orgPath, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', to.tenantId)
    .where('member_id', '=', to.memberId)
    .where('role', '=', 'member')
    .where('until_on', 'is', null)
    .execute()
}

export async function endMembershipGrant(
  tx: Tx,
  end: { tenantId: string; memberId: string; by: string | null; reason: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('access_grant')
    .set((eb) => ({ until_on: end.at, ended_by: end.by, ended_reason: end.reason, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', end.tenantId)
    .where('member_id', '=', end.memberId)
    .where('role', '=', 'member')
    .where('until_on', 'is', null)
    .execute()
}

/** Tenants in which a person holds or held grants. */
export async function tenantsOf(db: Db, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('access_person_tenant')
    .select('tenant_id')
    .where('person_id', '=', personId)
    .orderBy('tenant_id')
    .execute()
  return rows.map((row) => row.tenant_id)
}

export type Post = {
  grantId: string
  role: RoleName
  orgId: string
  orgName: string
  orgPath: string
  tenantId: string
  reach: 'self' | 'node' | 'subtree'
  memberId: string | null
  until: Date | null
}

/** The person's valid grants of one tenant. The transaction must see the whole tenant, for the names of organisations. */
export async function postsIn(db: Db, tenantId: string, personId: string, now: Date): Promise<Post[]> {
  const rows = await db
    .selectFrom('access_grant as g')
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 'g.tenant_id').onRef('o.id', '=', 'g.org_id'))
    .select([
      'g.id as grantId',
      'g.role',
      'g.org_id as orgId',
      'o.name as orgName',
      'g.org_path as orgPath',
      'g.tenant_id as tenantId',
      'g.reach',
      'g.member_id as memberId',
      'g.until_on as until',
    ])
    .where('g.tenant_id', '=', tenantId)
    .where('o.tenant_id', '=', tenantId)
    .where('g.person_id', '=', personId)
    .where('g.from_on', '<=', now)
    .where((eb) => eb.or([eb('g.until_on', 'is', null), eb('g.until_on', '>', now)]))
    .orderBy('g.created_at')
    .orderBy('g.id')
    .execute()
  return rows as Post[]
}

/** Whether anybody holds the role in the tenant now. */
export async function isRoleHeld(db: Db, tenantId: string, role: RoleName, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('access_grant')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('role', '=', role)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>', now)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function rootOrgOf(db: Db, tenant: { id: string; path: string }): Promise<string> {
  const row = await db
    .selectFrom('org_path')
    .select(sql<string>`id`.as('id'))
    .where('tenant_id', '=', tenant.id)
    .where('path', '=', tenant.path)
    .executeTakeFirstOrThrow()
  return row.id
}

export type Grant = {
  id: string
  personId: string
  name: string
  role: RoleName
  orgId: string
  orgName: string
  orgPath: string
  reach: 'self' | 'node' | 'subtree'
  from: Date
  until: Date | null
  grantedBy: string | null
  reason: string | null
  endedBy: string | null
  endedReason: string | null
  version: number
}

const grantColumns = [
  'g.id',
  'g.person_id as personId',
  'p.name',
  'g.role',
  'g.org_id as orgId',
  'g.org_path as orgPath',
  'g.reach',
  'g.from_on as from',
  'g.until_on as until',
  'g.granted_by as grantedBy',
  'g.reason',
  'g.ended_by as endedBy',
  'g.ended_reason as endedReason',
  'g.version',
] as const

const inView = (db: Db, actor: Actor) =>
  db
    .selectFrom('access_grant as g')
    .innerJoin('access_person as p', 'p.id', 'g.person_id')
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 'g.tenant_id').onRef('o.id', '=', 'g.org_id'))
    .where('g.tenant_id', '=', actor.tenantId)
    .where('o.tenant_id', '=', actor.tenantId)
    .where(inReach('g.org_path', actor))
    .select([...grantColumns, sql<string>`o.name`.as('orgName')])

export type GrantFilter = {
  scope: string | null
  below: boolean
  personId: string | null
  role: RoleName | null
  search: string | null
  ended: boolean
}

/** Grants of the scope. The implicit role `member` is shown for one person only: else it would bury the rest. */
export async function listGrants(
  db: Db,
  actor: Actor,
  filter: GrantFilter,
  keyset: Keyset,
  now: Date,
): Promise<Grant[]> {
  let select = inView(db, actor)
  if (filter.scope !== null && filter.below) select = select.where(inScope('g.org_path', filter.scope))
  else if (filter.scope !== null) select = select.where('g.org_path', '=', filter.scope)
  if (filter.personId !== null) select = select.where('g.person_id', '=', filter.personId)
  else if (filter.role === null) select = select.where('g.role', '<>', 'member')
  if (filter.role !== null) select = select.where('g.role', '=', filter.role)
  if (filter.search !== null) select = select.where('p.name', 'like', containing(filter.search))
  if (!filter.ended) select = select.where((eb) => eb.or([eb('g.until_on', 'is', null), eb('g.until_on', '>', now)]))
  return (await byKeyset(select, keyset, 'g.id').execute()) as Grant[]
}

export async function lockGrant(tx: Tx, actor: Actor, id: string): Promise<Grant | undefined> {
  const locked = await tx
    .selectFrom('access_grant as g')
    .select('g.id')
    .where('g.tenant_id', '=', actor.tenantId)
    .where('g.id', '=', id)
    .where(inReach('g.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
  return locked && ((await inView(tx, actor).where('g.id', '=', id).executeTakeFirst()) as Grant | undefined)
}

export async function setEnd(
  tx: Tx,
  tenantId: string,
  id: string,
  end: { by: string; reason: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('access_grant')
    .set((eb) => ({ until_on: end.at, ended_by: end.by, ended_reason: end.reason, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** Whether the person holds this role at this organisation already, at any time after `now`. */
export async function isHeld(
  tx: Tx,
  tenantId: string,
  grant: { personId: string; role: string; orgId: string },
  now: Date,
): Promise<boolean> {
  const row = await tx
    .selectFrom('access_grant')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', grant.personId)
    .where('role', '=', grant.role)
    .where('org_id', '=', grant.orgId)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>', now)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** How many hold the role in the tenant now, and until when the asking grant runs. */
export async function holdersOf(tx: Tx, tenantId: string, role: RoleName, now: Date): Promise<number> {
  const { n } = await tx
    .selectFrom('access_grant')
    .select((eb) => eb.fn.count<number>('person_id').distinct().as('n'))
    .where('tenant_id', '=', tenantId)
    .where('role', '=', role)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>', now)]))
    .executeTakeFirstOrThrow()
  return n
}

export async function untilOf(tx: Tx, actor: Actor): Promise<Date | null> {
  const row = await tx
    .selectFrom('access_grant')
    .select('until_on')
    .where('tenant_id', '=', actor.tenantId)
    .where('id', '=', actor.grantId)
    .executeTakeFirst()
  return row?.until_on ?? null
}

/** People with a valid grant in the scope, by part of the name. */
export async function findPeople(db: Db, actor: Actor, search: string, now: Date) {
  const rows = await db
    .selectFrom('access_grant as g')
    .innerJoin('access_person as p', 'p.id', 'g.person_id')
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 'g.tenant_id').onRef('o.id', '=', 'g.org_id'))
    .select(['p.id as personId', 'p.name', sql<string>`o.name`.as('orgName')])
    .distinctOn(['p.name', 'p.id'])
    .where('g.tenant_id', '=', actor.tenantId)
    .where('o.tenant_id', '=', actor.tenantId)
    .where(inReach('g.org_path', actor))
    .where('p.name', 'like', containing(search))
    .where((eb) => eb.or([eb('g.until_on', 'is', null), eb('g.until_on', '>', now)]))
    .orderBy('p.name')
    .orderBy('p.id')
    .limit(20)
    .execute()
  return rows
}
