import type { VoteResult } from '@tongxin/domain'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import * as q from './queries/votes.queries.ts'
import { resultQuestions } from './service/count.ts'

/** What capabilities that hold votes ask; they name a vote of their own record, which they have shown to be theirs. */

/** Whether a vote was given up, so that its question may be decided otherwise. */
export async function isVoteCancelled(ctx: Ctx | Ctx<Tx>, voteId: string): Promise<boolean> {
  return (await q.voteById(ctx.db, ctx.actor.tenantId, voteId))?.state === 'cancelled'
}

/** The counts of a vote, or null before it is counted: there are no interim results by any way. */
export async function voteResultOf(ctx: Ctx | Ctx<Tx>, voteId: string): Promise<VoteResult | null> {
  const vote = await q.voteById(ctx.db, ctx.actor.tenantId, voteId)
  if (!vote?.result) return null
  const { shouldAttend, present } = vote.result
  return { voteId, shouldAttend, present, questions: resultQuestions(vote.result) }
}
