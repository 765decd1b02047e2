import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { UnreachedError } from '@tongxin/client/refused-error'
import {
  listMessages,
  listMyConversations,
  listMyReports,
  readMyConversation,
  readPeople,
} from '@tongxin/contract/conversations.own'
import type { ConversationRecord, ConversationRow, Message } from '@tongxin/contract/conversations.words'
import { listInbox } from '@tongxin/contract/notices'
import { listMyVotes } from '@tongxin/contract/voting.own'
import { keep, kept } from './kept.ts'

/** Everything of conversations on this device: read anew when something was said. */
export const ALL_TALKS = [['conversations']] as const
export const SAID = ['conversations.said'] as const
/** While a page is open it asks again by itself: what was said during a break of the stream is not told twice. */
export const ASK_AGAIN_MS = 30_000

/** The answer of the server, or without a network what was kept on the device; other refusals are thrown. */
async function orKept<T>(key: string, work: () => Promise<T>): Promise<{ value: T; isKept: boolean }> {
  try {
    const value = await work()
    await keep(key, value)
    return { value, isKept: false }
  } catch (error) {
    const before = error instanceof UnreachedError ? await kept<T>(key) : undefined
    if (before === undefined) throw error
    return { value: before, isKept: true }
  }
}

export const talksQuery = queryOptions({
  queryKey: ['conversations', 'list'],
  networkMode: 'always',
  queryFn: async ({ signal }) => {
    const { value, isKept } = await orKept<ConversationRow[]>(
      'list',
      async () => (await call(listMyConversations, { signal })).rows,
    )
    return { rows: value, isKept }
  },
})
export const talkQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversations', 'one', id],
    networkMode: 'always',
    queryFn: async ({ signal }) =>
      (await orKept<ConversationRecord>(`one/${id}`, () => call(readMyConversation, { params: { id }, signal }))).value,
  })

export type Pages = { readonly rows: readonly Message[]; readonly hasOlder: boolean; readonly isKept: boolean }
const PAGE = 50

/** Puts pages together by the number of the server: each message once, a newer answer over an older one. */
export function merged(older: readonly Message[], newer: readonly Message[]): Message[] {
  const bySeq = new Map([...older, ...newer].map((message) => [message.seq, message]))
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

async function newest(id: string, before: Pages | undefined, signal: AbortSignal): Promise<Pages> {
  const page = await call(listMessages, { params: { id }, query: { limit: PAGE }, signal })
  let rows = page.rows
  let hasOlder = page.hasOlder
  const last = before?.rows.at(-1)?.seq
  if (!before || last === undefined) return { rows, hasOlder, isKept: false }
  // What was said while this device was away is fetched until it meets what is here: no gap is ever shown.
  while (hasOlder && (rows[0]?.seq ?? 0) > last + 1) {
    const more = await call(listMessages, { params: { id }, query: { before: rows[0]?.seq ?? 1, limit: 100 }, signal })
    rows = merged(more.rows, rows)
    hasOlder = more.hasOlder
  }
  const first = rows[0]?.seq ?? 0
  // Removed since: what stands before the first of the server and was said to be the oldest.
  const earlier = hasOlder ? before.rows.filter(({ seq }) => seq < first) : []
  return { rows: merged(earlier, rows), hasOlder: earlier.length > 0 ? before.hasOlder : hasOlder, isKept: false }
}

export const messagesQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversations', 'messages', id],
    networkMode: 'always',
    refetchInterval: ASK_AGAIN_MS,
    queryFn: async ({ signal, client }): Promise<Pages> => {
      const key = ['conversations', 'messages', id]
      try {
        const pages = await newest(id, client.getQueryData<Pages>(key), signal)
        await keep(`messages/${id}`, pages.rows.slice(-PAGE))
        return pages
      } catch (error) {
        if (!(error instanceof UnreachedError)) throw error
        const here = client.getQueryData<Pages>(key)
        if (here) return { ...here, isKept: true }
        const rows = await kept<Message[]>(`messages/${id}`)
        if (!rows) throw error
        return { rows, hasOlder: false, isKept: true }
      }
    },
  })
export async function readOlder(client: QueryClient, id: string): Promise<void> {
  const { queryKey } = messagesQuery(id)
  const first = client.getQueryData(queryKey)?.rows[0]?.seq
  if (first === undefined) return
  const page = await call(listMessages, { params: { id }, query: { before: first, limit: PAGE } })
  client.setQueryData(queryKey, (now) => now && { ...now, rows: merged(page.rows, now.rows), hasOlder: page.hasOlder })
}
/** A message that the server has just taken stands in its place at once. */
export const putMessage = (client: QueryClient, id: string, message: Message): void => {
  client.setQueryData(messagesQuery(id).queryKey, (now) => now && { ...now, rows: merged(now.rows, [message]) })
}

export const peopleQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversations', 'people', id],
    queryFn: async ({ signal }) => (await call(readPeople, { params: { id }, body: {}, signal })).rows,
  })
export const reportsQuery = queryOptions({
  queryKey: ['conversations', 'reports'],
  queryFn: async ({ signal }) => (await call(listMyReports, { signal })).rows,
})
/** What can be shown as a card: the own votes and notices. */
export const cardsQuery = queryOptions({
  queryKey: ['conversations', 'cards'],
  queryFn: async ({ signal }) => {
    const [votes, notices] = await Promise.all([
      call(listMyVotes, { signal }),
      call(listInbox, { query: { limit: 20 }, signal }),
    ])
    return {
      vote: votes.rows.map(({ id, title }) => ({ id, title })),
      notice: notices.rows.flatMap(({ id, title }) => (title ? [{ id, title }] : [])),
    }
  },
})
