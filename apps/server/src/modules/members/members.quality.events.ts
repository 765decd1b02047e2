import type { Consumer, ReactionCtx } from '../../platform/outbox.ts'
import { type Due, type DueKind, insertDue, insertDueOfBatch } from './queries/due.queries.ts'

const of = (kind: DueKind, ...ids: readonly (string | null)[]): Due[] =>
  ids.flatMap((subjectId) => (subjectId === null ? [] : [{ kind, subjectId }]))
const noted = (ctx: ReactionCtx, ...due: readonly Due[][]) => insertDue(ctx.db, ctx.tenantId, due.flat())

/** What happened to records, noted for the next look: a consumer of its own, which holds back no count of people. */
export const qualityConsumer: Consumer = {
  name: 'members_quality',
  on: {
    'members.registered': (ctx, { payload }) => noted(ctx, of('record', payload.memberId)),
    'members.corrected': (ctx, { payload }) => noted(ctx, of('record', payload.memberId)),
    'members.placed': (ctx, { payload }) => noted(ctx, of('record', payload.memberId), of('unit', payload.fromOrgId)),
    'members.restored': (ctx, { payload }) => noted(ctx, of('record', payload.memberId)),
    'members.deleted': (ctx, { payload }) => noted(ctx, of('record', payload.memberId)),
    'members.merged': (ctx, { payload }) => noted(ctx, of('record', payload.memberId, payload.goneId)),
    'members.merge_undone': (ctx, { payload }) => noted(ctx, of('record', payload.memberId, payload.goneId)),
    'members.batch_counted': async (ctx, { payload }) => {
      await insertDueOfBatch(ctx.db, ctx.tenantId, payload.batchId)
      await noted(ctx, of('unit', ...payload.deltas.map(({ unitId }) => unitId)))
    },
    'members.proposed': (ctx, { payload, actorId }) => noted(ctx, of('record', payload.memberId), of('maker', actorId)),
    'members.reviewed': (ctx, { payload }) => noted(ctx, of('record', payload.memberId)),
    'members.finding_explained': (ctx, { payload }) => noted(ctx, of('unit', payload.orgId)),
    'members.error_found': (ctx, { payload }) => noted(ctx, of('unit', payload.orgId)),
    'members.error_closed': (ctx, { payload }) => noted(ctx, of('unit', payload.orgId)),
    'settings.changed': async (ctx, { payload }) => {
      if (payload.code.startsWith('quality.')) await noted(ctx, of('tenant', ctx.tenantId))
    },
  },
}
