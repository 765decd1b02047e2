import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import {
  listLibrary,
  listLibraryClasses,
  listLibraryReadings,
  openLibraryText,
  readLibraryDocument,
  readLibraryUsage,
  searchLibrary,
} from '@tongxin/contract/library'
import type { LibraryKind } from '@tongxin/contract/library.words'
import { inPlace, listQuery } from '../../shared/list/list-search.ts'

export const ALL_LIBRARY = [['library']] as const

export const classesQuery = () =>
  queryOptions({
    queryKey: ['library', 'classes'],
    queryFn: async ({ signal }) => (await call(listLibraryClasses, { signal })).rows,
  })
export const documentsQuery = ({ text: _, ...search }: Search) =>
  queryOptions({
    queryKey: ['library', 'documents', search],
    queryFn: ({ signal }) => call(listLibrary, { query: listQuery(inPlace(search)), signal }),
    placeholderData: keepPreviousData,
  })
export const foundQuery = ({ text = '', classId = '', kind = '' }: Search) =>
  infiniteQueryOptions({
    queryKey: ['library', 'found', text, classId, kind],
    queryFn: ({ signal, pageParam }) =>
      call(searchLibrary, {
        body: {
          text,
          ...(classId ? { classId } : {}),
          ...(kind ? { kind: kind as LibraryKind } : {}),
          ...(pageParam ? { cursor: pageParam } : {}),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page: { next: string | null }) => page.next ?? undefined,
  })
export const documentQuery = (id: string) =>
  queryOptions({
    queryKey: ['library', 'document', id],
    queryFn: ({ signal }) => call(readLibraryDocument, { params: { id }, signal }),
  })
export const wordsQuery = (id: string) =>
  queryOptions({
    queryKey: ['library', 'words', id],
    queryFn: ({ signal }) => call(openLibraryText, { params: { id }, body: {}, signal }),
  })
export const readingsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['library', 'readings', id],
    queryFn: ({ signal, pageParam }) =>
      call(listLibraryReadings, {
        params: { id },
        query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page: { next: string | null }) => page.next ?? undefined,
  })
export const usageQuery = () =>
  queryOptions({ queryKey: ['library', 'usage'], queryFn: ({ signal }) => call(readLibraryUsage, { signal }) })
/** Statutes by title, for saying which one is replaced. */
export const statutesQuery = (text: string) =>
  queryOptions({
    queryKey: ['library', 'statutes', text],
    queryFn: async ({ signal }) =>
      text === ''
        ? (await call(listLibrary, { query: { kind: 'statute', limit: 20 }, signal })).rows
        : (await call(searchLibrary, { body: { text, kind: 'statute' }, signal })).rows,
    placeholderData: keepPreviousData,
  })
