import type { Consumer } from '../../../platform/outbox.ts'
import { person, send } from './send.ts'

/** The day's deadlines of a person: how many are near and overdue, and the list behind them. */
export const deadlineReactions: Consumer['on'] = {
  'deadlines.digest': async (ctx, event) => {
    if (!event.personId) return
    const { due, overdue } = event.payload
    const told = {
      kind: 'deadlines_digest',
      level: overdue > 0 ? 'important' : 'normal',
      facts: { due, overdue },
      path: '/deadlines',
      orgId: null,
      orgPath: event.orgPath,
    } as const
    await send(ctx, event, told, [person(event.personId)])
  },
}
