import type { Events } from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import type { Vault } from '../../../platform/vault.ts'
import type * as q from '../queries/votes.queries.ts'
import { subjectOf } from './subjects.ts'

/** What a closing needs, from a request or from the job that closes what is over. */
export type Closing = {
  readonly db: Tx
  readonly vault: Vault
  readonly now: Date
  readonly tell: Tell
  readonly onCommit: (work: () => void) => void
}
/** Publishes an event about a vote: under a post, or under nobody's. */
export type Tell = <
  T extends 'voting.drawing_closed' | 'voting.issuer_keys_deleted' | 'voting.closed' | 'voting.counted',
>(
  type: T,
  vote: q.Vote,
  payload: Events[T],
) => Promise<void>

export const closingOf = (ctx: Ctx<Tx>): Closing => ({
  db: ctx.db,
  vault: ctx.vault,
  now: ctx.now,
  tell: async (type, vote, payload) => {
    await publish(ctx, type, subjectOf(vote), payload)
  },
  onCommit: ctx.onCommit,
})
