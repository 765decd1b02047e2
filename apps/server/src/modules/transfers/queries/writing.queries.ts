import type { TransferContact } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/ctx.ts'
import type { NewTransfer, Transfer } from './transfers.queries.ts'

/** Writes prepared transfers; members who have an open one already are left out. Returns the ids that were written. */
export async function insertTransfers(
  tx: Tx,
  tenantId: string,
  rows: readonly NewTransfer[],
  by: string,
  at: Date,
): Promise<Set<string>> {
  const written = await tx
    .insertInto('transfers_transfer')
    .values(
      rows.map((row) => ({
        tenant_id: tenantId,
        id: row.id,
        direction: row.direction,
        kind: row.kind,
        member_id: row.memberId,
        person_id: row.personId,
        name: row.name,
        member_no: row.memberNo,
        category: row.category,
        org_id: row.orgId,
        org_path: row.orgPath,
        ...ends(row),
        from_name: row.fromName,
        reason: row.reason,
        contact: JSON.stringify(row.contact),
        dues_paid_until: row.duesPaidUntil,
        batch_id: row.batchId,
        letter: row.letter === null ? null : JSON.stringify(row.letter),
        sealed: row.sealed,
        made_by: by,
        created_at: at,
        updated_at: at,
      })),
    )
    .onConflict((c) => c.doNothing())
    .returning('id')
    .execute()
  return new Set(written.map(({ id }) => id))
}

type Ends = Pick<
  Transfer,
  'toOrgId' | 'toPath' | 'committeeId' | 'committeePath' | 'committeeName' | 'toName' | 'needsDepartment'
>
const ends = (row: Ends) => ({
  to_org_id: row.toOrgId,
  to_path: row.toPath,
  to_name: row.toName,
  committee_id: row.committeeId,
  committee_path: row.committeePath,
  committee_name: row.committeeName,
  needs_department: row.needsDepartment,
})

type Column =
  | 'state'
  | 'issued_on'
  | 'first_issued_on'
  | 'valid_days'
  | 'valid_until'
  | 'number'
  | 'number_year'
  | 'numbered_by'
  | 'number_running'
  | 'department_document'
  | 'reported_on'
  | 'received_on'
  | 'receipt_by'
  | 'returned_reason'
  | 'stranded_on'
  | 'settled_on'
  | 'settlement'
  | 'renews_id'
  | 'renewed_by_id'
  | 'agreed_by'
  | 'approved_by'
  | 'department_by'
  | 'dues_paid_until'
  | 'member_id'
  | 'person_id'
  | 'member_no'
  | 'made_by'
  | 'reason'
  | 'direction'
  | 'kind'
export type Change = { readonly [C in Column]?: string | number | null } & {
  readonly contact?: TransferContact
  readonly ends?: Ends
}

/** Writes a change of a locked transfer; the version counts on. */
export async function setTransfer(tx: Tx, tenantId: string, id: string, change: Change, at: Date): Promise<void> {
  const { contact, ends: to, ...columns } = change
  await tx
    .updateTable('transfers_transfer')
    .set((eb) => ({
      ...(columns as Record<string, never>),
      ...(contact === undefined ? {} : { contact: JSON.stringify(contact) }),
      ...(to === undefined ? {} : ends(to)),
      updated_at: at,
      version: eb('version', '+', 1),
    }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** A new letter in place of an expired one: everything of the old but number, days and what happened to it. */
export async function copyForRenewal(
  tx: Tx,
  tenantId: string,
  copy: { from: string; id: string; by: string; at: Date },
): Promise<void> {
  await sql`insert into transfers_transfer (tenant_id, id, direction, kind, state, member_id, person_id, name, member_no,
      category, org_id, org_path, to_org_id, to_path, committee_id, committee_path, committee_name, from_name, to_name,
      needs_department, reason, contact, dues_paid_until, department_document, first_issued_on, renews_id, batch_id,
      made_by, agreed_by, approved_by, department_by, created_at, updated_at)
    select t.tenant_id, ${copy.id}::uuid, t.direction, t.kind,
      case when t.needs_department then 'department_approved' else 'committee_approved' end, t.member_id, t.person_id,
      t.name, t.member_no, t.category, t.org_id, t.org_path, t.to_org_id, t.to_path, t.committee_id, t.committee_path,
      t.committee_name, t.from_name, t.to_name, t.needs_department, t.reason, t.contact, t.dues_paid_until,
      t.department_document, t.first_issued_on, t.id, t.batch_id, t.made_by, t.agreed_by,
      t.approved_by, t.department_by, ${copy.at}, ${copy.at}
    from transfers_transfer t where t.tenant_id = ${tenantId} and t.id = ${copy.from}`.execute(tx)
}

/** The next number of a committee in a year; a rolled-back transaction gives it back. */
export async function takeNumber(
  tx: Tx,
  tenantId: string,
  committee: { id: string; path: string },
  year: number,
): Promise<number> {
  const { last } = await tx
    .insertInto('transfers_number')
    .values({ tenant_id: tenantId, committee_id: committee.id, org_path: committee.path, year, last: 1 })
    .onConflict((c) =>
      c
        .columns(['tenant_id', 'committee_id', 'year'])
        .doUpdateSet((eb) => ({ last: eb('transfers_number.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return last
}
