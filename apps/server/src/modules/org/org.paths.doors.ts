import { sql } from 'kysely'
import type { Db } from '../../platform/ctx.ts'

/** Paths of units by id, also of those outside the scope; what is none has no entry. */
export async function pathsOfUnits(db: Db, tenantId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('org_path as o')
    .select([sql<string>`o.id`.as('id'), sql<string>`o.path`.as('path')])
    .where('o.tenant_id', '=', tenantId)
    .where('o.id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, path }) => [id, path]))
}
