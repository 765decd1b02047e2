import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/ctx.ts'
export type NewChunk = {
  id: string
  ordinal: number
  lastRow: number
  people: number
  problems: number
  sealed: Buffer
}

export async function insertChunks(
  tx: Tx,
  tenantId: string,
  batch: { id: string; orgPath: string },
  chunks: readonly NewChunk[],
): Promise<void> {
  for (const chunk of chunks) {
    await tx
      .insertInto('imports_chunk')
      .values({
        tenant_id: tenantId,
        id: chunk.id,
        batch_id: batch.id,
        org_path: batch.orgPath,
        ordinal: chunk.ordinal,
        last_row: chunk.lastRow,
        people: chunk.people,
        problems: chunk.problems,
        sealed: chunk.sealed,
      })
      .execute()
  }
}

export async function nextChunk(
  db: Db,
  tenantId: string,
  batchId: string,
  ordinal: number,
): Promise<{ id: string; ordinal: number; people: number; sealed: Buffer } | undefined> {
  return db
    .selectFrom('imports_chunk as c')
    .select(['c.id', 'c.ordinal', 'c.people', 'c.sealed'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.batch_id', '=', batchId)
    .where('c.ordinal', '>=', ordinal)
    .orderBy('c.ordinal')
    .limit(1)
    .executeTakeFirst()
}

/** The first chunk with something to say behind a row. */
export async function nextTroubled(
  db: Db,
  tenantId: string,
  batchId: string,
  afterRow: number,
): Promise<{ id: string; lastRow: number; sealed: Buffer } | undefined> {
  return db
    .selectFrom('imports_chunk as c')
    .select(['c.id', 'c.last_row as lastRow', 'c.sealed'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.batch_id', '=', batchId)
    .where('c.problems', '>', 0)
    .where('c.last_row', '>', afterRow)
    .orderBy('c.ordinal')
    .limit(1)
    .executeTakeFirst()
}

export async function deleteChunks(tx: Tx, tenantId: string, batchId: string): Promise<void> {
  await tx.deleteFrom('imports_chunk').where('tenant_id', '=', tenantId).where('batch_id', '=', batchId).execute()
}

/** Batches that were read or returned and then left: their rows hold personal data and go after thirty days. */
export async function forgottenBatches(tx: Tx, tenantId: string, before: Date): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select b.id from imports_batch b where b.tenant_id = ${tenantId}::uuid and b.updated_at < ${before}::timestamptz
    and exists (select 1 from imports_chunk c where c.tenant_id = ${tenantId}::uuid and c.batch_id = b.id) limit 50`.execute(
    tx,
  )
  return rows.map((row) => row.id)
}

export async function findMapping(db: Db, tenantId: string, orgId: string, fingerprint: Buffer): Promise<unknown> {
  const row = await db
    .selectFrom('imports_mapping as m')
    .select('m.columns')
    .where('m.tenant_id', '=', tenantId)
    .where('m.org_id', '=', orgId)
    .where('m.fingerprint', '=', fingerprint)
    .executeTakeFirst()
  return row?.columns
}

export async function upsertMapping(
  tx: Tx,
  tenantId: string,
  mapping: { id: string; orgId: string; orgPath: string; fingerprint: Buffer; columns: object; by: string; at: Date },
): Promise<void> {
  const changed = { columns: JSON.stringify(mapping.columns), made_by: mapping.by, made_at: mapping.at }
  await tx
    .insertInto('imports_mapping')
    .values({
      tenant_id: tenantId,
      id: mapping.id,
      org_id: mapping.orgId,
      org_path: mapping.orgPath,
      fingerprint: mapping.fingerprint,
      ...changed,
    })
    .onConflict((c) => c.columns(['tenant_id', 'org_id', 'fingerprint']).doUpdateSet(changed))
    .execute()
}
