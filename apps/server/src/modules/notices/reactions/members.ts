import type { Consumer } from '../../../platform/outbox.ts'
import { officersAt, person, send } from './send.ts'

/** The day on which somebody joined: the branch hears how many have it soon, the person hears of the own on the day. */
export const memberReactions: Consumer['on'] = {
  'members.birthdays_near': async (ctx, event) => {
    const { orgId, people, until } = event.payload
    const told = { kind: 'party_birthdays_near', level: 'normal', facts: { people, until } } as const
    const path = `/members?orgId=${orgId}&joinedMonth=${Number(until.slice(5, 7))}`
    const officers = await officersAt(ctx, [event.orgPath])
    await send(ctx, event, { ...told, path, orgId, orgPath: event.orgPath }, officers)
  },
  'members.birthday': async (ctx, event) => {
    const { years, personIds } = event.payload
    const told = { kind: 'party_birthday', level: 'normal', facts: { years }, path: null, orgId: null } as const
    await send(ctx, event, { ...told, orgPath: event.orgPath }, personIds.map(person))
  },
}
