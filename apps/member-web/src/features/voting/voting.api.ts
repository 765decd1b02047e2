import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { listDrawn, listMyVotes, listVoteNames, type MyVote, readMyVote } from '@tongxin/contract/voting.own'
import { writeInsOf } from './ballot-acts.ts'
import type { Person } from './WriteIns.tsx'

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

/** Who may be written in, by question; each name is held against the signed plan before it is shown. */
export const directoryQuery = (vote: MyVote) =>
  queryOptions({
    // Frozen with the plan: nothing that happens makes it stale.
    queryKey: ['voting-names', vote.id, vote.electionId],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const open = vote.questions.filter(({ writeIn }) => writeIn)
      if (vote.grade === null || open.length === 0) return new Map<string, readonly Person[]>()
      const { rows } = await call(listVoteNames, { params: { id: vote.id }, signal })
      return new Map(open.map(({ id }) => [id, writeInsOf(vote, id, rows)]))
    },
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
