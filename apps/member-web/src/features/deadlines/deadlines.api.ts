import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { listOwnDeadlines } from '@tongxin/contract/deadlines'

export const ownDeadlinesQuery = (cursor: string) =>
  queryOptions({
    queryKey: ['deadlines', cursor],
    queryFn: ({ signal }) => call(listOwnDeadlines, { query: { limit: 20, ...(cursor ? { cursor } : {}) }, signal }),
    placeholderData: keepPreviousData,
  })
