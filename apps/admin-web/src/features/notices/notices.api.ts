import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { countUnread, listInbox, listNotices, listReceipts } from '@tongxin/contract/notices'
import { listQuery } from '../../shared/list/list-search.ts'

export const inboxQuery = (search: Search) =>
  queryOptions({
    queryKey: ['notices', 'inbox', search],
    queryFn: ({ signal }) => call(listInbox, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const unreadQuery = queryOptions({
  queryKey: ['notices', 'unread'],
  queryFn: ({ signal }) => call(countUnread, { signal }),
})

export const noticesQuery = (search: Search) =>
  queryOptions({
    queryKey: ['notices', 'sent', search],
    queryFn: ({ signal }) => call(listNotices, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const missingQuery = (id: string) =>
  queryOptions({
    queryKey: ['notices', 'missing', id],
    queryFn: ({ signal }) => call(listReceipts, { params: { id }, query: { missing: true, limit: 100 }, signal }),
  })

/** Everything of notices in this browser, for reloading after an act or an arrival. */
export const ALL_NOTICES = [['notices']] as const
export const ARRIVALS = ['notices.delivered', 'notices.resent'] as const
export const RECEIPTS = ['notices.confirmed', 'notices.read', 'notices.sent', 'notices.resent'] as const
