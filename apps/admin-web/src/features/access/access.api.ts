import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { listAccounts, listActivations, listNotActivated, readActivation } from '@tongxin/contract/access.activation'
import { findPeople, listGrantRequests, listGrants } from '@tongxin/contract/access.grants'
import { listRecoveries, readRecoveryCode } from '@tongxin/contract/access.recovery'
import { listQuery } from '../../shared/list/list-search.ts'

/** Every query of this module begins with this, so that one act refreshes what it touches. */
export const ACCESS = ['access'] as const

export const waitingQuery = (search: Search) =>
  queryOptions({
    queryKey: [...ACCESS, 'waiting', search],
    queryFn: ({ signal }) => call(listNotActivated, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
export const batchesQuery = (search: Search) =>
  queryOptions({
    queryKey: [...ACCESS, 'batches', search],
    queryFn: ({ signal }) => call(listActivations, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
export const accountsQuery = (search: Search) =>
  queryOptions({
    queryKey: [...ACCESS, 'accounts', search],
    queryFn: ({ signal }) => call(listAccounts, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
export const grantsQuery = (search: Search) =>
  queryOptions({
    queryKey: [...ACCESS, 'grants', search],
    queryFn: ({ signal }) => {
      const { ended, ...asked } = listQuery<Record<string, string>>(search)
      return call(listGrants, { query: { ...asked, ...(ended ? { ended: true } : {}) }, signal })
    },
    placeholderData: keepPreviousData,
  })
export const proposalsQuery = (search: Search) =>
  queryOptions({
    queryKey: [...ACCESS, 'proposals', search],
    queryFn: ({ signal }) => call(listGrantRequests, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
export const recoveriesQuery = (search: Search) =>
  queryOptions({
    queryKey: [...ACCESS, 'recoveries', search],
    queryFn: ({ signal }) => call(listRecoveries, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
export const peopleQuery = (search: string) =>
  queryOptions({
    queryKey: [...ACCESS, 'people', search],
    enabled: search.trim() !== '',
    queryFn: ({ signal }) => call(findPeople, { query: { search: search.trim() }, signal }),
  })

/** Looks again every three seconds: the person in the room is typing. */
export const screenCodeQuery = (id: string) =>
  queryOptions({
    queryKey: [...ACCESS, 'screen', id],
    queryFn: ({ signal }) => call(readActivation, { params: { id }, signal }),
    refetchInterval: 3000,
  })
export const recoveryCodeQuery = (id: string) =>
  queryOptions({
    queryKey: [...ACCESS, 'recovery-code', id],
    queryFn: ({ signal }) => call(readRecoveryCode, { params: { id }, signal }),
  })
