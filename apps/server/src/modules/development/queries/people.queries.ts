import type { OrgKind } from '@tongxin/contract'
import type { Db } from '../../../platform/ctx.ts'

/** Kind of a unit of the tenant; the caller's own post may stand above or in it. */
export async function kindOf(db: Db, tenantId: string, orgId: string): Promise<OrgKind> {
  const row = await db
    .selectFrom('org_path as u')
    .select('u.kind')
    .where('u.tenant_id', '=', tenantId)
    .where('u.id', '=', orgId)
    .executeTakeFirstOrThrow()
  return row.kind as OrgKind
}

export type CardOfPerson = { readonly name: string; readonly memberNo: string; readonly category: string }
/** The card of the person of a case. */
export async function cardOf(db: Db, tenantId: string, memberId: string): Promise<CardOfPerson> {
  const row = await db
    .selectFrom('member_card as m')
    .select(['m.name', 'm.member_no as memberNo', 'm.category'])
    .where('m.tenant_id', '=', tenantId)
    .where('m.id', '=', memberId)
    .executeTakeFirst()
  return { name: row?.name ?? '', memberNo: row?.memberNo ?? '', category: row?.category ?? '' }
}
