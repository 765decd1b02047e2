import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { listOwnMeetings, readOwnMeeting } from '@tongxin/contract/meetings.own'

/** Meetings I am called to, the nearest first. */
export const comingMeetings = queryOptions({
  queryKey: ['meetings', 'coming'],
  queryFn: ({ signal }) => call(listOwnMeetings, { query: { when: 'coming', limit: 20 }, signal }),
})

export const pastMeetings = (cursor: string) =>
  queryOptions({
    queryKey: ['meetings', 'past', cursor],
    queryFn: ({ signal }) =>
      call(listOwnMeetings, { query: { when: 'past', limit: 20, ...(cursor ? { cursor } : {}) }, signal }),
  })

export const meetingQuery = (id: string) =>
  queryOptions({
    queryKey: ['meetings', 'one', id],
    queryFn: ({ signal }) => call(readOwnMeeting, { params: { id }, signal }),
  })

/** Everything of meetings on this device, for reloading after an act. */
export const ALL_MEETINGS = [['meetings']] as const
/** What the person hears of: a notice arrived (convened, changed, reminded), or leave was decided. */
export const MEETING_EVENTS = ['notices.delivered', 'meetings.leave_decided'] as const
