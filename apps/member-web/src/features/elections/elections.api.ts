import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { findElectable, listMyElections, readMyElection } from '@tongxin/contract/elections.own'

export const myElections = queryOptions({
  queryKey: ['elections', 'mine'],
  queryFn: ({ signal }) => call(listMyElections, { signal }),
})

export const myElection = (id: string) =>
  queryOptions({
    queryKey: ['elections', 'one', id],
    queryFn: ({ signal }) => call(readMyElection, { params: { id }, signal }),
  })

export const electable = (id: string, text: string) =>
  queryOptions({
    queryKey: ['elections', 'people', id, text],
    queryFn: ({ signal }) => call(findElectable, { params: { id }, query: { text }, signal }),
    enabled: text !== '',
  })

export const ALL_ELECTIONS = [['elections']] as const
