import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../platform/page.ts'
import { inReach, type PlannedUnit } from '../org/index.ts'
export type StoredBatch = {
  id: string
  orgId: string
  orgPath: string
  fileName: string
  sheet: string | null
  headingRow: number | null
  columns: unknown
  headings: string[]
  units: unknown
  totals: unknown
  outcomes: unknown
  existing: string
  rowsHash: Buffer | null
  people: number
  done: number
  state: string
  refusal: unknown
  madeBy: string
  madeAt: Date
  submittedAt: Date | null
  checkedBy: string | null
  checkedAt: Date | null
  checkerGrant: string | null
  opinion: string | null
  appliedAt: Date | null
  version: number
}

const columns = [
  'b.id',
  'b.org_id as orgId',
  'b.org_path as orgPath',
  'b.file_name as fileName',
  'b.sheet',
  'b.heading_row as headingRow',
  'b.columns',
  'b.headings',
  'b.units',
  'b.totals',
  'b.outcomes',
  'b.existing',
  'b.rows_hash as rowsHash',
  'b.people',
  'b.done',
  'b.state',
  'b.refusal',
  'b.made_by as madeBy',
  'b.made_at as madeAt',
  'b.submitted_at as submittedAt',
  'b.checked_by as checkedBy',
  'b.checked_at as checkedAt',
  'b.checker_grant as checkerGrant',
  'b.opinion',
  'b.applied_at as appliedAt',
  'b.version',
] as const

export async function findBatch(db: Db, actor: Actor, id: string): Promise<StoredBatch | undefined> {
  return db
    .selectFrom('imports_batch as b')
    .select(columns)
    .where('b.tenant_id', '=', actor.tenantId)
    .where('b.id', '=', id)
    .where(inReach('b.org_path', actor))
    .executeTakeFirst()
}

export async function lockBatch(tx: Tx, actor: Actor, id: string): Promise<StoredBatch | undefined> {
  return tx
    .selectFrom('imports_batch as b')
    .select(columns)
    .where('b.tenant_id', '=', actor.tenantId)
    .where('b.id', '=', id)
    .where(inReach('b.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
}

export async function listBatches(db: Db, actor: Actor, state: string | null, keyset: Keyset): Promise<StoredBatch[]> {
  let select = db
    .selectFrom('imports_batch as b')
    .select(columns)
    .where('b.tenant_id', '=', actor.tenantId)
    .where(inReach('b.org_path', actor))
  if (state !== null) select = select.where('b.state', '=', state)
  return byKeyset(select, keyset, 'b.id').execute()
}

export type NewBatch = {
  id: string
  orgId: string
  orgPath: string
  fileName: string
  fileSize: number
  fileHash: Buffer
  sheet: string | null
  headingRow: number
  columns: object
  headings: readonly string[]
  fingerprint: Buffer
  units: readonly PlannedUnit[]
  totals: object
  outcomes: object
  rowsHash: Buffer
  people: number
  by: string
  at: Date
}

export async function insertBatch(tx: Tx, tenantId: string, batch: NewBatch): Promise<void> {
  await tx
    .insertInto('imports_batch')
    .values({
      tenant_id: tenantId,
      id: batch.id,
      org_id: batch.orgId,
      org_path: batch.orgPath,
      file_name: batch.fileName,
      file_size: batch.fileSize,
      file_hash: batch.fileHash,
      sheet: batch.sheet,
      heading_row: batch.headingRow,
      columns: JSON.stringify(batch.columns),
      headings: [...batch.headings],
      fingerprint: batch.fingerprint,
      units: JSON.stringify(batch.units),
      totals: JSON.stringify(batch.totals),
      outcomes: JSON.stringify(batch.outcomes),
      rows_hash: batch.rowsHash,
      people: batch.people,
      state: 'read',
      made_by: batch.by,
      made_at: batch.at,
      updated_at: batch.at,
    })
    .execute()
}

type Step = {
  state: string
  at: Date
  existing?: string
  checkedBy?: string
  checkerGrant?: string
  opinion?: string | null
  refusal?: object | null
  done?: number
  submittedAt?: Date
  appliedAt?: Date
  reversed?: { by: string; reason: string }
}

/** Moves a batch on; only from the states named, so that nothing is done twice. Returns whether it moved. */
export async function moveBatch(
  tx: Tx,
  tenantId: string,
  id: string,
  from: readonly string[],
  step: Step,
): Promise<boolean> {
  const changed = await tx
    .updateTable('imports_batch')
    .set((eb) => ({
      state: step.state,
      updated_at: step.at,
      version: eb('version', '+', 1),
      ...(step.existing === undefined ? {} : { existing: step.existing }),
      ...(step.submittedAt === undefined
        ? {}
        : { submitted_at: step.submittedAt, checked_by: null, checked_at: null, opinion: null, refusal: null }),
      ...(step.checkedBy === undefined
        ? {}
        : {
            checked_by: step.checkedBy,
            checked_at: step.at,
            checker_grant: step.checkerGrant ?? null,
            opinion: step.opinion ?? null,
          }),
      ...(step.refusal === undefined ? {} : { refusal: step.refusal === null ? null : JSON.stringify(step.refusal) }),
      ...(step.done === undefined ? {} : { done: step.done }),
      ...(step.appliedAt === undefined ? {} : { applied_at: step.appliedAt }),
      ...(step.state === 'applying' ? { done: 0, claimed_at: null, refusal: null } : {}),
      ...(step.reversed === undefined
        ? {}
        : { reversed_by: step.reversed.by, reversed_at: step.at, reversed_reason: step.reversed.reason }),
    }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

/** Takes a batch for writing unless another process works on it: a claim dies ten minutes after its last progress. */
export async function claimBatch(tx: Tx, tenantId: string, id: string, now: Date): Promise<StoredBatch | undefined> {
  const stale = new Date(now.getTime() - 10 * 60_000)
  const claimed = await tx
    .updateTable('imports_batch')
    .set({ claimed_at: now, done: 0 })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', 'applying')
    .where((eb) => eb.or([eb('claimed_at', 'is', null), eb('claimed_at', '<', stale)]))
    .returning('id')
    .executeTakeFirst()
  if (!claimed) return undefined
  return tx
    .selectFrom('imports_batch as b')
    .select(columns)
    .where('b.tenant_id', '=', tenantId)
    .where('b.id', '=', id)
    .executeTakeFirst()
}

export async function setDone(tx: Tx, tenantId: string, id: string, done: number, now: Date): Promise<void> {
  await tx
    .updateTable('imports_batch')
    .set({ done, claimed_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', 'applying')
    .execute()
}

export async function batchesToApply(db: Db, tenantId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('imports_batch as b')
    .select('b.id')
    .where('b.tenant_id', '=', tenantId)
    .where('b.state', '=', 'applying')
    .orderBy('b.checked_at')
    .limit(10)
    .execute()
  return rows.map((row) => row.id)
}

export async function orgNames(db: Db, tenantId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('org_path as o')
    .select(['o.id', 'o.name'])
    .where('o.tenant_id', '=', tenantId)
    .where('o.id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id as string, row.name ?? '']))
}
