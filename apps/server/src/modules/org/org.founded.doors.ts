import type { Db } from '../../platform/ctx.ts'

/** The day on which each of these units was founded, as far as it is known. Days are `YYYY-MM-DD`. */
export async function foundingDays(db: Db, tenantId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('org_unit as u')
    .select(['u.id', 'u.founded_on as foundedOn'])
    .where('u.tenant_id', '=', tenantId)
    .where('u.id', 'in', [...ids])
    .where('u.founded_on', 'is not', null)
    .execute()
  return new Map(rows.flatMap(({ id, foundedOn }) => (foundedOn === null ? [] : [[id, foundedOn] as const])))
}
