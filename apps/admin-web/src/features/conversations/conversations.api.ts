import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { listConversationGroups, listReports, readConversationGroup } from '@tongxin/contract/conversations'
import {
  listMessages,
  listMyConversations,
  type MessagePage,
  readMyConversation,
} from '@tongxin/contract/conversations.own'
import { listQuery } from '../../shared/list/list-search.ts'

export const ALL_TALKS = [['conversations'], ['workbench']] as const
export const SAID = ['conversations.said'] as const

export const groupsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['conversations', 'groups', search],
    queryFn: ({ signal }) => call(listConversationGroups, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
export const groupQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversations', 'group', id],
    queryFn: ({ signal }) => call(readConversationGroup, { params: { id }, signal }),
  })
export const reportsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['conversations', 'reports', search],
    queryFn: ({ signal }) => call(listReports, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const talksQuery = queryOptions({
  queryKey: ['conversations', 'list'],
  queryFn: async ({ signal }) => (await call(listMyConversations, { signal })).rows,
})
export const talkQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversations', 'one', id],
    queryFn: ({ signal }) => call(readMyConversation, { params: { id }, signal }),
  })
const ASK_AGAIN_MS = 30_000
const PAGE = 100
/** The newest page; what was loaded of older ones stays before it. */
export const messagesQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversations', 'messages', id],
    refetchInterval: ASK_AGAIN_MS,
    queryFn: async ({ signal, client }): Promise<MessagePage> => {
      const before = client.getQueryData<MessagePage>(['conversations', 'messages', id])
      const page = await call(listMessages, { params: { id }, query: { limit: PAGE }, signal })
      const first = page.rows[0]?.seq ?? 0
      const older = (before?.rows ?? []).filter(({ seq }) => seq < first)
      // A gap between what is here and the newest page: the older ones are asked for anew.
      if (!page.hasOlder || older.at(-1)?.seq !== first - 1) return page
      return { ...page, rows: [...older, ...page.rows], hasOlder: before?.hasOlder ?? page.hasOlder }
    },
  })
export async function readOlder(client: QueryClient, id: string): Promise<void> {
  const { queryKey } = messagesQuery(id)
  const before = client.getQueryData(queryKey)?.rows[0]?.seq
  if (before === undefined) return
  const page = await call(listMessages, { params: { id }, query: { before, limit: PAGE } })
  client.setQueryData(queryKey, (now) => now && { ...now, rows: [...page.rows, ...now.rows], hasOlder: page.hasOlder })
}
