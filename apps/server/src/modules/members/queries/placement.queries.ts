import type { Tx } from '../../../platform/ctx.ts'

const OPEN = ['draft', 'first_review', 'second_review']

/** Hands a record over to another unit: the record, its sub-tables, versions and open proposals. */
export async function setPlace(
  tx: Tx,
  tenantId: string,
  memberId: string,
  to: { readonly id: string; readonly path: string },
  at: Date,
): Promise<void> {
  await tx
    .updateTable('members_member')
    .set({ org_id: to.id, org_path: to.path, group_id: null, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', memberId)
    .execute()
  for (const table of [
    'members_entry',
    'members_version',
    'members_dossier',
    'members_loan',
    'members_photo',
  ] as const) {
    await tx
      .updateTable(table)
      .set({ org_path: to.path })
      .where('tenant_id', '=', tenantId)
      .where('member_id', '=', memberId)
      .execute()
  }
  await tx
    .updateTable('members_merge')
    .set({ org_path: to.path })
    .where('tenant_id', '=', tenantId)
    .where('kept_id', '=', memberId)
    .execute()
  await tx
    .updateTable('members_change')
    .set({ org_id: to.id, org_path: to.path })
    .where('tenant_id', '=', tenantId)
    .where('member_id', '=', memberId)
    .where('state', 'in', OPEN)
    .execute()
}
