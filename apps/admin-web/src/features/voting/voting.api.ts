import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { download } from '@tongxin/client/download'
import type { Search } from '@tongxin/client/screen'
import { listRoll, listVotes, readVote } from '@tongxin/contract/voting'
import { readNamedVotes } from '@tongxin/contract/voting.count'
import { exportVotes } from '@tongxin/contract/voting.files'
import { listQuery } from '../../shared/list/list-search.ts'

export const votesQuery = (search: Search) =>
  queryOptions({
    queryKey: ['voting', 'list', search],
    queryFn: ({ signal }) => call(listVotes, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

/** Phases close by the clock of the database, without an event: the page asks again now and then. */
export const voteQuery = (id: string) =>
  queryOptions({
    queryKey: ['voting', 'one', id],
    queryFn: ({ signal }) => call(readVote, { params: { id }, signal }),
    refetchInterval: 20_000,
  })

export const rollQuery = (id: string, asked: { way: string; text: string; cursor: string }) =>
  queryOptions({
    queryKey: ['voting', 'roll', id, asked],
    queryFn: ({ signal }) => {
      const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''))
      return call(listRoll, { params: { id }, query: { limit: 50, ...given } as never, signal })
    },
    placeholderData: keepPreviousData,
  })

export const namedQuery = (id: string, cursor: string) =>
  queryOptions({
    queryKey: ['voting', 'named', id, cursor],
    queryFn: ({ signal }) =>
      call(readNamedVotes, { params: { id }, query: { limit: 100, ...(cursor ? { cursor } : {}) }, signal }),
  })

/** The published SHA-256 of the trustees' page, as `sha256sum` prints it. */
export const trusteePageQuery = queryOptions({
  queryKey: ['voting', 'trustee-page'],
  queryFn: async ({ signal }) => {
    const answer = await fetch('/trustees.html.sha256', { signal })
    if (!answer.ok) throw new Error(`trustees.html.sha256: ${answer.status}`)
    return (await answer.text()).split(' ')[0] ?? ''
  },
  staleTime: Number.POSITIVE_INFINITY,
})

type Order = { readonly format: 'xlsx' | 'csv'; readonly purpose: string }

/** The list under its filters as a file. */
export function saveVotes(search: Search, order: Order, language: string): Promise<void> {
  const { limit: _, sort: __, cursor: ___, ...filter } = listQuery<Record<string, unknown>>(search)
  const body = { ...filter, ...order, language: language.startsWith('zh') ? ('zh-CN' as const) : ('en' as const) }
  return download(exportVotes, { body })
}

export const ALL_VOTING = [['voting']] as const
export const VOTING_EVENTS = [
  'voting.prepared',
  'voting.changed',
  'voting.keyed',
  'voting.announced',
  'voting.opened',
  'voting.drawn',
  'voting.paper_given',
  'voting.drawing_closed',
  'voting.closed',
  'voting.counted',
  'voting.published',
  'voting.cancelled',
] as const
