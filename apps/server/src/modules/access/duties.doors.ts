import { type Permission, ROLE_NAMES, ROLES, type RoleName } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db } from '../../platform/ctx.ts'

/** Who answers for what at an organisation, by the posts held now. Members' own grants answer for nobody else. */

const permissionsOf = (role: RoleName): readonly Permission[] => ROLES[role].permissions
const rolesWith = (permission: Permission): RoleName[] =>
  ROLE_NAMES.filter((role) => permissionsOf(role).includes(permission))

type Duty = { readonly orgPath: string; readonly permission: Permission }
type GrantRow = { personId: string; role: RoleName; orgPath: string; reach: string }

/** `r00.001.002` and everything above it, the unit itself first. */
const upwards = (path: string): string[] =>
  path
    .split('.')
    .map((_, at, labels) => labels.slice(0, at + 1).join('.'))
    .reverse()

/**
 * For each duty, keyed `orgPath permission`, the people who hold the permission at the unit, or else at the nearest
 * organisation above it from which their grant reaches down. Duties that nobody holds are absent.
 */
export async function holdersOfDuties(
  db: Db,
  tenantId: string,
  duties: readonly Duty[],
  now: Date,
): Promise<Map<string, { personId: string }[]>> {
  const roles = new Set(duties.flatMap(({ permission }) => rolesWith(permission)))
  const paths = new Set(duties.flatMap(({ orgPath }) => upwards(orgPath)))
  const byPath = new Map<string, GrantRow[]>()
  for (const grant of await grantsAt(db, tenantId, [...paths], [...roles], now))
    byPath.set(grant.orgPath, [...(byPath.get(grant.orgPath) ?? []), grant])
  const held = new Map<string, { personId: string }[]>()
  for (const { orgPath, permission } of duties) {
    for (const path of upwards(orgPath)) {
      const people = (byPath.get(path) ?? []).filter(
        ({ role, reach }) => permissionsOf(role).includes(permission) && (path === orgPath || reach === 'subtree'),
      )
      if (people.length === 0) continue
      held.set(
        `${orgPath} ${permission}`,
        [...new Set(people.map((one) => one.personId))].map((personId) => ({ personId })),
      )
      break
    }
  }
  return held
}

async function grantsAt(
  db: Db,
  tenantId: string,
  paths: readonly string[],
  roles: readonly string[],
  now: Date,
): Promise<GrantRow[]> {
  if (paths.length === 0 || roles.length === 0) return []
  const { rows } = await sql<GrantRow>`select g.person_id as "personId", g.role, g.org_path as "orgPath", g.reach
    from access_grant g
    where g.tenant_id = ${tenantId}::uuid and g.org_path = any(${[...paths]}::text[]) and g.role = any(${[...roles]}::text[])
      and g.reach <> 'self' and g.from_on <= ${now} and (g.until_on is null or g.until_on > ${now})
    order by g.created_at, g.id`.execute(db)
  return rows
}

/** Everybody who holds a post at a unit, or above it with a reach down to it, with what the post allows. */
export async function postsReaching(
  db: Db,
  tenantId: string,
  orgPath: string,
  now: Date,
): Promise<{ personId: string; role: RoleName; orgPath: string; permissions: readonly Permission[] }[]> {
  const grants = await grantsAt(
    db,
    tenantId,
    upwards(orgPath),
    ROLE_NAMES.filter((role) => role !== 'member'),
    now,
  )
  return grants
    .filter((grant) => grant.orgPath === orgPath || grant.reach === 'subtree')
    .map(({ personId, role, orgPath: path }) => ({ personId, role, orgPath: path, permissions: permissionsOf(role) }))
}

/** The organisations at which a person holds posts now, with the permissions there. */
export async function dutiesOfPerson(
  db: Db,
  tenantId: string,
  personId: string,
  now: Date,
): Promise<{ orgPath: string; permissions: Permission[] }[]> {
  const { rows } = await sql<{
    role: RoleName
    orgPath: string
  }>`select g.role, g.org_path as "orgPath" from access_grant g
    where g.tenant_id = ${tenantId}::uuid and g.person_id = ${personId}::uuid and g.reach <> 'self'
      and g.from_on <= ${now} and (g.until_on is null or g.until_on > ${now})`.execute(db)
  const posts = new Map<string, Set<Permission>>()
  for (const { role, orgPath } of rows)
    posts.set(orgPath, new Set([...(posts.get(orgPath) ?? []), ...permissionsOf(role)]))
  return [...posts].map(([orgPath, permissions]) => ({ orgPath, permissions: [...permissions] }))
}
