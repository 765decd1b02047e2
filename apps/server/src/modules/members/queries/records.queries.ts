import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach } from '../../org/index.ts'
import type { FactColumns, StoredFacts } from '../members.record.ts'
export type StoredMember = StoredFacts & {
  person_id: string
  org_id: string
  org_path: string
  member_no: string
  completeness: number
  record_state: string
  phone_index: Buffer | null
  batch_id: string | null
  deleted_at: Date | null
  deleted_by: string | null
  in_transfer_since: string | null
  updated_at: Date
  created_at: Date
  version: number
}

export const STORED = [
  'm.id',
  'm.person_id',
  'm.org_id',
  'm.org_path',
  'm.member_no',
  'm.name',
  'm.sex',
  'm.ethnic',
  'm.born_on',
  'm.education',
  'm.category',
  'm.status',
  'm.applied_on',
  'm.activist_on',
  'm.candidate_on',
  'm.joined_on',
  'm.converted_on',
  'm.branch_entered_on',
  'm.dues_paid_until',
  'm.id_valid_until',
  'm.id_number',
  'm.phone',
  'm.phone_index',
  'm.private_facts',
  'm.facts',
  'm.completeness',
  'm.record_state',
  'm.batch_id',
  'm.deleted_at',
  'm.deleted_by',
  'm.in_transfer_since',
  'm.updated_at',
  'm.created_at',
  'm.version',
] as const

/** A record inside the caller's scope, deleted ones too: the caller says what it does with them. */
export async function findRecord(db: Db, actor: Actor, id: string): Promise<StoredMember | undefined> {
  const row = await db
    .selectFrom('members_member as m')
    .select(STORED)
    .where('m.tenant_id', '=', actor.tenantId)
    .where('m.id', '=', id)
    .where(inReach('m.org_path', actor))
    .executeTakeFirst()
  return row as StoredMember | undefined
}

export async function lockRecord(tx: Tx, actor: Actor, id: string): Promise<StoredMember | undefined> {
  const row = await tx
    .selectFrom('members_member as m')
    .select(STORED)
    .where('m.tenant_id', '=', actor.tenantId)
    .where('m.id', '=', id)
    .where(inReach('m.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
  return row as StoredMember | undefined
}

/** The record of the person who asks. */
export async function findOwnRecord(db: Db, actor: Actor): Promise<StoredMember | undefined> {
  const row = await db
    .selectFrom('members_member as m')
    .select(STORED)
    .where('m.tenant_id', '=', actor.tenantId)
    .where('m.person_id', '=', actor.personId)
    .where('m.deleted_at', 'is', null)
    .executeTakeFirst()
  return row as StoredMember | undefined
}

export type NewMember = {
  id: string
  personId: string
  orgId: string
  orgPath: string
  memberNo: string
  state: string
  batchId: string | null
  at: Date
} & { columns: FactColumns }

export async function insertMember(tx: Tx, tenantId: string, member: NewMember): Promise<void> {
  await tx
    .insertInto('members_member')
    .values({
      tenant_id: tenantId,
      id: member.id,
      person_id: member.personId,
      org_id: member.orgId,
      org_path: member.orgPath,
      member_no: member.memberNo,
      record_state: member.state,
      batch_id: member.batchId,
      created_at: member.at,
      updated_at: member.at,
      ...member.columns,
    })
    .execute()
}

/** Writes changed facts; the version must still be the one that was locked. */
export async function setFacts(
  tx: Tx,
  tenantId: string,
  member: { id: string; version: number },
  columns: FactColumns,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('members_member')
    .set({ ...columns, updated_at: at, version: member.version + 1 })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', member.id)
    .execute()
}

export async function setState(tx: Tx, tenantId: string, id: string, state: string, at: Date): Promise<void> {
  await tx
    .updateTable('members_member')
    .set({ record_state: state, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setDeleted(
  tx: Tx,
  tenantId: string,
  member: { id: string; version: number },
  deleted: { at: Date; by: string; reason: string } | null,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('members_member')
    .set({
      deleted_at: deleted?.at ?? null,
      deleted_by: deleted?.by ?? null,
      deleted_reason: deleted?.reason ?? null,
      updated_at: at,
      version: member.version + 1,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', member.id)
    .execute()
}

/** Claims an ID number for a person, or says who has it: one record per person in the whole installation. */
export async function claimIdentity(
  tx: Tx,
  claim: { idIndex: Buffer; personId: string; tenantId: string; memberId: string },
): Promise<{ tenantId: string; memberId: string } | null> {
  const fresh = await tx
    .insertInto('members_identity')
    .values({
      id_index: claim.idIndex,
      person_id: claim.personId,
      tenant_id: claim.tenantId,
      member_id: claim.memberId,
    })
    .onConflict((c) => c.column('id_index').doNothing())
    .returning('member_id')
    .executeTakeFirst()
  if (fresh) return null
  const owner = await tx
    .selectFrom('members_identity as i')
    .select(['i.tenant_id as tenantId', 'i.member_id as memberId'])
    .where('i.id_index', '=', claim.idIndex)
    .executeTakeFirst()
  return owner?.memberId === claim.memberId ? null : (owner ?? { tenantId: claim.tenantId, memberId: '' })
}

export async function releaseIdentity(tx: Tx, tenantId: string, memberId: string): Promise<void> {
  await tx.deleteFrom('members_identity').where('tenant_id', '=', tenantId).where('member_id', '=', memberId).execute()
}

/** Takes `count` member numbers of a year and returns the first; a rolled-back transaction gives them back. */
export async function takeNumbers(tx: Db, year: number, count: number): Promise<number> {
  const row = await tx
    .insertInto('members_number')
    .values({ year, last: count })
    .onConflict((c) =>
      c.column('year').doUpdateSet((eb) => ({ last: eb('members_number.last', '+', eb.ref('excluded.last')) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return row.last - count + 1
}

/** How many records of the tenant give each of these telephones. */
export async function phoneCounts(db: Db, tenantId: string, indexes: readonly Buffer[]): Promise<Map<string, number>> {
  if (indexes.length === 0) return new Map()
  const rows = await db
    .selectFrom('members_member as m')
    .select(['m.phone_index', sql<number>`count(*)::int`.as('people')])
    .where('m.tenant_id', '=', tenantId)
    .where('m.phone_index', 'in', [...indexes])
    .where('m.deleted_at', 'is', null)
    .groupBy('m.phone_index')
    .execute()
  return new Map(rows.map((row) => [(row.phone_index as Buffer).toString('hex'), row.people]))
}

/** Living records of the scope by id. */
export async function recordsByIds(db: Db, actor: Actor, ids: readonly string[]): Promise<StoredMember[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('members_member as m')
    .select(STORED)
    .where('m.tenant_id', '=', actor.tenantId)
    .where('m.id', 'in', [...ids])
    .where(inReach('m.org_path', actor))
    .where('m.deleted_at', 'is', null)
    .execute()
  return rows as StoredMember[]
}

/** Records of the tenant by id, wherever they are: for what the caller was shown the right to see otherwise. */
export async function recordsOf(db: Db, tenantId: string, ids: readonly string[]): Promise<StoredMember[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('members_member as m')
    .select(STORED)
    .where('m.tenant_id', '=', tenantId)
    .where('m.id', 'in', [...ids])
    .execute()
  return rows as StoredMember[]
}
