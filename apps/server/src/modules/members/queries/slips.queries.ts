import type { Db } from '../../../platform/ctx.ts'

/** What identifies members to themselves, for people whose accounts wait for activation. */
export async function slipColumnsOf(db: Db, tenantId: string, memberIds: readonly string[]) {
  if (memberIds.length === 0) return []
  return db
    .selectFrom('members_member as m')
    .select(['m.id', 'm.member_no as memberNumber', 'm.id_number as idNumber', 'm.phone'])
    .where('m.tenant_id', '=', tenantId)
    .where('m.id', 'in', [...memberIds])
    .where('m.deleted_at', 'is', null)
    .execute()
}

/** The same of everything recorded of one person. */
export async function ownColumnsOf(db: Db, tenantId: string, personId: string) {
  return db
    .selectFrom('members_member as m')
    .select(['m.id', 'm.member_no as memberNumber', 'm.id_number as idNumber', 'm.phone'])
    .where('m.tenant_id', '=', tenantId)
    .where('m.person_id', '=', personId)
    .execute()
}
