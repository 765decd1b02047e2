import type { Consumer, ReactionCtx } from '../../platform/outbox.ts'
import { countPeople } from '../org/index.ts'
import { pathsOfUnits } from './queries/upkeep.queries.ts'

/** Moves the rollup of people per unit by what happened. Each event is delivered once, in the order of commits. */
async function count(
  ctx: ReactionCtx,
  deltas: readonly { orgId: string; category: string; delta: number }[],
): Promise<void> {
  const paths = await pathsOfUnits(ctx.db, ctx.tenantId, [...new Set(deltas.map((row) => row.orgId))])
  await countPeople(
    ctx.db,
    ctx.tenantId,
    deltas.flatMap((row) => {
      const orgPath = paths.get(row.orgId)
      return orgPath === undefined ? [] : [{ unitId: row.orgId, orgPath, category: row.category, delta: row.delta }]
    }),
  )
}

export const membersConsumer: Consumer = {
  name: 'members',
  on: {
    'members.registered': (ctx, { payload }) =>
      count(ctx, [{ orgId: payload.orgId, category: payload.category, delta: 1 }]),
    'members.deleted': (ctx, { payload }) =>
      count(ctx, [{ orgId: payload.orgId, category: payload.category, delta: -1 }]),
    'members.restored': (ctx, { payload }) =>
      count(ctx, [{ orgId: payload.orgId, category: payload.category, delta: 1 }]),
    'members.corrected': async (ctx, { payload }) => {
      if (payload.categoryFrom === payload.categoryTo) return
      await count(ctx, [
        { orgId: payload.orgId, category: payload.categoryFrom, delta: -1 },
        { orgId: payload.orgId, category: payload.categoryTo, delta: 1 },
      ])
    },
    'members.placed': (ctx, { payload }) =>
      count(ctx, [
        { orgId: payload.fromOrgId, category: payload.category, delta: -1 },
        { orgId: payload.toOrgId, category: payload.category, delta: 1 },
      ]),
    // Where a unit lies now: it may have moved since.
    'members.batch_counted': (ctx, { payload }) =>
      count(
        ctx,
        payload.deltas.map((row) => ({ ...row, orgId: row.unitId })),
      ),
  },
}
