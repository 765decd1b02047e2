import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { type AuditFilter, readRetention, searchAudit } from '@tongxin/contract/audit'
import { PAGE_SIZES } from '../../shared/list/list-search.ts'

const FILTERS = ['module', 'orgId', 'by', 'actor', 'person', 'actorId', 'personId', 'subjectId', 'text'] as const

/** The filter of the audit from the URL. */
export function filterOf(search: Search): AuditFilter {
  const filter: Record<string, string | boolean> = {}
  for (const name of FILTERS) if (search[name]) filter[name] = search[name]
  if (search.atFrom) filter.from = search.atFrom
  if (search.atTo) filter.to = search.atTo
  if (search.orgId) filter.below = search.below === 'true'
  return filter as AuditFilter
}

/**
 * Each answer is an entry in the audit, so it is asked for only when a person asks: what is open beside the list is no
 * part of the key, and neither hovering over a link nor coming back to the window asks again.
 */
export function auditQuery(search: Search) {
  const body = {
    filter: filterOf(search),
    limit: Number(search.limit ?? PAGE_SIZES[0]),
    ...(search.cursor ? { cursor: search.cursor } : {}),
  }
  return queryOptions({
    queryKey: ['audit', 'search', body],
    queryFn: ({ signal }) => call(searchAudit, { body, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

export const retentionQuery = queryOptions({
  queryKey: ['audit', 'retention'],
  queryFn: ({ signal }) => call(readRetention, { signal }),
  staleTime: 3_600_000,
})
