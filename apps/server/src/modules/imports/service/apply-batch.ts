import {
  type ImportBatch,
  type Input,
  importRefusals,
  Refusal,
  type Reply,
  type reverseImport as reverseContract,
} from '@tongxin/contract'
import type { Actor, Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import { peopleWithGrants } from '../../access/index.ts'
import {
  type BulkOrder,
  changedSinceBatch,
  type ExistingMember,
  type Newcomer,
  prepareMany,
  registerMany,
  removeBatch,
  reserveNumbers,
  updateMany,
} from '../../members/index.ts'
import { foundUnits, type NamedUnit, type PlannedUnit, unfoundUnits, unitsByNames } from '../../org/index.ts'
import { openRows, outcomeOf } from '../imports.chunks.ts'
import * as q from '../imports.queries.ts'
import * as rowsOf from '../imports.rows.queries.ts'
import { REVERSIBLE_HOURS, read } from './batches.ts'

type Delta = { unitId: string; orgPath: string; category: string; delta: number }
type Work = { platform: Platform; tenantId: string; scope: string; batch: q.StoredBatch; now: Date }

const running = new Set<Promise<void>>()

/** Begins to write a confirmed batch in the background; progress stands in the batch. */
export function beginApplying(platform: Platform, tenantId: string, batchId: string): void {
  const work = applyBatch(platform, tenantId, batchId).finally(() => running.delete(work))
  running.add(work)
}

/** Resolves when no batch is being written by this process. */
export async function whenIdle(): Promise<void> {
  while (running.size > 0) await Promise.all(running)
}

/**
 * Writes a confirmed batch, all or nothing, unless another process does. What cannot be written is refused: the batch
 * then says why and may be confirmed again. A process that dies leaves the batch to the next one (`imports.resume`).
 */
export async function applyBatch(platform: Platform, tenantId: string, batchId: string): Promise<void> {
  const now = platform.clock()
  const { path: scope } = await tenantOf(platform.db, tenantId)
  const system = { tenantId, scope }
  const batch = await inSystemTransaction(platform, system, (tx) => q.claimBatch(tx, tenantId, batchId, now))
  if (!batch) return
  const work: Work = { platform, tenantId, scope, batch, now }
  try {
    const first = await inSystemTransaction(platform, system, (tx) =>
      reserveNumbers(tx, now, Math.max(batch.people, 1)),
    )
    await inSystemTransaction(platform, { ...system, personId: batch.checkedBy }, (tx) => write(work, tx, first))
  } catch (error) {
    const refusal = error instanceof Refusal ? error : importRefusals.stopped()
    if (!(error instanceof Refusal)) platform.log.error({ err: error, batch: batchId }, 'import stopped')
    await inSystemTransaction(platform, system, async (tx) => {
      await q.moveBatch(tx, tenantId, batchId, ['applying'], {
        state: 'failed',
        at: now,
        done: 0,
        refusal: { code: refusal.code, detail: refusal.detail },
      })
      await publish(
        contextOf(work, tx),
        'imports.failed',
        { kind: 'import', id: batchId, orgPath: batch.orgPath },
        { batchId, code: refusal.code },
      )
    })
  }
  platform.wake()
}

/** The checker's rights count when it is written, not when it was confirmed. */
async function write(work: Work, tx: Tx, first: number): Promise<void> {
  const { batch, tenantId, now, platform } = work
  const checker = batch.checkedBy as string
  if (!(await peopleWithGrants(tx, tenantId, [checker], now)).has(checker)) throw importRefusals.checker_left()
  const planned = batch.units as PlannedUnit[]
  const units = await unitsOf(work, tx, planned)
  const order = { tenantId, batchId: batch.id, by: checker, now, vault: platform.vault }
  const counts = { registered: 0, updated: 0, skipped: 0 }
  const deltas: Delta[] = []
  // The people of the next thousand are sealed while the database writes this thousand.
  let writing: Promise<void> = Promise.resolve()
  for (let ordinal = 0; ; ordinal += 1) {
    const chunk = await rowsOf.nextChunk(tx, tenantId, batch.id, ordinal)
    if (!chunk) break
    const { newcomers, existing, skipped } = sorted(work, chunk, units, first + counts.registered)
    counts.registered += newcomers.length
    counts.skipped += skipped
    const prepared = await prepareMany(order, newcomers)
    await writing
    writing = writeChunk(work, tx, order, prepared, existing, counts, deltas)
    // A refusal is met at the next turn; it must not be unhandled until then.
    writing.catch(() => undefined)
  }
  await writing
  const ctx = contextOf(work, tx)
  const subject = { kind: 'import', id: batch.id, orgPath: batch.orgPath }
  await publish(ctx, 'members.batch_counted', subject, { batchId: batch.id, deltas: summed(deltas) })
  await publish(ctx, 'imports.applied', subject, { batchId: batch.id, ...counts, founded: planned.length })
  const moved = await q.moveBatch(tx, tenantId, batch.id, ['applying'], {
    state: 'applied',
    at: now,
    appliedAt: now,
    done: counts.registered + counts.updated + counts.skipped,
  })
  if (!moved) throw new Error('the batch left the state applying while it was written')
}

type Counts = { registered: number; updated: number; skipped: number }

async function writeChunk(
  work: Work,
  tx: Tx,
  order: BulkOrder,
  prepared: Awaited<ReturnType<typeof prepareMany>>,
  existing: readonly ExistingMember[],
  counts: Counts,
  deltas: Delta[],
): Promise<void> {
  const { taken } = await registerMany(tx, order, prepared)
  if (taken.length > 0) throw importRefusals.registered_meanwhile({ rows: taken.slice(0, 20).map(String) })
  const updates = await updateMany(tx, order, existing)
  for (const { orgId: unitId, orgPath, facts } of prepared) {
    deltas.push({ unitId, orgPath, category: facts.category ?? 'applicant', delta: 1 })
  }
  deltas.push(...updates.deltas)
  counts.updated += updates.updated
  counts.skipped += existing.length - updates.updated
  await showProgress(work, counts.registered + counts.updated + counts.skipped)
}

async function unitsOf(work: Work, tx: Tx, planned: readonly PlannedUnit[]): Promise<ReadonlyMap<string, NamedUnit>> {
  const { batch, tenantId, now } = work
  const own = (await q.orgNames(tx, tenantId, [batch.orgId])).get(batch.orgId) ?? ''
  const known = new Map((await allUnits(work, tx, own)).map((unit) => [unit.name, unit]))
  return foundUnits(tx, { tenantId, by: batch.checkedBy as string, now, known }, planned)
}

/** Units that rows may name: the own one and everything below it, by full and by short name. */
async function allUnits({ batch, tenantId, platform }: Work, tx: Tx, own: string): Promise<NamedUnit[]> {
  const names = new Set<string>([own, ...(batch.units as PlannedUnit[]).map((unit) => unit.parentName)])
  for (let ordinal = 0; ; ordinal += 1) {
    const chunk = await rowsOf.nextChunk(tx, tenantId, batch.id, ordinal)
    if (!chunk) break
    for (const row of openRows(platform.vault, chunk)) if (row.facts !== null) names.add(row.branch)
  }
  const found = await unitsByNames(tx, tenantId, batch.orgPath, [...names])
  // A row may have used the short name, which the unit then goes by as well.
  const byName = new Set(found.map((unit) => unit.name))
  const missing = [...names].filter((name) => !byName.has(name))
  const short = await Promise.all(
    missing.map(async (name) =>
      (await unitsByNames(tx, tenantId, batch.orgPath, [name])).map((unit) => ({ ...unit, name })),
    ),
  )
  return [...found, ...short.flat()]
}

function sorted(
  { batch, platform }: Work,
  chunk: { id: string; sealed: Buffer },
  units: ReadonlyMap<string, NamedUnit>,
  first: number,
): { newcomers: Newcomer[]; existing: ExistingMember[]; skipped: number } {
  const newcomers: Newcomer[] = []
  const existing: ExistingMember[] = []
  let skipped = 0
  for (const row of openRows(platform.vault, chunk)) {
    if (row.facts === null) continue
    const outcome = outcomeOf(row, batch.existing as ImportBatch['existing'])
    const unit = units.get(row.branch)
    if (outcome === 'update') existing.push({ memberId: row.existing as string, facts: row.facts })
    else if (outcome === 'skip') skipped += 1
    else if (!unit) throw importRefusals.registered_meanwhile({ rows: [String(row.row)] })
    else
      newcomers.push({
        facts: row.facts,
        orgId: unit.id,
        orgPath: unit.path,
        running: first + newcomers.length,
        row: row.row,
      })
  }
  return { newcomers, existing, skipped }
}

/** Told through another connection, since nothing of the writing is to be seen before its end. */
async function showProgress({ platform, tenantId, scope, batch }: Work, done: number): Promise<void> {
  await inSystemTransaction(platform, { tenantId, scope }, (tx) =>
    q.setDone(tx, tenantId, batch.id, done, platform.clock()),
  )
}

function summed(deltas: readonly Delta[]): Delta[] {
  const sums = new Map<string, Delta>()
  for (const row of deltas) {
    const key = `${row.unitId}/${row.category}`
    sums.set(key, { ...row, delta: (sums.get(key)?.delta ?? 0) + row.delta })
  }
  return [...sums.values()].filter((row) => row.delta !== 0)
}

/** The checker, under the grant the batch was confirmed with: what is written counts as the checker's act. */
function contextOf({ platform, tenantId, scope, batch, now }: Work, tx: Tx): Ctx<Tx> {
  const actor: Actor = {
    personId: batch.checkedBy as string,
    personName: '',
    tenantId,
    grantId: batch.checkerGrant as string,
    role: 'committee_admin',
    orgId: batch.orgId,
    scope,
    reach: 'subtree',
    memberId: null,
    permissions: new Set(),
    secondFactorAt: null,
    secondFactorNeeded: false,
    sessionHash: Buffer.alloc(0),
  }
  return {
    db: tx,
    actor,
    now,
    requestId: batch.id,
    vault: platform.vault,
    log: platform.log,
    expectedVersion: null,
    onCommit: () => {},
  }
}

/** Takes an applied batch back as a whole within 24 hours, unless somebody has worked on its records since. */
export async function reverse(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof reverseContract>,
): Promise<Reply<typeof reverseContract>> {
  const batch = await q.lockBatch(ctx.db, ctx.actor, params.id)
  if (!batch) throw importRefusals.not_found()
  if (batch.state !== 'applied' || batch.appliedAt === null) throw importRefusals.wrong_state({ state: batch.state })
  if (ctx.now.getTime() - batch.appliedAt.getTime() > REVERSIBLE_HOURS * 3600_000)
    throw importRefusals.too_late({ hours: REVERSIBLE_HOURS })
  const { tenantId, personId } = ctx.actor
  const names = await changedSinceBatch(ctx.db, tenantId, batch.id, 20)
  if (names.length > 0) throw importRefusals.changed_since({ names })
  const { removed, restored, deltas } = await removeBatch(ctx.db, {
    tenantId,
    batchId: batch.id,
    by: personId,
    now: ctx.now,
    vault: ctx.vault,
    reason: body.reason,
  })
  const planned = (batch.units as PlannedUnit[]).map((unit) => unit.name)
  const founding = { by: batch.checkedBy as string, at: batch.appliedAt, names: planned, scope: batch.orgPath }
  const dissolved = (await unfoundUnits(ctx, founding, body.reason)).length
  await q.moveBatch(ctx.db, tenantId, batch.id, ['applied'], {
    state: 'reversed',
    at: ctx.now,
    reversed: { by: personId, reason: body.reason },
  })
  await rowsOf.deleteChunks(ctx.db, tenantId, batch.id)
  const subject = { kind: 'import', id: batch.id, orgPath: batch.orgPath }
  await publish(ctx, 'members.batch_counted', subject, { batchId: batch.id, deltas: summed(deltas) })
  await publish(
    ctx,
    'imports.reversed',
    subject,
    { batchId: batch.id, removed, restored, dissolved },
    { reason: body.reason },
  )
  return read(ctx, { params: { id: batch.id }, query: {}, body: {} })
}
