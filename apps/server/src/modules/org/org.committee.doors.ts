import type { Db } from '../../platform/ctx.ts'

const COMMITTEE_POSTS = [
  'secretary',
  'deputy_secretary',
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
