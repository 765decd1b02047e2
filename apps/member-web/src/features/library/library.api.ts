import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import {
  listMyLibrary,
  listMyLibraryClasses,
  openMyLibraryText,
  readMyLibraryDocument,
  searchMyLibrary,
} from '@tongxin/contract/library'

type Next = { next: string | null }
const nextOf = (page: Next) => page.next ?? undefined

export const classesQuery = () =>
  queryOptions({
    queryKey: ['library', 'classes'],
    queryFn: async ({ signal }) => (await call(listMyLibraryClasses, { signal })).rows,
  })
export const documentsQuery = (classId: string, shared: boolean) =>
  infiniteQueryOptions({
    queryKey: ['library', 'documents', classId, shared],
    queryFn: ({ signal, pageParam }) =>
      call(listMyLibrary, {
        query: {
          ...(classId ? { classId } : {}),
          ...(shared ? { shared } : {}),
          ...(pageParam ? { cursor: pageParam } : {}),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: nextOf,
  })
export const foundQuery = (text: string, classId: string) =>
  infiniteQueryOptions({
    queryKey: ['library', 'found', text, classId],
    queryFn: ({ signal, pageParam }) =>
      call(searchMyLibrary, {
        body: { text, ...(classId ? { classId } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: nextOf,
  })
export const documentQuery = (id: string) =>
  queryOptions({
    queryKey: ['library', 'one', id],
    queryFn: ({ signal }) => call(readMyLibraryDocument, { params: { id }, signal }),
  })
export const wordsQuery = (id: string) =>
  queryOptions({
    queryKey: ['library', 'words', id],
    queryFn: ({ signal }) => call(openMyLibraryText, { params: { id }, body: {}, signal }),
  })
