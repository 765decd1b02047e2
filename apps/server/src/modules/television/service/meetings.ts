import {
  type Input,
  type listMeetingSets,
  type Reply,
  televisionRefusals as refusals,
  type showMeeting,
  type takeMeetingOff,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import * as q from '../queries/sets.queries.ts'
import { minutesBefore, ONLINE_MINUTES } from '../television.policy.ts'
import type { TelevisionPorts } from '../television.ports.ts'

/** Rooms of one unit and those below it: more than fit on the dialog are found by name. */
const MOST_SETS = 50

const subjectOf = ({ id, orgPath }: q.TvSet) => ({ kind: 'television_set', id, orgPath })

/** The title of the meeting whose code the set shows at the moment. */
export const meetingShown = (set: Pick<q.TvSet, 'meetingTitle' | 'meetingUntil'>, now: Date): string | null =>
  set.meetingUntil !== null && set.meetingUntil > now ? set.meetingTitle : null

export const list =
  ({ meetingToShow }: TelevisionPorts) =>
  async (ctx: Ctx, { params, query }: Input<typeof listMeetingSets>): Promise<Reply<typeof listMeetingSets>> => {
    await meetingToShow(ctx, params.id)
    const onlineSince = minutesBefore(ctx.now, ONLINE_MINUTES)
    const sets = await q.setsForMeeting(ctx.db, ctx.actor, { text: query.text ?? null, onlineSince, most: MOST_SETS })
    return {
      rows: sets.map((set) => {
        const title = meetingShown(set, ctx.now)
        const shows = title === null ? 'nothing' : set.meetingId === params.id ? 'this' : 'other'
        return {
          id: set.id,
          name: set.name,
          place: set.place,
          orgName: set.unitName,
          isOnline: set.lastSeenAt !== null && set.lastSeenAt > onlineSince,
          shows,
          otherTitle: shows === 'other' ? title : null,
        }
      }),
    }
  }

/** A set in use of the units that the post acts for. @throws Refusal `television.set_not_found`, `television.set_ended` */
async function locked(ctx: Ctx<Tx>, id: string): Promise<q.TvSet> {
  const set = await q.lockSet(ctx.db, ctx.actor, id)
  if (!set) throw refusals.set_not_found()
  if (set.endedAt) throw refusals.set_ended()
  return set
}

/** Both the meeting and the set are of the caller's reach: nobody puts a code into a room that is not his. */
export const show =
  ({ meetingToShow }: TelevisionPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof showMeeting>): Promise<Reply<typeof showMeeting>> => {
    const { title, closesAt } = await meetingToShow(ctx, body.meetingId)
    const set = await locked(ctx, params.id)
    const { tenantId, personId } = ctx.actor
    if (set.meetingId === body.meetingId && meetingShown(set, ctx.now) !== null) return { id: set.id, meeting: title }
    const meeting = { id: body.meetingId, title, until: closesAt, by: personId }
    await q.setMeeting(ctx.db, tenantId, set.id, meeting)
    const payload = { setName: set.name, title, meetingId: body.meetingId }
    await publish(ctx, 'television.meeting_shown', subjectOf(set), payload)
    return { id: set.id, meeting: title }
  }

export async function takeOff(
  ctx: Ctx<Tx>,
  { params }: Input<typeof takeMeetingOff>,
): Promise<Reply<typeof takeMeetingOff>> {
  const set = await locked(ctx, params.id)
  if (set.meetingId === null) return { id: set.id, meeting: null }
  await q.setMeeting(ctx.db, ctx.actor.tenantId, set.id, null)
  const payload = { setName: set.name, title: set.meetingTitle ?? '' }
  await publish(ctx, 'television.meeting_taken_off', subjectOf(set), payload)
  return { id: set.id, meeting: null }
}
