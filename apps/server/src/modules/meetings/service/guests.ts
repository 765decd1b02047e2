import type { Ctx, Tx } from '../../../platform/ctx.ts'
import type { NewAttendee } from '../queries/attendees.queries.ts'
import { jointOf } from '../queries/joint.queries.ts'
import type { NewMeeting } from '../queries/meetings.queries.ts'
import { jointMembers } from './joint.ts'
import { secondHomeGuests } from './second-homes.ts'

/** With the members of branches that hold it together, and those for whom this is a second branch. */
export async function withGuests(
  ctx: Ctx<Tx>,
  meeting: NewMeeting,
  own: readonly NewAttendee[],
): Promise<NewAttendee[]> {
  const joint = await jointOf(ctx.db, ctx.actor.tenantId, meeting.id)
  const guests = await jointMembers(ctx, joint)
  if (meeting.invites.who === 'all') guests.push(...(await secondHomeGuests(ctx, meeting.orgId, meeting.heldOn)))
  const everyone = new Map([...guests, ...own].map((one) => [one.id, one]))
  return [...everyone.values()]
}
