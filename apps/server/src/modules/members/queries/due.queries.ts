import { sql } from 'kysely'
import type { Tx } from '../../../platform/ctx.ts'

export type DueKind = 'record' | 'unit' | 'maker' | 'tenant'
export type Due = { readonly kind: DueKind; readonly subjectId: string }

/** Notes what is to be looked at again; what is noted already is noted once. */
export async function insertDue(tx: Tx, tenantId: string, due: readonly Due[]): Promise<void> {
  if (due.length === 0) return
  await sql`insert into members_due (tenant_id, kind, subject_id)
    select ${tenantId}::uuid, d.kind, d.subject_id
    from unnest(${due.map((one) => one.kind)}::text[], ${due.map((one) => one.subjectId)}::uuid[]) as d(kind, subject_id)
    on conflict (tenant_id, kind, subject_id) do nothing`.execute(tx)
}

/** Notes the records of one import. */
export async function insertDueOfBatch(tx: Tx, tenantId: string, batchId: string): Promise<void> {
  await sql`insert into members_due (tenant_id, kind, subject_id)
    select m.tenant_id, 'record', m.id from members_member m where m.tenant_id = ${tenantId}::uuid and m.batch_id = ${batchId}::uuid
    on conflict (tenant_id, kind, subject_id) do nothing`.execute(tx)
}

/** Takes the next ones off the list; they are gone when the transaction commits. */
export async function takeDue(tx: Tx, tenantId: string, most: number): Promise<Due[]> {
  const { rows } = await sql<Due>`delete from members_due d where d.tenant_id = ${tenantId}::uuid
    and (d.kind, d.subject_id) in (select n.kind, n.subject_id from members_due n where n.tenant_id = ${tenantId}::uuid
      order by n.kind, n.subject_id limit ${most} for update skip locked)
    returning d.kind, d.subject_id as "subjectId"`.execute(tx)
  return rows
}
