import type { Db } from './db.ts'

export type Tenant = { readonly id: string; readonly path: string; readonly name: string }

/** All tenants of the installation, oldest first: a slim reference table. */
export async function tenants(db: Db): Promise<Tenant[]> {
  return db.selectFrom('platform_tenant').select(['id', 'path', 'name']).orderBy('created_at').orderBy('id').execute()
}

export async function tenantOf(db: Db, id: string): Promise<Tenant> {
  return db.selectFrom('platform_tenant').select(['id', 'path', 'name']).where('id', '=', id).executeTakeFirstOrThrow()
}

/** Whether anybody has set the installation up. */
export async function hasTenants(db: Db): Promise<boolean> {
  return (await db.selectFrom('platform_tenant').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** The tenant whose whole has this path. */
export async function tenantAt(db: Db, path: string): Promise<Tenant | undefined> {
  return db.selectFrom('platform_tenant').select(['id', 'path', 'name']).where('path', '=', path).executeTakeFirst()
}

/** Undefined when no tenant of this installation has the id. A database that is away throws. */
export async function findTenant(db: Db, id: string): Promise<Tenant | undefined> {
  return db.selectFrom('platform_tenant').select(['id', 'path', 'name']).where('id', '=', id).executeTakeFirst()
}

/** Paths of tenants: the installation's own organisation, and the generated demonstration beside it. */
export const ROOT_PATH = 'r00'
export const DEMONSTRATION_PATH = 'd00'
