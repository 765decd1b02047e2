import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { countUnread, listInbox, readQuietHours } from '@tongxin/contract/notices'

export const inboxQuery = (cursor: string) =>
  queryOptions({
    queryKey: ['notices', 'inbox', cursor],
    queryFn: ({ signal }) => call(listInbox, { query: { limit: 20, ...(cursor ? { cursor } : {}) }, signal }),
  })

export const unreadQuery = queryOptions({
  queryKey: ['notices', 'unread'],
  queryFn: ({ signal }) => call(countUnread, { signal }),
})

export const quietHoursQuery = queryOptions({
  queryKey: ['notices', 'quiet'],
  queryFn: ({ signal }) => call(readQuietHours, { signal }),
})

/** Everything of notices on this device, for reloading after an act or an arrival. */
export const ALL_NOTICES = [['notices']] as const
export const ARRIVALS = ['notices.delivered', 'notices.resent'] as const
