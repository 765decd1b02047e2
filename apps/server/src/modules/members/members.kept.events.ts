import { ORG_POSTS } from '@tongxin/contract'
import type { Consumer, ReactionCtx } from '../../platform/outbox.ts'
import { heldPostsOf } from '../org/index.ts'
import { remindOfCards } from './members.id-cards.ts'
import { cardsOfBatch } from './queries/id-cards.queries.ts'
import { setTopPosts } from './queries/structure.queries.ts'

const RANK: readonly string[] = ORG_POSTS

/** Writes the highest post that each of these holds now; none where the last one was left. */
async function rank(ctx: ReactionCtx, memberIds: readonly string[]): Promise<void> {
  const held = Map.groupBy(await heldPostsOf(ctx.db, ctx.tenantId, memberIds), ({ memberId }) => memberId)
  const posts = memberIds.map((memberId) => {
    const own = (held.get(memberId) ?? []).map(({ post }) => post)
    return { memberId, post: own.toSorted((a, b) => RANK.indexOf(a) - RANK.indexOf(b))[0] ?? null }
  })
  await setTopPosts(ctx.db, ctx.tenantId, posts)
}

/** What stands beside a record and follows from it or from posts: a consumer of its own, which holds back no other. */
export const keptConsumer: Consumer = {
  name: 'members_kept',
  on: {
    'org.post_taken': (ctx, { payload }) => rank(ctx, [payload.memberId]),
    'org.post_left': (ctx, { payload }) => rank(ctx, [payload.memberId]),
    'members.registered': (ctx, { payload }) => remindOfCards(ctx, [payload.memberId]),
    'members.corrected': async (ctx, { payload }) => {
      const isConcerned = payload.fields.some((field) => ['idValidUntil', 'name', 'status'].includes(field))
      if (isConcerned) await remindOfCards(ctx, [payload.memberId])
    },
    'members.placed': (ctx, { payload }) => remindOfCards(ctx, [payload.memberId]),
    'members.deleted': (ctx, { payload }) => remindOfCards(ctx, [payload.memberId]),
    'members.restored': (ctx, { payload }) => remindOfCards(ctx, [payload.memberId]),
    'members.merged': async (ctx, { payload }) => {
      await rank(ctx, [payload.memberId, payload.goneId])
      await remindOfCards(ctx, [payload.memberId, payload.goneId])
    },
    'members.merge_undone': async (ctx, { payload }) => {
      await rank(ctx, [payload.memberId, payload.goneId])
      await remindOfCards(ctx, [payload.memberId, payload.goneId])
    },
    'members.batch_counted': async (ctx, { payload }) =>
      remindOfCards(ctx, await cardsOfBatch(ctx.db, ctx.tenantId, payload.batchId)),
  },
}
