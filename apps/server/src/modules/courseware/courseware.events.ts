import type { Consumer } from '../../platform/outbox.ts'
import { homesOf } from '../members/index.ts'
import { setPlace } from './courseware.attempt.queries.ts'

/** Results of people who move to another organisation move with them. */
export const coursewareConsumer: Consumer = {
  name: 'courseware',
  on: {
    'members.placed': async (ctx, event) => {
      const { memberId } = event.payload
      const home = (await homesOf(ctx, [memberId])).get(memberId)
      if (home) await setPlace(ctx.db, ctx.tenantId, memberId, home.orgPath)
    },
  },
}
