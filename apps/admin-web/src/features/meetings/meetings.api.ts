import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { listAttendees, listCandidates, listMeetings, readMeeting } from '@tongxin/contract/meetings'
import { readLedger, readMeetingFigures } from '@tongxin/contract/meetings.figures'
import { readCode } from '@tongxin/contract/meetings.record'
import { listMeetingSets } from '@tongxin/contract/television.sets'
import { inPlace, listQuery } from '../../shared/list/list-search.ts'

export const meetingsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['meetings', 'list', search],
    queryFn: ({ signal }) => call(listMeetings, { query: listQuery(inPlace(search)), signal }),
    placeholderData: keepPreviousData,
  })

export const meetingQuery = (id: string) =>
  queryOptions({
    queryKey: ['meetings', 'one', id],
    queryFn: ({ signal }) => call(readMeeting, { params: { id }, signal }),
  })

export const attendeesQuery = (id: string, search: Search) =>
  queryOptions({
    queryKey: ['meetings', 'attendees', id, search],
    queryFn: ({ signal }) => call(listAttendees, { params: { id }, query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const candidatesQuery = (orgId: string) =>
  queryOptions({
    queryKey: ['meetings', 'candidates', orgId],
    queryFn: ({ signal }) => call(listCandidates, { query: { orgId }, signal }),
    enabled: orgId !== '',
  })

/** The check-in code of the running half minute; asked again before the next one is due. */
export const codeQuery = (id: string) =>
  queryOptions({
    queryKey: ['meetings', 'code', id],
    queryFn: ({ signal }) => call(readCode, { params: { id }, signal }),
    refetchInterval: 5000,
    retry: false,
  })

/** Sets of the rooms: whether they are on is no event. */
export const televisionQuery = (id: string, text: string) =>
  queryOptions({
    queryKey: ['meetings', 'television', id, text],
    queryFn: ({ signal }) => call(listMeetingSets, { params: { id }, query: text ? { text } : {}, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })

export const figuresQuery = queryOptions({
  queryKey: ['meetings', 'figures'],
  queryFn: ({ signal }) => call(readMeetingFigures, { signal }),
})

export const ledgerQuery = (year: number, search: Search) =>
  queryOptions({
    queryKey: ['meetings', 'ledger', year, search],
    queryFn: ({ signal }) => call(readLedger, { query: { ...listQuery<object>(search), year } as never, signal }),
    placeholderData: keepPreviousData,
  })

/** Everything of meetings at this desk, for reloading after an act. */
export const ALL_MEETINGS = [['meetings']] as const
export const MEETING_EVENTS = [
  'meetings.answered',
  'meetings.checked_in',
  'meetings.check_in_struck',
  'meetings.signed',
  'meetings.archived',
  'meetings.paper_added',
  'meetings.paper_removed',
  'meetings.photo_added',
  'meetings.photos_arranged',
  'meetings.photo_removed',
  'meetings.changed',
  'meetings.cancelled',
] as const
