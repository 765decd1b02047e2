import type { Consumer } from '../../platform/outbox.ts'
import { homeOf, setPlace } from './courseware.attempt.queries.ts'

/** Results of people who move to another organisation move with them. */
export const coursewareConsumer: Consumer = {
  name: 'courseware',
  on: {
    'members.placed': async (ctx, event) => {
      const { memberId } = event.payload
      const path = await homeOf(ctx.db, ctx.tenantId, memberId)
      if (path !== undefined) await setPlace(ctx.db, ctx.tenantId, memberId, path)
    },
  },
}
