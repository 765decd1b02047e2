import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { countUnread, listInbox, type NOTICE_LEVELS, readMyNotice, readQuietHours } from '@tongxin/contract/notices'

export type InboxView = 'all' | 'toConfirm' | (typeof NOTICE_LEVELS)[number]
export const INBOX_VIEWS: readonly InboxView[] = ['all', 'toConfirm', 'urgent', 'important', 'normal']
/** Which messages a page shows, as the server is asked for them. */
const askedOf = (view: InboxView) => {
  if (view === 'all') return {}
  return view === 'toConfirm' ? { toConfirm: true } : { level: view }
}
export const inboxQuery = (view: InboxView, cursor: string) =>
  queryOptions({
    queryKey: ['notices', 'inbox', view, cursor],
    queryFn: ({ signal }) =>
      call(listInbox, { query: { limit: 20, ...askedOf(view), ...(cursor ? { cursor } : {}) }, signal }),
  })

export const noticeQuery = (id: string) =>
  queryOptions({
    queryKey: ['notices', 'one', id],
    queryFn: ({ signal }) => call(readMyNotice, { params: { id }, signal }),
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
export const ARRIVALS = ['notices.delivered', 'notices.circulated'] as const
