import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import {
  listArticles,
  listColumns,
  readArticle,
  readArticleSpread,
  readArticleVersion,
} from '@tongxin/contract/publishing'
import { listComments } from '@tongxin/contract/publishing.comments'
import { inPlace, listQuery } from '../../shared/list/list-search.ts'

export const ALL_ARTICLES = [['publishing'], ['workbench']] as const

export const columnsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['publishing', 'columns', search],
    queryFn: ({ signal }) => call(listColumns, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
/** Open columns to choose from. */
export const openColumnsQuery = () =>
  queryOptions({
    queryKey: ['publishing', 'open-columns'],
    queryFn: ({ signal }) => call(listColumns, { query: { open: true, limit: 100 }, signal }),
  })
export const articlesQuery = (search: Search) =>
  queryOptions({
    queryKey: ['publishing', 'articles', search],
    queryFn: ({ signal }) => call(listArticles, { query: listQuery(inPlace(search)), signal }),
    placeholderData: keepPreviousData,
  })
export const articleQuery = (id: string) =>
  queryOptions({
    queryKey: ['publishing', 'article', id],
    queryFn: ({ signal }) => call(readArticle, { params: { id }, signal }),
  })
export const versionQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: ['publishing', 'version', id, number],
    queryFn: ({ signal }) => call(readArticleVersion, { params: { id, number }, signal }),
  })
export const spreadQuery = (id: string) =>
  queryOptions({
    queryKey: ['publishing', 'spread', id],
    queryFn: ({ signal }) => call(readArticleSpread, { params: { id }, signal }),
  })
export const commentsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['publishing', 'comments', search],
    queryFn: ({ signal }) => call(listComments, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
