import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { listDrawn, listMyVotes, readMyVote } from '@tongxin/contract/voting.own'

export const myVotes = queryOptions({
  queryKey: ['voting', 'list'],
  queryFn: ({ signal }) => call(listMyVotes, { signal }),
})

/** Phases close by the clock of the database, without an event: the page asks again now and then. */
export const voteQuery = (id: string) =>
  queryOptions({
    queryKey: ['voting', 'one', id],
    queryFn: ({ signal }) => call(readMyVote, { params: { id }, signal }),
    refetchInterval: 20_000,
  })

export const drawnQuery = (id: string) =>
  queryOptions({
    queryKey: ['voting', 'drawn', id],
    queryFn: ({ signal }) => call(listDrawn, { params: { id }, signal }),
  })

export const ALL_VOTING = [['voting']] as const
/** What voters hear of. */
export const VOTING_EVENTS = [
  'voting.announced',
  'voting.opened',
  'voting.drawing_closed',
  'voting.closed',
  'voting.published',
  'voting.cancelled',
  'notices.delivered',
] as const
