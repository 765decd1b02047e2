import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { readOwnReaches } from '@tongxin/contract/channels.own'

export const CHANNELS = ['channels'] as const

export const ownReachesQuery = queryOptions({
  queryKey: [...CHANNELS, 'own'],
  queryFn: ({ signal }) => call(readOwnReaches, { signal }),
})
