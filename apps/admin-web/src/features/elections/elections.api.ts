import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { download } from '@tongxin/client/download'
import type { Search } from '@tongxin/client/screen'
import { listElections, readElection, readElectionRoll } from '@tongxin/contract/elections'
import { readCongress } from '@tongxin/contract/elections.congress'
import { exportDelegates, exportElections } from '@tongxin/contract/elections.files'
import { listHandovers } from '@tongxin/contract/elections.handover'
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

export const handoversQuery = (id: string) =>
  queryOptions({
    queryKey: ['elections', 'handovers', id],
    queryFn: ({ signal }) => call(listHandovers, { params: { id }, signal }),
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

type Order = { readonly format: 'xlsx' | 'csv'; readonly purpose: string }
const languageOf = (language: string) => (language.startsWith('zh') ? ('zh-CN' as const) : ('en' as const))

export function saveElections(search: Search, order: Order, language: string): Promise<void> {
  const { limit: _, sort: __, cursor: ___, ...filter } = listQuery<Record<string, unknown>>(inPlace(search))
  const flags = Object.fromEntries(
    (['below', 'open'] as const).flatMap((key) => (key in filter ? [[key, String(filter[key]) === 'true']] : [])),
  )
  return download(exportElections, { body: { ...filter, ...flags, ...order, language: languageOf(language) } })
}

export const saveDelegates = (id: string, order: Order, language: string): Promise<void> =>
  download(exportDelegates, { params: { id }, body: { ...order, language: languageOf(language) } })

export const ALL_ELECTIONS = [['elections'], ['deadlines'], ['workbench'], ['org']] as const
