import type { Consumer, ReactionCtx } from '../../platform/outbox.ts'
import { countPeople } from '../org/index.ts'
import { searchPairs } from './service/pairs.ts'

/** Moves the rollup of people per unit by what happened. Each event is delivered once, in the order of commits. */
async function count(
  ctx: ReactionCtx,
  deltas: readonly { orgId: string; category: string; delta: number }[],
): Promise<void> {
  await countPeople(
    ctx.db,
    ctx.tenantId,
    deltas.map(({ orgId, category, delta }) => ({ unitId: orgId, category, delta })),
    ctx,
  )
}

/** What two records are compared by. */
const ALIKE = new Set(['name', 'bornOn', 'phone'])

export const membersConsumer: Consumer = {
  name: 'members',
  on: {
    'members.registered': async (ctx, { payload }) => {
      await count(ctx, [{ orgId: payload.orgId, category: payload.category, delta: 1 }])
      await searchPairs(ctx, { memberId: payload.memberId })
    },
    'members.deleted': (ctx, { payload }) =>
      count(ctx, [{ orgId: payload.orgId, category: payload.category, delta: -1 }]),
    'members.restored': (ctx, { payload }) =>
      count(ctx, [{ orgId: payload.orgId, category: payload.category, delta: 1 }]),
    'members.corrected': async (ctx, { payload }) => {
      if (payload.fields.some((field) => ALIKE.has(field))) await searchPairs(ctx, { memberId: payload.memberId })
      if (payload.categoryFrom === payload.categoryTo) return
      await count(ctx, [
        { orgId: payload.orgId, category: payload.categoryFrom, delta: -1 },
        { orgId: payload.orgId, category: payload.categoryTo, delta: 1 },
      ])
    },
    'members.placed': async (ctx, { payload }) => {
      await count(ctx, [
        { orgId: payload.fromOrgId, category: payload.category, delta: -1 },
        { orgId: payload.toOrgId, category: payload.category, delta: 1 },
      ])
      await searchPairs(ctx, { memberId: payload.memberId })
    },
    // Counted where the unit lies now: it may have moved since.
    'members.batch_counted': async (ctx, { payload }) => {
      await countPeople(ctx.db, ctx.tenantId, payload.deltas, ctx)
      await searchPairs(ctx, { batchId: payload.batchId })
    },
  },
}
