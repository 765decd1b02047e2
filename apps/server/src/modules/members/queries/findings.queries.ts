import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../org/index.ts'
import { atPlace, type Place } from './place.ts'
import { STORED, type StoredMember } from './records.queries.ts'

/** Whose records are looked through: everybody's, those named, or those of one import. */
export type FindingsOf = { readonly memberIds: readonly string[] } | { readonly batchId: string } | null

/** The next living records of the tenant in the order of their ids. */
export async function nextRecords(
  db: Db,
  tenantId: string,
  of: FindingsOf,
  after: string | null,
  most: number,
): Promise<StoredMember[]> {
  let select = db
    .selectFrom('members_member as m')
    .select(STORED)
    .where('m.tenant_id', '=', tenantId)
    .where('m.deleted_at', 'is', null)
  if (after !== null) select = select.where('m.id', '>', after)
  if (of !== null && 'memberIds' in of) select = select.where('m.id', 'in', [...of.memberIds])
  if (of !== null && 'batchId' in of) select = select.where('m.batch_id', '=', of.batchId)
  return (await select.orderBy('m.id').limit(most).execute()) as StoredMember[]
}

/** Living records that give the same telephone as one of these, themselves included. */
export async function sharingPhone(db: Db, tenantId: string, ids: readonly string[], most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct b.id from members_member a
    join members_member b on b.tenant_id = a.tenant_id and b.phone_index = a.phone_index and b.deleted_at is null
    where a.tenant_id = ${tenantId}::uuid and b.tenant_id = ${tenantId}::uuid and a.id = any(${[...ids]}::uuid[])
    limit ${most}`.execute(db)
  return rows.map((row) => row.id)
}

export type NewFinding = {
  readonly id: string
  readonly orgId: string
  readonly orgPath: string
  readonly subjectKind: 'member' | 'person'
  readonly subjectId: string
  readonly code: string
  readonly slot: string
  readonly severity: string
  readonly fields: readonly string[]
  readonly amount: number | null
  readonly basis: Buffer
  readonly at: Date
}

/** Writes what was found. Explained stays explained while its values are the same; mended and found again is open. */
export async function upsertFindings(tx: Tx, tenantId: string, found: readonly NewFinding[]): Promise<void> {
  if (found.length === 0) return
  const isNew = sql`(members_finding.state = 'mended' or (members_finding.state = 'explained' and members_finding.basis <> excluded.basis))`
  await tx
    .insertInto('members_finding')
    .values(
      found.map((row) => ({
        tenant_id: tenantId,
        id: row.id,
        org_id: row.orgId,
        org_path: row.orgPath,
        subject_kind: row.subjectKind,
        subject_id: row.subjectId,
        code: row.code,
        slot: row.slot,
        severity: row.severity,
        fields: [...row.fields],
        amount: row.amount,
        basis: row.basis,
        found_at: row.at,
      })),
    )
    .onConflict((c) =>
      c.columns(['tenant_id', 'subject_id', 'code', 'slot']).doUpdateSet((eb) => ({
        org_id: eb.ref('excluded.org_id'),
        org_path: eb.ref('excluded.org_path'),
        severity: eb.ref('excluded.severity'),
        fields: eb.ref('excluded.fields'),
        amount: eb.ref('excluded.amount'),
        basis: eb.ref('excluded.basis'),
        state: sql<string>`case when ${isNew} then 'open' else members_finding.state end`,
        found_at: sql<Date>`case when ${isNew} then excluded.found_at else members_finding.found_at end`,
        settled_by: sql<string | null>`case when ${isNew} then null else members_finding.settled_by end`,
        settled_at: sql<Date | null>`case when ${isNew} then null else members_finding.settled_at end`,
        reason: sql<string | null>`case when ${isNew} then null else members_finding.reason end`,
      })),
    )
    .execute()
}

/**
 * Findings of these records that were not found again are mended: the record says something else now. Those about photos
 * only where photos were looked at.
 */
export async function setMended(
  tx: Tx,
  tenantId: string,
  { memberIds, photosToo }: { readonly memberIds: readonly string[]; readonly photosToo: boolean },
  found: readonly NewFinding[],
  at: Date,
): Promise<void> {
  if (memberIds.length === 0) return
  await sql`update members_finding f set state = 'mended', settled_by = null, settled_at = ${at}
    where f.tenant_id = ${tenantId}::uuid and f.subject_kind = 'member' and f.subject_id = any(${[...memberIds]}::uuid[])
      and f.state <> 'mended' and (f.code <> 'photo_repeated' or ${photosToo}) and not exists (
        select 1 from unnest(${found.map((row) => row.subjectId)}::uuid[], ${found.map((row) => row.code)}::text[]) as n(id, code)
        where n.id = f.subject_id and n.code = f.code)`.execute(tx)
}

/** Records that are gone (recycle bin, merge) have nothing left to mend. */
export async function setMendedOfGone(tx: Tx, tenantId: string, at: Date): Promise<void> {
  await sql`update members_finding f set state = 'mended', settled_by = null, settled_at = ${at}
    where f.tenant_id = ${tenantId}::uuid and f.subject_kind = 'member' and f.state <> 'mended' and not exists (
      select 1 from members_member m where m.tenant_id = ${tenantId}::uuid and m.id = f.subject_id and m.deleted_at is null)`.execute(
    tx,
  )
}

export type FastMinute = { makerId: string; minute: Date; rows: number; orgId: string; orgPath: string }

/** Minutes since `since` in which one person proposed more than `most` rows; where the first of them belongs. */
export async function fastMinutes(
  db: Db,
  tenantId: string,
  since: Date,
  makerId: string | null,
  most: number,
): Promise<FastMinute[]> {
  const mine = makerId === null ? sql`` : sql`and c.made_by = ${makerId}::uuid`
  const { rows } = await sql<FastMinute>`select c.made_by as "makerId", date_trunc('minute', c.made_at) as minute,
      count(*)::int as rows, (array_agg(c.org_id order by c.id))[1] as "orgId", (array_agg(c.org_path order by c.id))[1] as "orgPath"
    from members_change c
    where c.tenant_id = ${tenantId}::uuid and c.made_at >= ${since} ${mine}
    group by 1, 2 having count(*) > ${most} order by 2, 1 limit 2000`.execute(db)
  return rows
}

export type FindingFilter = {
  readonly place: Place | null
  readonly memberId: string | null
  readonly state: string | null
  readonly code: string | null
}

export async function listFindings(db: Db, actor: Actor, filter: FindingFilter, keyset: Keyset) {
  let select = db
    .selectFrom('members_finding as f')
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 'f.tenant_id').onRef('o.id', '=', 'f.org_id'))
    .leftJoin('members_member as m', (j) =>
      j
        .onRef('m.tenant_id', '=', 'f.tenant_id')
        .onRef('m.id', '=', 'f.subject_id')
        .on('m.tenant_id', '=', actor.tenantId),
    )
    .select([
      'f.id',
      'f.code',
      'f.severity',
      'f.fields',
      'f.subject_kind as subjectKind',
      'f.subject_id as subjectId',
      'f.slot',
      'f.amount',
      'f.state',
      'f.found_at as foundAt',
      'f.settled_by as settledBy',
      'f.settled_at as settledAt',
      'f.reason',
      'm.name',
      'o.name as orgName',
    ])
    .where('f.tenant_id', '=', actor.tenantId)
    .where('o.tenant_id', '=', actor.tenantId)
    .where(inReach('f.org_path', actor))
  if (filter.place !== null) select = select.where(atPlace('f.org_path', filter.place))
  if (filter.memberId !== null) select = select.where('f.subject_id', '=', filter.memberId)
  if (filter.state !== null) select = select.where('f.state', '=', filter.state)
  if (filter.code !== null) select = select.where('f.code', '=', filter.code)
  return byKeyset(select, keyset, 'f.id').execute()
}

export async function lockFinding(tx: Tx, actor: Actor, id: string) {
  return tx
    .selectFrom('members_finding as f')
    .select([
      'f.id',
      'f.code',
      'f.state',
      'f.severity',
      'f.org_id as orgId',
      'f.org_path as orgPath',
      'f.subject_kind as subjectKind',
      'f.subject_id as subjectId',
    ])
    .where('f.tenant_id', '=', actor.tenantId)
    .where('f.id', '=', id)
    .where(inReach('f.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
}

export async function setExplained(
  tx: Tx,
  tenantId: string,
  id: string,
  settled: { by: string; at: Date; reason: string },
): Promise<void> {
  await tx
    .updateTable('members_finding')
    .set({ state: 'explained', settled_by: settled.by, settled_at: settled.at, reason: settled.reason })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
