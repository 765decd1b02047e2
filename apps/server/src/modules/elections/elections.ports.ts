import type { VotePlan, VoteResult } from '@tongxin/domain'
import type { Ctx, Tx } from '../../platform/ctx.ts'

/** What elections ask of the module that holds electronic votes; wired in `modules.ts`. */
export type Votes = {
  prepare(ctx: Ctx<Tx>, plan: VotePlan): Promise<{ voteId: string }>
  /** Null while it is not counted. */
  resultOf(ctx: Ctx | Ctx<Tx>, voteId: string): Promise<VoteResult | null>
  cancel(ctx: Ctx<Tx>, voteId: string, reason: string): Promise<unknown>
}
