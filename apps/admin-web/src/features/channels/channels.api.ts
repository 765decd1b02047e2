import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { listOutlets, listOutMessages } from '@tongxin/contract/channels'
import { listQuery } from '../../shared/list/list-search.ts'

/** Everything of channels on this desk, for reloading after an act. */
export const CHANNELS = ['channels'] as const

export const outletsQuery = queryOptions({
  queryKey: [...CHANNELS, 'outlets'],
  queryFn: ({ signal }) => call(listOutlets, { signal }),
})

export const messagesQuery = (search: Search) =>
  queryOptions({
    queryKey: [...CHANNELS, 'messages', search],
    queryFn: ({ signal }) => call(listOutMessages, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
