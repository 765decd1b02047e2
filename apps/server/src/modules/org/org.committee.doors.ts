import { sql } from 'kysely'
import type { Db } from '../../platform/ctx.ts'

/** Posts whose holders make up a committee. */
export const COMMITTEE_POSTS: readonly string[] = [
  'secretary',
  'deputy_secretary',
  'standing_member',
  'organisation',
  'publicity',
  'discipline',
  'youth',
  'committee_member',
]

/** Ids of the members who hold a post of the committee of a unit now; in a branch without committee the secretary. */
export async function committeeOf(db: Db, tenantId: string, unitId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('org_post')
    .select('member_id as memberId')
    .distinct()
    .where('tenant_id', '=', tenantId)
    .where('unit_id', '=', unitId)
    .where('post', 'in', COMMITTEE_POSTS)
    .where('until_on', 'is', null)
    .execute()
  return rows.map(({ memberId }) => memberId)
}

/** Times in posts of committees that touch a year, of these members in any unit of the tenant. */
export async function postTimesOf(
  db: Db,
  tenantId: string,
  memberIds: readonly string[],
  year: number,
): Promise<{ memberId: string; fromOn: string; untilOn: string | null }[]> {
  if (memberIds.length === 0) return []
  return db
    .selectFrom('org_post')
    .select(['member_id as memberId', 'from_on as fromOn', 'until_on as untilOn'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`member_id = any(${[...memberIds]}::uuid[])`)
    .where('post', 'in', COMMITTEE_POSTS)
    .where('from_on', '<=', `${year}-12-31`)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', `${year}-01-01`)]))
    .execute()
}
