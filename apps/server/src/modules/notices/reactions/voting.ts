import type { Consumer } from '../../../platform/outbox.ts'
import { orgAt } from '../notices.queries.ts'
import { person, send } from './send.ts'

/** A ballot paper was drawn in somebody's name: whoever did not do it must hear of it at once (security of drawing). */
export const votingReactions: Consumer['on'] = {
  'voting.drawn': async (ctx, event) => {
    if (event.personId === null) return
    const org = await orgAt(ctx.db, ctx.tenantId, event.orgPath)
    await send(
      ctx,
      event as never,
      {
        kind: 'vote_drawn',
        level: 'important',
        facts: { title: event.payload.title },
        path: `/votes/${event.payload.voteId}`,
        orgId: org?.id ?? null,
        orgPath: event.orgPath,
      },
      [person(event.personId)],
    )
  },
}
