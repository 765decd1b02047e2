import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../org/index.ts'

export async function listDeleted(db: Db, actor: Actor, since: Date, keyset: Keyset) {
  const select = db
    .selectFrom('members_member as m')
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 'm.tenant_id').onRef('o.id', '=', 'm.org_id'))
    .select([
      'm.id',
      'm.name',
      'm.member_no as memberNo',
      'm.category',
      'o.name as orgName',
      'm.deleted_at as deletedAt',
      'm.deleted_by as deletedBy',
      'm.deleted_reason as reason',
    ])
    .where('m.tenant_id', '=', actor.tenantId)
    .where('o.tenant_id', '=', actor.tenantId)
    .where(inReach('m.org_path', actor))
    .where('m.deleted_at', '>', since)
  return byKeyset(select, keyset, 'm.id').execute()
}

/** Records of the whole tenant whose time in the recycle bin is over. */
export async function expiredRecords(
  tx: Tx,
  tenantId: string,
  before: Date,
  most: number,
): Promise<{ id: string; personId: string; orgPath: string }[]> {
  return tx
    .selectFrom('members_member as m')
    .select(['m.id', 'm.person_id as personId', 'm.org_path as orgPath'])
    .where('m.tenant_id', '=', tenantId)
    .where('m.deleted_at', '<', before)
    .where('m.record_state', '<>', 'closed')
    .orderBy('m.id')
    .limit(most)
    .forUpdate()
    .execute()
}

/** Empties a record for good: name and standing stay, so that what refers to it can still be read. */
export async function emptyRecord(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  const nothing = {
    id_number: null,
    id_tail: null,
    phone: null,
    phone_index: null,
    phone_tail: null,
    private_facts: null,
    born_on: null,
    id_valid_until: null,
    facts: '{}',
  }
  await tx
    .updateTable('members_member')
    .set({ ...nothing, record_state: 'closed', completeness: 0, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
  await tx
    .updateTable('members_version')
    .set({ sealed: null, before: '{}', after: '{}' })
    .where('tenant_id', '=', tenantId)
    .where('member_id', '=', id)
    .execute()
  await tx.deleteFrom('members_photo').where('tenant_id', '=', tenantId).where('member_id', '=', id).execute()
  await tx.deleteFrom('members_entry').where('tenant_id', '=', tenantId).where('member_id', '=', id).execute()
}

/** True counts of living records, for rebuilding the rollup. */
export async function countsOf(
  tx: Tx,
  tenantId: string,
): Promise<{ unitId: string; orgPath: string; category: string; people: number }[]> {
  return tx
    .selectFrom('members_member as m')
    .select(['m.org_id as unitId', 'm.org_path as orgPath', 'm.category', sql<number>`count(*)::int`.as('people')])
    .where('m.tenant_id', '=', tenantId)
    .where('m.deleted_at', 'is', null)
    .groupBy(['m.org_id', 'm.org_path', 'm.category'])
    .execute()
}

/** What the rollup says, for comparing with the records. */
export async function countedOf(
  tx: Tx,
  tenantId: string,
): Promise<{ unitId: string; orgPath: string; category: string; people: number }[]> {
  const rows = await tx
    .selectFrom('members_total as t')
    .select(['t.unit_id as unitId', 't.org_path as orgPath', 't.category', 't.people'])
    .where('t.tenant_id', '=', tenantId)
    .execute()
  return rows as { unitId: string; orgPath: string; category: string; people: number }[]
}
