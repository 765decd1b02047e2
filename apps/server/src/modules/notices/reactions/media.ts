import type { Consumer } from '../../../platform/outbox.ts'
import { person, send } from './send.ts'

/** Whoever proposed a change of a medium hears that it was refused, and why. */
export const mediaReactions: Consumer['on'] = {
  'media.proposal_refused': async (ctx, event) => {
    const { title, personId, reason } = event.payload
    const facts = { title, reason }
    const path = event.subjectId === null ? null : `/media/${event.subjectId}`
    const told = { kind: 'media_refused', level: 'important', facts, path } as const
    await send(ctx, event, { ...told, orgId: null, orgPath: event.orgPath }, [person(personId)])
  },
}
