import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'

export type Version = {
  id: string
  number: number
  fileId: string
  fileName: string
  fileKind: string
  bytes: number
  textState: 'read' | 'empty' | 'failed' | 'none'
  note: string
  madeBy: string
  madeAt: Date
}
export async function versionsOf(db: Db, tenantId: string, documentId: string): Promise<Version[]> {
  const rows = await db
    .selectFrom('library_version as v')
    .select([
      'v.id',
      'v.number',
      'v.file_id as fileId',
      'v.file_name as fileName',
      'v.file_kind as fileKind',
      'v.bytes',
      'v.text_state as textState',
      'v.note',
      'v.made_by as madeBy',
      'v.made_at as madeAt',
    ])
    .where('v.tenant_id', '=', tenantId)
    .where('v.document_id', '=', documentId)
    .orderBy('v.number', 'desc')
    .limit(200)
    .execute()
  return rows as Version[]
}

export async function insertVersion(
  tx: Tx,
  { tenantId, personName }: Actor,
  version: Omit<Version, 'madeBy' | 'madeAt'> & { readonly documentId: string },
  at: Date,
): Promise<void> {
  const values = {
    tenant_id: tenantId,
    id: version.id,
    document_id: version.documentId,
    number: version.number,
    file_id: version.fileId,
    file_name: version.fileName,
    file_kind: version.fileKind,
    bytes: version.bytes,
    text_state: version.textState,
    note: version.note,
    made_by: personName,
    made_at: at,
  }
  await tx.insertInto('library_version').values(values).execute()
}

/** What a unit keeps: bytes of all versions, what lies in the bin included. */
export async function usageOf(
  db: Db,
  tenantId: string,
  orgPath: string,
): Promise<{ bytes: number; documents: number }> {
  const { rows } = await sql<{ bytes: string; documents: number }>`
    select coalesce(sum(v.bytes), 0)::text as bytes, count(distinct d.id)::int as documents
    from library_document d join library_version v on v.tenant_id = d.tenant_id and v.document_id = d.id
    where d.tenant_id = ${tenantId} and v.tenant_id = ${tenantId} and d.org_path = ${orgPath}`.execute(db)
  return { bytes: Number(rows[0]?.bytes ?? 0), documents: rows[0]?.documents ?? 0 }
}
