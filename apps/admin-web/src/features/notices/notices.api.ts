import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { countUnread, listInbox, readMyNotice } from '@tongxin/contract/notices'
import {
  countNoticePeople,
  listNotices,
  listNoticeUnits,
  listReceipts,
  type NoticeTargets,
  type ReceiptView,
  readNotice,
} from '@tongxin/contract/notices.circulars'
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

export const ownQuery = (id: string) =>
  queryOptions({
    queryKey: ['notices', 'own', id],
    queryFn: ({ signal }) => call(readMyNotice, { params: { id }, signal }),
  })

export const noticesQuery = (search: Search) =>
  queryOptions({
    queryKey: ['notices', 'sent', search],
    queryFn: ({ signal }) => call(listNotices, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const noticeQuery = (id: string) =>
  queryOptions({
    queryKey: ['notices', 'one', id],
    queryFn: ({ signal }) => call(readNotice, { params: { id }, signal }),
  })

export const receiptsQuery = (id: string, asked: { view: ReceiptView; orgId: string; cursor: string }) =>
  queryOptions({
    queryKey: ['notices', 'receipts', id, asked],
    queryFn: ({ signal }) => {
      const { view, orgId, cursor } = asked
      const query = { view, limit: 50, ...(orgId ? { orgId } : {}), ...(cursor ? { cursor } : {}) }
      return call(listReceipts, { params: { id }, query, signal })
    },
    placeholderData: keepPreviousData,
  })

export const unitsQuery = (id: string, parentId: string) =>
  queryOptions({
    queryKey: ['notices', 'units', id, parentId],
    queryFn: ({ signal }) => call(listNoticeUnits, { params: { id }, query: parentId ? { parentId } : {}, signal }),
  })

/** How many people are meant, counted while the rule is put together. */
export const peopleQuery = (orgId: string, targets: NoticeTargets) =>
  queryOptions({
    queryKey: ['notices', 'people', orgId, targets],
    enabled: orgId !== '' && targets.orgIds.length + targets.memberIds.length > 0,
    queryFn: ({ signal }) => call(countNoticePeople, { body: { orgId, targets }, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  })

/** Everything of notices in this browser, for reloading after an act or an arrival. */
export const ALL_NOTICES = [['notices']] as const
export const ARRIVALS = ['notices.delivered', 'notices.circulated'] as const
export const RECEIPTS = [
  'notices.confirmed',
  'notices.answered',
  'notices.read',
  'notices.sent',
  'notices.corrected',
  'notices.recalled',
  'notices.resent',
] as const
