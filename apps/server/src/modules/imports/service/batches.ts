import {
  type approveImport as approveContract,
  type ImportBatch,
  type Input,
  importRefusals,
  type listImports as listContract,
  type Reply,
  type readImport as readContract,
  type returnImport as returnContract,
  type submitImport as submitContract,
  type uploadRoster as uploadContract,
  type withdrawImport as withdrawContract,
} from '@tongxin/contract'
import { absentColumns } from '@tongxin/domain/roster/index'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { personNamesOf } from '../../access/index.ts'
import * as q from '../imports.queries.ts'
import * as rowsOf from '../imports.rows.queries.ts'
import type { ReadRoster } from './read-roster.ts'
export const REVERSIBLE_HOURS = 24

/** Stores what was read as a batch of its own; nothing is registered yet. */
export async function store(
  ctx: Ctx<Tx>,
  { query }: Input<typeof uploadContract>,
  read: ReadRoster,
): Promise<Reply<typeof uploadContract>> {
  const { tenantId, personId } = ctx.actor
  const { own, roster } = read
  const id = newId(ctx)
  await q.insertBatch(ctx.db, tenantId, {
    id,
    orgId: own.id,
    orgPath: own.path,
    fileName: query.fileName,
    fileSize: read.fileSize,
    fileHash: read.fileHash,
    sheet: roster.sheetName,
    headingRow: roster.header.lastRow,
    columns: read.columns,
    headings: roster.header.headings,
    fingerprint: read.fingerprint,
    units: read.units,
    totals: read.totals,
    outcomes: read.plan,
    rowsHash: read.rowsHash,
    people: read.plan.register,
    by: personId,
    at: ctx.now,
  })
  await rowsOf.insertChunks(ctx.db, tenantId, { id, orgPath: own.path }, read.chunks)
  if (read.isCorrected)
    await rowsOf.upsertMapping(ctx.db, tenantId, {
      id: newId(ctx),
      orgId: own.id,
      orgPath: own.path,
      fingerprint: read.fingerprint,
      columns: read.columns,
      by: personId,
      at: ctx.now,
    })
  const { accept, warn, reject } = read.totals
  await publish(
    ctx,
    'imports.read',
    { kind: 'import', id, orgPath: own.path },
    { batchId: id, rows: accept + warn + reject, accept, warn, reject },
  )
  return shown(ctx, id)
}

async function shown(ctx: Ctx, id: string): Promise<ImportBatch> {
  const batch = await q.findBatch(ctx.db, ctx.actor, id)
  if (!batch) throw importRefusals.not_found()
  return (await shownAll(ctx, [batch]))[0] as ImportBatch
}

async function shownAll(ctx: Ctx, batches: readonly q.StoredBatch[]): Promise<ImportBatch[]> {
  const people = await personNamesOf(
    ctx.db,
    batches.flatMap((batch) => [batch.madeBy, batch.checkedBy]),
  )
  const orgs = await q.orgNames(
    ctx.db,
    ctx.actor.tenantId,
    batches.map((batch) => batch.orgId),
  )
  return batches.map((batch) => {
    const columns = batch.columns as Record<string, number>
    const until = batch.appliedAt === null ? null : new Date(batch.appliedAt.getTime() + REVERSIBLE_HOURS * 3600_000)
    return {
      id: batch.id,
      fileName: batch.fileName,
      orgId: batch.orgId,
      orgName: orgs.get(batch.orgId) ?? '',
      state: batch.state as ImportBatch['state'],
      sheet: batch.sheet,
      headingRow: batch.headingRow,
      headings: batch.headings,
      columns,
      absentColumns: absentColumns(columns),
      totals: batch.totals as ImportBatch['totals'],
      plan: batch.outcomes as ImportBatch['plan'],
      existing: batch.existing as ImportBatch['existing'],
      units: batch.units as ImportBatch['units'],
      people: batch.people,
      done: batch.done,
      rowsHash: batch.rowsHash?.toString('hex') ?? '',
      madeBy: people.get(batch.madeBy) ?? null,
      madeAt: batch.madeAt.toISOString(),
      checkedBy: people.get(batch.checkedBy ?? '') ?? null,
      checkedAt: batch.checkedAt?.toISOString() ?? null,
      opinion: batch.opinion,
      appliedAt: batch.appliedAt?.toISOString() ?? null,
      reversibleUntil: until?.toISOString() ?? null,
      refusal: batch.refusal as ImportBatch['refusal'],
      can: canOf(ctx, batch, until),
      version: batch.version,
    }
  })
}

function canOf(ctx: Ctx, batch: q.StoredBatch, until: Date | null): ImportBatch['can'] {
  const { actor } = ctx
  const mine = batch.madeBy === actor.personId
  const mayApprove = actor.permissions.has('imports.approve')
  const waits = batch.state === 'submitted' || batch.state === 'failed'
  return {
    submit: mine && (batch.state === 'read' || batch.state === 'returned'),
    withdraw: mine && ['read', 'submitted', 'returned'].includes(batch.state),
    approve: waits && mayApprove && !mine,
    reverse: batch.state === 'applied' && mayApprove && until !== null && until > ctx.now,
    whyNot: waits && mayApprove && mine ? 'maker_checks' : null,
  }
}

/** Batches of the scope, newest first. */
export async function list(ctx: Ctx, { query }: Input<typeof listContract>): Promise<Reply<typeof listContract>> {
  const keyset = keysetOf(query, { made: 'b.made_at' }, '-made')
  const found = await q.listBatches(ctx.db, ctx.actor, query.state ?? null, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: row.madeAt.toISOString(),
    id: row.id,
  }))
  return { rows: await shownAll(ctx, rows), next, total: null }
}

export async function read(ctx: Ctx, { params }: Input<typeof readContract>): Promise<Reply<typeof readContract>> {
  return shown(ctx, params.id)
}

async function locked(ctx: Ctx<Tx>, id: string): Promise<q.StoredBatch> {
  const batch = await q.lockBatch(ctx.db, ctx.actor, id)
  if (!batch) throw importRefusals.not_found()
  return batch
}

const subjectOf = (batch: q.StoredBatch) => ({ kind: 'import', id: batch.id, orgPath: batch.orgPath })

/** Hands the batch to a second person. */
export async function submit(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof submitContract>,
): Promise<Reply<typeof submitContract>> {
  const batch = await locked(ctx, params.id)
  if (batch.state !== 'read' && batch.state !== 'returned') throw importRefusals.wrong_state({ state: batch.state })
  const plan = batch.outcomes as ImportBatch['plan']
  const people = plan.register + (body.existing === 'update' ? plan.existing : 0)
  if (people === 0) throw importRefusals.nobody_to_register()
  await q.moveBatch(ctx.db, ctx.actor.tenantId, batch.id, [batch.state], {
    state: 'submitted',
    at: ctx.now,
    existing: body.existing,
    submittedAt: ctx.now,
  })
  await publish(ctx, 'imports.submitted', subjectOf(batch), { batchId: batch.id, people })
  return shown(ctx, batch.id)
}

export async function withdraw(
  ctx: Ctx<Tx>,
  { params }: Input<typeof withdrawContract>,
): Promise<Reply<typeof withdrawContract>> {
  const batch = await locked(ctx, params.id)
  if (batch.madeBy !== ctx.actor.personId) throw importRefusals.not_found()
  if (
    !(await q.moveBatch(ctx.db, ctx.actor.tenantId, batch.id, ['read', 'submitted', 'returned'], {
      state: 'withdrawn',
      at: ctx.now,
    }))
  )
    throw importRefusals.wrong_state({ state: batch.state })
  await rowsOf.deleteChunks(ctx.db, ctx.actor.tenantId, batch.id)
  await publish(ctx, 'imports.withdrawn', subjectOf(batch), { batchId: batch.id })
  return shown(ctx, batch.id)
}

const WRITTEN = new Set(['applying', 'applied'])

/** Confirms what was shown; the writing begins after the commit. Confirming again answers the same and does nothing. */
export async function approve(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof approveContract>,
  begin: (tenantId: string, batchId: string) => void,
): Promise<Reply<typeof approveContract>> {
  const batch = await locked(ctx, params.id)
  if (batch.madeBy === ctx.actor.personId) throw importRefusals.maker_checks()
  if (batch.rowsHash?.toString('hex') !== body.rowsHash) throw importRefusals.rows_changed()
  if (WRITTEN.has(batch.state)) return shown(ctx, batch.id)
  const step = {
    state: 'applying',
    at: ctx.now,
    checkedBy: ctx.actor.personId,
    checkerGrant: ctx.actor.grantId,
    opinion: body.opinion ?? null,
  }
  if (!(await q.moveBatch(ctx.db, ctx.actor.tenantId, batch.id, ['submitted', 'failed'], step)))
    throw importRefusals.wrong_state({ state: batch.state })
  await publish(ctx, 'imports.approved', subjectOf(batch), {
    batchId: batch.id,
    makerId: batch.madeBy,
    people: batch.people,
  })
  ctx.onCommit(() => begin(ctx.actor.tenantId, batch.id))
  return shown(ctx, batch.id)
}

export async function sendBack(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof returnContract>,
): Promise<Reply<typeof returnContract>> {
  const batch = await locked(ctx, params.id)
  if (batch.madeBy === ctx.actor.personId) throw importRefusals.maker_checks()
  const step = {
    state: 'returned',
    at: ctx.now,
    checkedBy: ctx.actor.personId,
    checkerGrant: ctx.actor.grantId,
    opinion: body.opinion,
  }
  if (!(await q.moveBatch(ctx.db, ctx.actor.tenantId, batch.id, ['submitted', 'failed'], step)))
    throw importRefusals.wrong_state({ state: batch.state })
  await publish(
    ctx,
    'imports.returned',
    subjectOf(batch),
    { batchId: batch.id, makerId: batch.madeBy },
    { reason: body.opinion },
  )
  return shown(ctx, batch.id)
}
