import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { RefusedError } from '@tongxin/client/refused-error'
import { listMyTrail } from '@tongxin/contract/audit'
import { listMyLooks, readMyRecord } from '@tongxin/contract/members'
import { readMyPortrait } from '@tongxin/contract/members.portrait'

/** My own record, or null where I have none (administrators). */
export const recordQuery = queryOptions({
  queryKey: ['record', 'mine'],
  queryFn: async ({ signal }) => {
    try {
      return await call(readMyRecord, { signal })
    } catch (error) {
      if (error instanceof RefusedError && error.code === 'members.no_record') return null
      throw error
    }
  },
})

/** Myself on one page, or null where I have no record. */
export const portraitQuery = queryOptions({
  queryKey: ['record', 'portrait'],
  queryFn: async ({ signal }) => {
    try {
      return await call(readMyPortrait, { signal })
    } catch (error) {
      if (error instanceof RefusedError && error.code === 'members.no_record') return null
      throw error
    }
  },
})

/** Who looked at my sensitive data, newest first. */
export const looksQuery = infiniteQueryOptions({
  queryKey: ['record', 'looks'],
  queryFn: ({ pageParam, signal }) => call(listMyLooks, { query: pageParam ? { cursor: pageParam } : {}, signal }),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
})

/** What was done with my data, newest first. */
export const trailQuery = (byOthers: boolean) =>
  infiniteQueryOptions({
    queryKey: ['record', 'trail', byOthers],
    queryFn: ({ pageParam, signal }) =>
      call(listMyTrail, {
        query: { ...(pageParam ? { cursor: pageParam } : {}), ...(byOthers ? { byOthers } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
