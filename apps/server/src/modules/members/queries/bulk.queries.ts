import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach } from '../../org/index.ts'
import type { FactColumns } from '../members.record.ts'
import type { StoredMember } from './records.queries.ts'

/** Statements for many records at once: arrays as parameters, so that a thousand rows are one round trip. */

export async function identitiesOf(
  db: Db,
  indexes: readonly Buffer[],
): Promise<{ idIndex: Buffer; tenantId: string; memberId: string }[]> {
  const { rows } = await sql<{
    idIndex: Buffer
    tenantId: string
    memberId: string
  }>`select i.id_index as "idIndex", i.tenant_id as "tenantId", i.member_id as "memberId"
    from members_identity i where i.id_index = any(${indexes}::bytea[])`.execute(db)
  return rows
}

/** Which of these records stand in the caller's scope and are not deleted. */
export async function livingInScope(db: Db, actor: Actor, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('members_member as m')
    .select('m.id')
    .where('m.tenant_id', '=', actor.tenantId)
    .where(sql<boolean>`m.id = any(${ids}::uuid[])`)
    .where(inReach('m.org_path', actor))
    .where('m.deleted_at', 'is', null)
    .execute()
  return new Set(rows.map((row) => row.id))
}

/** Claims ID numbers and returns the records that got theirs. */
export async function claimIdentities(
  tx: Tx,
  tenantId: string,
  claims: readonly { idIndex: Buffer; personId: string; memberId: string }[],
): Promise<Set<string>> {
  // One order for all writers, so that two imports never wait for each other in a ring.
  const sorted = [...claims].sort((a, b) => Buffer.compare(a.idIndex, b.idIndex))
  const { rows } = await sql<{
    member_id: string
  }>`insert into members_identity (id_index, person_id, tenant_id, member_id)
    select id_index, person_id, ${tenantId}::uuid, member_id
    from unnest(${sorted.map((row) => row.idIndex)}::bytea[], ${sorted.map((row) => row.personId)}::uuid[], ${sorted.map((row) => row.memberId)}::uuid[]) as c (id_index, person_id, member_id)
    on conflict (id_index) do nothing returning member_id`.execute(tx)
  return new Set(rows.map((row) => row.member_id))
}

type Batch = { tenantId: string; batchId: string; at: Date }
export type BulkMember = {
  memberId: string
  personId: string
  orgId: string
  orgPath: string
  memberNo: string
  columns: FactColumns
}

export async function insertMembers(tx: Tx, batch: Batch, people: readonly BulkMember[]): Promise<void> {
  const of = <K extends keyof FactColumns>(column: K) => people.map((person) => person.columns[column])
  await sql`insert into members_member (tenant_id, record_state, batch_id, created_at, updated_at,
      id, person_id, org_id, org_path, member_no, name, given_name, pinyin, initials, sex, ethnic, born_on, education, category, status,
      applied_on, activist_on, candidate_on, joined_on, converted_on, branch_entered_on, dues_paid_until, id_valid_until,
      id_number, id_tail, phone, phone_index, phone_tail, private_facts, facts, completeness)
    select ${batch.tenantId}::uuid, 'approved', ${batch.batchId}::uuid, ${batch.at}::timestamptz, ${batch.at}::timestamptz, m.*
    from unnest(${people.map((p) => p.memberId)}::uuid[], ${people.map((p) => p.personId)}::uuid[], ${people.map((p) => p.orgId)}::uuid[], ${people.map((p) => p.orgPath)}::text[],
      ${people.map((p) => p.memberNo)}::text[], ${of('name')}::text[], ${of('given_name')}::text[], ${of('pinyin')}::text[], ${of('initials')}::text[],
      ${of('sex')}::text[], ${of('ethnic')}::text[], ${of('born_on')}::date[], ${of('education')}::text[], ${of('category')}::text[], ${of('status')}::text[],
      ${of('applied_on')}::date[], ${of('activist_on')}::date[], ${of('candidate_on')}::date[], ${of('joined_on')}::date[], ${of('converted_on')}::date[],
      ${of('branch_entered_on')}::date[], ${of('dues_paid_until')}::date[], ${of('id_valid_until')}::date[], ${of('id_number')}::bytea[], ${of('id_tail')}::int[], ${of('phone')}::bytea[],
      ${of('phone_index')}::bytea[], ${of('phone_tail')}::int[], ${of('private_facts')}::bytea[], ${of('facts')}::jsonb[], ${of('completeness')}::smallint[]) as m`.execute(
    tx,
  )
}

export type BulkVersion = {
  id: string
  memberId: string
  personId: string
  orgPath: string
  version: number
  fields: readonly string[]
  before: string
  after: string
  sealed: Buffer | null
}

export async function insertVersions(
  tx: Tx,
  batch: Batch & { by: string; source?: 'import' | 'reversal' },
  rows: readonly BulkVersion[],
): Promise<void> {
  // Arrays of arrays must be of one length, so the field names travel as text.
  await sql`insert into members_version (tenant_id, source, source_id, made_by, at, id, member_id, person_id, org_path, version, fields, before, after, sealed)
    select ${batch.tenantId}::uuid, ${batch.source ?? 'import'}, ${batch.batchId}::uuid, ${batch.by}::uuid, ${batch.at}::timestamptz,
      v.id, v.member_id, v.person_id, v.org_path, v.version, string_to_array(v.fields, ','), v.before, v.after, v.sealed
    from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.memberId)}::uuid[], ${rows.map((row) => row.personId)}::uuid[], ${rows.map((row) => row.orgPath)}::text[],
      ${rows.map((row) => row.version)}::int[], ${rows.map((row) => row.fields.join(','))}::text[], ${rows.map((row) => row.before)}::jsonb[], ${rows.map((row) => row.after)}::jsonb[], ${rows.map((row) => row.sealed)}::bytea[])
      as v (id, member_id, person_id, org_path, version, fields, before, after, sealed)`.execute(tx)
}

export async function lockMembers(tx: Tx, tenantId: string, ids: readonly string[]): Promise<StoredMember[]> {
  const { rows } =
    await sql<StoredMember>`select m.id, m.person_id, m.org_id, m.org_path, m.member_no, m.name, m.sex, m.ethnic, m.born_on, m.education, m.category, m.status,
      m.applied_on, m.activist_on, m.candidate_on, m.joined_on, m.converted_on, m.branch_entered_on, m.dues_paid_until, m.id_valid_until, m.id_number, m.phone, m.phone_index, m.private_facts, m.facts,
      m.completeness, m.record_state, m.batch_id, m.deleted_at, m.deleted_by, m.updated_at, m.created_at, m.version
    from members_member m where m.tenant_id = ${tenantId}::uuid and m.id = any(${ids}::uuid[]) order by m.id for update`.execute(
      tx,
    )
  return rows
}

export async function setMember(
  tx: Tx,
  tenantId: string,
  id: string,
  columns: FactColumns,
  version: number,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('members_member')
    .set({ ...columns, version, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** Names of people of a batch whose record is no longer as the batch left it. */
export async function changedNames(tx: Tx, tenantId: string, batchId: string, most: number): Promise<string[]> {
  // Two halves, each by its own index: what the batch registered, and what it only updated.
  const { rows } = await sql<{ name: string }>`select m.name from members_member m
      where m.tenant_id = ${tenantId}::uuid and m.batch_id = ${batchId}::uuid and (m.version > 1 or m.deleted_at is not null
        or exists (select 1 from members_entry e where e.tenant_id = ${tenantId}::uuid and e.member_id = m.id)
        or exists (select 1 from members_change c where c.tenant_id = ${tenantId}::uuid and c.member_id = m.id))
    union
    select m.name from members_version v join members_member m on m.tenant_id = v.tenant_id and m.id = v.member_id
      where v.tenant_id = ${tenantId}::uuid and m.tenant_id = ${tenantId}::uuid and v.source_id = ${batchId}::uuid
        and v.version > 1 and v.version < m.version
    order by 1 limit ${most}`.execute(tx)
  return rows.map((row) => row.name)
}

export async function membersOfBatch(
  tx: Tx,
  tenantId: string,
  batchId: string,
  most: number,
): Promise<{ memberId: string; personId: string; orgId: string; orgPath: string; category: string }[]> {
  const { rows } = await sql<{
    memberId: string
    personId: string
    orgId: string
    orgPath: string
    category: string
  }>`select m.id as "memberId", m.person_id as "personId", m.org_id as "orgId", m.org_path as "orgPath", m.category
    from members_member m where m.tenant_id = ${tenantId}::uuid and m.batch_id = ${batchId}::uuid order by m.id limit ${most}`.execute(
    tx,
  )
  return rows
}

export async function peopleOfBatch(tx: Tx, tenantId: string, batchId: string): Promise<string[]> {
  const { rows } = await sql<{
    person_id: string
  }>`select m.person_id from members_member m where m.tenant_id = ${tenantId}::uuid and m.batch_id = ${batchId}::uuid`.execute(
    tx,
  )
  return rows.map((row) => row.person_id)
}

export async function deleteMembers(tx: Tx, tenantId: string, ids: readonly string[]): Promise<void> {
  await sql`delete from members_version where tenant_id = ${tenantId}::uuid and member_id = any(${ids}::uuid[])`.execute(
    tx,
  )
  await sql`delete from members_identity where tenant_id = ${tenantId}::uuid and member_id = any(${ids}::uuid[])`.execute(
    tx,
  )
  await sql`delete from members_member where tenant_id = ${tenantId}::uuid and id = any(${ids}::uuid[])`.execute(tx)
}

/** Versions that a batch gave to records which existed before it. */
export async function versionsOfBatch(
  tx: Tx,
  tenantId: string,
  batchId: string,
): Promise<{ id: string; member_id: string; before: unknown; after: unknown; sealed: Buffer | null }[]> {
  const { rows } = await sql<{
    id: string
    member_id: string
    before: unknown
    after: unknown
    sealed: Buffer | null
  }>`select v.id, v.member_id, v.before, v.after, v.sealed from members_version v
    where v.tenant_id = ${tenantId}::uuid and v.source_id = ${batchId}::uuid and v.source = 'import' and v.version > 1 order by v.member_id`.execute(
    tx,
  )
  return rows
}
