import type { Actor, Db } from '../../../platform/ctx.ts'
import { inReach } from '../../../platform/scope.ts'

export type MemberCard = {
  id: string
  personId: string
  orgId: string
  orgPath: string
  orgName: string
  name: string
  category: string
  status: string
}

/** A living record of the scope, by the kernel's card. */
export async function memberCard(db: Db, actor: Actor, memberId: string): Promise<MemberCard | undefined> {
  const row = await db
    .selectFrom('member_card as m')
    .innerJoin('org_path as o', (join) => join.on('o.tenant_id', '=', actor.tenantId).onRef('o.id', '=', 'm.org_id'))
    .select([
      'm.id',
      'm.person_id as personId',
      'm.org_id as orgId',
      'm.org_path as orgPath',
      'o.name as orgName',
      'm.name',
      'm.category',
      'm.status',
    ])
    .where('m.tenant_id', '=', actor.tenantId)
    .where('o.tenant_id', '=', actor.tenantId)
    .where('m.id', '=', memberId)
    .where(inReach('m.org_path', actor))
    .executeTakeFirst()
  return row as MemberCard | undefined
}
