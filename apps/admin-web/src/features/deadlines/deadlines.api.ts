import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { countDeadlines, listDeadlines } from '@tongxin/contract/deadlines'
import { listQuery } from '../../shared/list/list-search.ts'

export const deadlinesQuery = (search: Search) =>
  queryOptions({
    queryKey: ['deadlines', 'list', search],
    queryFn: ({ signal }) => call(listDeadlines, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

/** By lamp, for the module and organisation that the list is narrowed to. */
export const countsQuery = ({ module = '', orgId = '', below = '' }: Search) =>
  queryOptions({
    queryKey: ['deadlines', 'counts', module, orgId, below],
    queryFn: ({ signal }) =>
      call(countDeadlines, {
        query: { ...(module ? { module } : {}), ...(orgId ? { orgId, below: below === 'true' } : {}) },
        signal,
      }),
    placeholderData: keepPreviousData,
  })
