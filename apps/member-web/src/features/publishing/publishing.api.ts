import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { listMyArticles, listMyColumns, listMyComments, readMyArticle } from '@tongxin/contract/publishing.own'

const nextOf = (page: { next: string | null }) => page.next ?? undefined

export const columnsQuery = queryOptions({
  queryKey: ['publishing', 'columns'],
  queryFn: ({ signal }) => call(listMyColumns, { signal }),
})
export const articlesQuery = (filter: { readonly columnId?: string; readonly text?: string }) =>
  infiniteQueryOptions({
    queryKey: ['publishing', 'articles', filter],
    queryFn: ({ signal, pageParam }) =>
      call(listMyArticles, { query: { ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: nextOf,
  })
export const latestQuery = queryOptions({
  queryKey: ['publishing', 'latest'],
  queryFn: ({ signal }) => call(listMyArticles, { query: { limit: 4 }, signal }),
})
export const articleQuery = (id: string) =>
  queryOptions({
    queryKey: ['publishing', 'article', id],
    queryFn: ({ signal }) => call(readMyArticle, { params: { id }, signal }),
    // Read once is counted once, however often the page is looked at again.
    staleTime: 300_000,
  })
export const commentsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['publishing', 'comments', id],
    queryFn: ({ signal, pageParam }) =>
      call(listMyComments, { params: { id }, query: pageParam ? { cursor: pageParam } : {}, signal }),
    initialPageParam: '',
    getNextPageParam: nextOf,
  })
