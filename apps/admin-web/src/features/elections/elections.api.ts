import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { listElections, readElection, readElectionRoll } from '@tongxin/contract/elections'
import { readCongress } from '@tongxin/contract/elections.congress'
import { listMembers } from '@tongxin/contract/members'
import { inPlace, listQuery } from '../../shared/list/list-search.ts'

export const electionsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['elections', 'list', search],
    queryFn: ({ signal }) => call(listElections, { query: listQuery(inPlace(search)), signal }),
    placeholderData: keepPreviousData,
  })

export const electionQuery = (id: string) =>
  queryOptions({
    queryKey: ['elections', 'one', id],
    queryFn: ({ signal }) => call(readElection, { params: { id }, signal }),
  })

export const rollQuery = (id: string) =>
  queryOptions({
    queryKey: ['elections', 'roll', id],
    queryFn: ({ signal }) => call(readElectionRoll, { params: { id }, signal }),
  })

export const congressQuery = (id: string) =>
  queryOptions({
    queryKey: ['elections', 'congress', id],
    queryFn: ({ signal }) => call(readCongress, { params: { id }, signal }),
  })

/** Full members of an organisation by name, for candidates and tellers. */
export const electableQuery = (orgId: string, text: string) =>
  queryOptions({
    queryKey: ['elections', 'people', orgId, text],
    queryFn: async ({ signal }) => {
      const query = { orgId, below: true, category: ['formal' as const], limit: 50, ...(text ? { search: text } : {}) }
      return (await call(listMembers, { query, signal })).rows.map(({ id, name }) => ({ memberId: id, name }))
    },
  })

export const ALL_ELECTIONS = [['elections'], ['deadlines'], ['workbench'], ['org']] as const
