import type { Db } from '../../platform/ctx.ts'
import { containing } from '../../platform/sql.ts'

/** Ids of people of a tenant whose name contains the text, at most `most`: for filters by name. */
export async function personsNamed(db: Db, tenantId: string, text: string, most: number): Promise<string[]> {
  const rows = await db
    .selectFrom('access_person_tenant as t')
    .innerJoin('access_person as p', 'p.id', 't.person_id')
    .select('p.id')
    .where('t.tenant_id', '=', tenantId)
    .where('p.name', 'like', containing(text))
    .orderBy('p.name')
    .limit(most)
    .execute()
  return rows.map((row) => row.id)
}

/** Whether the person has an account or a post in the tenant. */
export async function belongsToTenant(db: Db, tenantId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('access_person_tenant')
    .select('person_id')
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row !== undefined
}
