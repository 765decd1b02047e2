import type { Consumer, ReactionCtx } from '../../platform/outbox.ts'
import { minuteOf, searchAround, searchFastEntry, searchFindings } from './service/findings.ts'
import { recount, recountOf } from './service/scores.ts'

/** Looks a record through after it changed, and counts the branches it is and was in. */
async function lookAgain(ctx: ReactionCtx, memberIds: readonly string[], orgIds: readonly string[] = []) {
  await searchAround({ ...ctx, vault: ctx.platform.vault }, memberIds)
  await recountOf(ctx, memberIds, orgIds)
}

/** Findings and quality follow the records: a consumer of its own, so that it never holds back the counts of people. */
export const qualityConsumer: Consumer = {
  name: 'members_quality',
  on: {
    'members.registered': (ctx, { payload }) => lookAgain(ctx, [payload.memberId]),
    'members.corrected': (ctx, { payload }) => lookAgain(ctx, [payload.memberId]),
    'members.placed': (ctx, { payload }) => lookAgain(ctx, [payload.memberId], [payload.fromOrgId]),
    'members.restored': (ctx, { payload }) => lookAgain(ctx, [payload.memberId]),
    'members.deleted': (ctx, { payload }) => lookAgain(ctx, [payload.memberId]),
    'members.merged': (ctx, { payload }) => lookAgain(ctx, [payload.memberId, payload.goneId]),
    'members.merge_undone': (ctx, { payload }) => lookAgain(ctx, [payload.memberId, payload.goneId]),
    'members.batch_counted': async (ctx, { payload }) => {
      await searchFindings({ ...ctx, vault: ctx.platform.vault }, { batchId: payload.batchId })
      const units = [...new Set(payload.deltas.map(({ unitId }) => unitId))]
      if (units.length > 0) await recount(ctx, units)
    },
    'members.proposed': async (ctx, { payload, at, actorId }) => {
      if (payload.memberId !== null) await recountOf(ctx, [payload.memberId])
      if (actorId !== null) await searchFastEntry({ ...ctx, vault: ctx.platform.vault }, minuteOf(at), actorId)
    },
    'members.reviewed': async (ctx, { payload }) => {
      if (payload.memberId !== null) await recountOf(ctx, [payload.memberId])
    },
    'members.finding_explained': (ctx, { payload }) => counted(ctx, payload.orgId),
    'members.error_found': (ctx, { payload }) => counted(ctx, payload.orgId),
    'members.error_closed': (ctx, { payload }) => counted(ctx, payload.orgId),
    'settings.changed': async (ctx, { payload }) => {
      if (payload.code.startsWith('quality.')) await recount(ctx, null)
    },
  },
}

const counted = async (ctx: ReactionCtx, orgId: string): Promise<void> => void (await recount(ctx, [orgId]))
