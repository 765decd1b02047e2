import {
  type Input,
  type listMerges as listContract,
  mergeRefusals,
  type Reply,
  type undoMerge as undoContract,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { widened } from '../../../platform/widened.ts'
import { grantMembership, personNamesOf, replaceSignInNames } from '../../access/index.ts'
import { BIN_DAYS } from '../members.policy.ts'
import { factsOf, idIndexOf } from '../members.record.ts'
import { REFERENCES } from '../members.references.ts'
import * as m from '../queries/merge.queries.ts'
import * as q from '../queries/records.queries.ts'
import { letSignIn, openBefore, recordStep, takeOver } from './merge.ts'
import { bearerOf, type Two } from './merge-plan.ts'

const DAY = 24 * 3600_000
type Merge = NonNullable<Awaited<ReturnType<typeof m.lockMerge>>>

/** Takes a merge back: both records, and all that went over, as they were. Refused where something newer stands on it. */
export async function undoMerge(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof undoContract>,
): Promise<Reply<typeof undoContract>> {
  const merge = await m.lockMerge(ctx.db, ctx.actor, params.id)
  if (!merge) throw mergeRefusals.not_found()
  if (merge.state !== 'merged') throw mergeRefusals.undone()
  const two = await lockBoth(ctx, merge)
  await giveBack(ctx, merge, two)
  const because = { id: merge.id, reason: body.reason }
  await takeOver(ctx, two.kept, openBefore(ctx, merge.id, merge.before), because)
  await reopen(ctx, merge, two.gone, because)
  await returnPhone(ctx, merge, two)
  await m.setUndone(ctx.db, ctx.actor.tenantId, merge.id, {
    by: ctx.actor.personId,
    at: ctx.now,
    reason: body.reason,
  })
  await publish(
    ctx,
    'members.merge_undone',
    { kind: 'member', id: two.kept.id, orgPath: two.kept.org_path, personId: two.kept.person_id },
    { mergeId: merge.id, memberId: two.kept.id, goneId: two.gone.id },
    { reason: body.reason },
  )
  return { id: merge.id }
}

async function lockBoth(ctx: Ctx<Tx>, merge: Merge): Promise<Two> {
  const found = new Map<string, q.StoredMember>()
  for (const id of [merge.kept_id, merge.gone_id].sort()) {
    const record = await q.lockRecord(ctx.db, ctx.actor, id)
    if (!record) throw mergeRefusals.not_found()
    found.set(id, record)
  }
  const kept = found.get(merge.kept_id) as q.StoredMember
  const gone = found.get(merge.gone_id) as q.StoredMember
  if (gone.record_state === 'closed' || merge.made_at.getTime() < ctx.now.getTime() - BIN_DAYS * DAY)
    throw mergeRefusals.too_late({ days: BIN_DAYS })
  const isNewer = kept.version !== merge.kept_version || gone.version !== merge.gone_version
  if (isNewer || kept.deleted_at !== null) throw mergeRefusals.newer()
  return { kept, gone }
}

async function giveBack(ctx: Ctx<Tx>, merge: Merge, { kept, gone }: Two): Promise<void> {
  const { tenantId } = ctx.actor
  const moved = merge.moved as Readonly<Record<string, readonly string[]>>
  const { path: whole } = await tenantOf(ctx.db, tenantId)
  await widened(ctx, whole, async () => {
    for (const reference of REFERENCES) {
      const keys = moved[reference.kind] ?? []
      if (keys.length === 0) continue
      const back = { kept: bearerOf(kept), gone: bearerOf(gone), keys, mergedAt: merge.made_at }
      if ((await m.returnReference(ctx.db, tenantId, reference, back)) !== keys.length) throw mergeRefusals.newer()
    }
  })
}

async function reopen(
  ctx: Ctx<Tx>,
  merge: Merge,
  gone: q.StoredMember,
  because: { id: string; reason: string },
): Promise<void> {
  const { tenantId } = ctx.actor
  await q.setDeleted(ctx.db, tenantId, gone, null, ctx.now)
  if (merge.fields.includes('idNumber')) {
    const { idNumber } = factsOf(ctx.vault, gone)
    const claim = { personId: gone.person_id, memberId: gone.id, tenantId }
    if (idNumber && (await q.claimIdentity(ctx.db, { idIndex: idIndexOf(ctx.vault, idNumber), ...claim })) !== null)
      throw mergeRefusals.newer()
  }
  await grantMembership(ctx.db, {
    tenantId,
    personId: gone.person_id,
    memberId: gone.id,
    orgId: gone.org_id,
    orgPath: gone.org_path,
    now: ctx.now,
  })
  await recordStep(ctx, gone, gone.version + 1, because)
  await publish(
    ctx,
    'members.restored',
    { kind: 'member', id: gone.id, orgPath: gone.org_path, personId: gone.person_id },
    { memberId: gone.id, orgId: gone.org_id, category: gone.category, status: gone.status },
    { reason: because.reason },
  )
}

async function returnPhone(ctx: Ctx<Tx>, merge: Merge, { kept, gone }: Two): Promise<void> {
  if (!merge.gone_signs_in) return
  await replaceSignInNames(ctx.db, { personId: kept.person_id, kind: 'phone', values: [], vault: ctx.vault })
  const before = { ...factsOf(ctx.vault, kept), ...openBefore(ctx, merge.id, merge.before) }
  if (merge.kept_signs_in) await letSignIn(ctx, kept.person_id, before.phone ?? null)
  await letSignIn(ctx, gone.person_id, factsOf(ctx.vault, gone).phone ?? null)
}

/** Merges of the scope, newest first. */
export async function listMerges(ctx: Ctx, { query }: Input<typeof listContract>): Promise<Reply<typeof listContract>> {
  const keyset = keysetOf(query, { at: 'g.made_at' }, '-at')
  const found = await m.listMerges(ctx.db, ctx.actor, query.state, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.madeAt.toISOString(), id: row.id }))
  const names = await personNamesOf(
    ctx.db,
    rows.map((row) => row.madeBy),
  )
  return {
    rows: rows.map(({ madeBy, madeAt, state, ...row }) => ({
      ...row,
      state: state as 'merged' | 'undone',
      orgName: row.orgName ?? '',
      by: names.get(madeBy) ?? null,
      at: madeAt.toISOString(),
      undoUntil: todayOf(new Date(madeAt.getTime() + BIN_DAYS * DAY)),
      canUndo: state === 'merged' && madeAt.getTime() >= ctx.now.getTime() - BIN_DAYS * DAY,
    })),
    next,
    total: null,
  }
}
