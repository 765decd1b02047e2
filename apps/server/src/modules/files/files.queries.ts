import type { FileFaultCode, FilePurpose, FileState } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/ctx.ts'
import type { FileKind } from '../../platform/upload/policy.ts'

export type FileRow = {
  id: string
  ownerId: string
  orgId: string
  orgPath: string
  purpose: FilePurpose
  name: string
  declaredBytes: number
  state: FileState
  fault: FileFaultCode | null
  kind: FileKind | null
  bytes: number | null
  sha256: string | null
  width: number | null
  height: number | null
  subjectKind: string | null
  subjectId: string | null
  readPermission: string | null
  createdAt: Date
}

const columns = [
  'id',
  'owner_id as ownerId',
  'org_id as orgId',
  'org_path as orgPath',
  'purpose',
  'name',
  'declared_bytes as declaredBytes',
  'state',
  'fault',
  'kind',
  'bytes',
  'sha256',
  'width',
  'height',
  'subject_kind as subjectKind',
  'subject_id as subjectId',
  'read_permission as readPermission',
  'created_at as createdAt',
] as const

/** A file that row security shows: the person's own, or of an organisation in the scope. Who may open it is decided above. */
export async function findFile(db: Db, tenantId: string, id: string): Promise<FileRow | undefined> {
  const row = await db
    .selectFrom('files_file')
    .select(columns)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
  // The checks of the table hold the words to the types of the contract.
  return row as FileRow | undefined
}

export async function lockFile(tx: Tx, tenantId: string, id: string): Promise<FileRow | undefined> {
  const query = tx.selectFrom('files_file').select(columns).where('tenant_id', '=', tenantId).where('id', '=', id)
  return (await query.forUpdate().executeTakeFirst()) as FileRow | undefined
}

/** Which of these ids are uploads still under way. */
export async function pendingAmong(tx: Tx, tenantId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('files_file')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', [...ids])
    .where('state', '=', 'pending')
    .execute()
  return rows.map((row) => row.id)
}

/** Uploads begun before `before` and never finished, oldest first. */
export async function listAbandoned(tx: Tx, tenantId: string, before: Date): Promise<FileRow[]> {
  const rows = await tx
    .selectFrom('files_file')
    .select(columns)
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'pending')
    .where('created_at', '<', before)
    .orderBy('created_at')
    .limit(500)
    .forUpdate()
    .skipLocked()
    .execute()
  return rows as FileRow[]
}

export type NewFile = Pick<FileRow, 'id' | 'ownerId' | 'orgId' | 'orgPath' | 'purpose' | 'name' | 'declaredBytes'> & {
  at: Date
}

export async function insertFile(tx: Tx, tenantId: string, file: NewFile): Promise<void> {
  await tx
    .insertInto('files_file')
    .values({
      tenant_id: tenantId,
      id: file.id,
      owner_id: file.ownerId,
      org_id: file.orgId,
      org_path: file.orgPath,
      purpose: file.purpose,
      name: file.name,
      declared_bytes: file.declaredBytes,
      created_at: file.at,
    })
    .execute()
}

export type Kept = {
  name: string
  state: 'clean' | 'unscanned'
  kind: FileKind
  bytes: number
  sha256: string
  width: number | null
  height: number | null
}

export async function setKept(tx: Tx, tenantId: string, id: string, kept: Kept, at: Date): Promise<void> {
  await tx
    .updateTable('files_file')
    .set({ ...kept, checked_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setRejected(tx: Tx, tenantId: string, id: string, fault: FileFaultCode, at: Date): Promise<void> {
  await tx
    .updateTable('files_file')
    .set({ state: 'rejected', fault, checked_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** `readPermission` null: no post opens the file, only whom the record's own reader lets in. */
export type Subject = { kind: string; id: string; orgId: string; orgPath: string; readPermission: string | null }

export async function setSubject(tx: Tx, tenantId: string, id: string, subject: Subject): Promise<void> {
  await tx
    .updateTable('files_file')
    .set({
      subject_kind: subject.kind,
      subject_id: subject.id,
      read_permission: subject.readPermission,
      org_id: subject.orgId,
      org_path: subject.orgPath,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function filesOf(db: Db, tenantId: string, subjectKind: string, subjectId: string): Promise<FileRow[]> {
  const rows = await db
    .selectFrom('files_file')
    .select(columns)
    .where('tenant_id', '=', tenantId)
    .where('subject_kind', '=', subjectKind)
    .where('subject_id', '=', subjectId)
    .orderBy('id')
    .execute()
  return rows as FileRow[]
}

export type UsageOwner = { kind: 'person' | 'organisation'; id: string }

/** Adds bytes to what an owner uses unless the limit would be passed: false means nothing was added. */
export async function addUsage(
  tx: Tx,
  tenantId: string,
  owner: UsageOwner,
  bytes: number,
  limit: number,
): Promise<boolean> {
  if (bytes > limit) return false
  const row = await tx
    .insertInto('files_usage')
    .values({ tenant_id: tenantId, owner_kind: owner.kind, owner_id: owner.id, bytes })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'owner_kind', 'owner_id'])
        .doUpdateSet({ bytes: sql`files_usage.bytes + excluded.bytes` })
        .where(sql<boolean>`files_usage.bytes + excluded.bytes <= ${limit}`),
    )
    .returning('bytes')
    .executeTakeFirst()
  return row !== undefined
}

/** Gives bytes back, or takes the few more that a redrawn picture may need; never below nothing. */
export async function changeUsage(tx: Tx, tenantId: string, owner: UsageOwner, bytes: number): Promise<void> {
  await tx
    .updateTable('files_usage')
    .set({ bytes: sql`greatest(0, bytes + ${bytes}::bigint)` })
    .where('tenant_id', '=', tenantId)
    .where('owner_kind', '=', owner.kind)
    .where('owner_id', '=', owner.id)
    .execute()
}

export async function setFilesPlace(
  tx: Tx,
  tenantId: string,
  subject: { readonly kind: string; readonly id: string },
  to: { readonly id: string; readonly path: string },
): Promise<void> {
  await tx
    .updateTable('files_file')
    .set({ org_id: to.id, org_path: to.path })
    .where('tenant_id', '=', tenantId)
    .where('subject_kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .execute()
}
