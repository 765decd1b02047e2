import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { UnreachedError } from '@tongxin/client/refused-error'
import {
  listMyCourses,
  listPublicCourses,
  readMyCourse,
  readMyHabit,
  readMyLearning,
  readMyWeek,
  readPublicCourse,
} from '@tongxin/contract/learning.own'
import { keptCourse, keptCourses, refreshKept } from '../../shared/offline-courses.ts'

export const myLearning = queryOptions({
  queryKey: ['learning', 'mine'],
  queryFn: ({ signal }) => call(readMyLearning, { signal }),
  networkMode: 'always',
  retry: false,
})

export type CourseFilter = { column?: string; kind?: string; state?: string; text?: string }
export const myCourses = (filter: CourseFilter) =>
  infiniteQueryOptions({
    queryKey: ['learning', 'courses', filter],
    queryFn: ({ signal, pageParam }) =>
      call(listMyCourses, { query: { ...filter, ...(pageParam ? { cursor: pageParam } : {}) } as never, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })

/** The course from the server; without a network the copy on this device, with what was noted since. */
export const myCourse = (id: string, personId: string) =>
  queryOptions({
    queryKey: ['learning', 'course', id, personId],
    networkMode: 'always',
    retry: false,
    queryFn: async ({ signal }) => {
      try {
        const course = await call(readMyCourse, { params: { id }, signal })
        await refreshKept(course, personId)
        return course
      } catch (error) {
        const kept = error instanceof UnreachedError ? await keptCourse(id, personId) : null
        if (kept === null) throw error
        return kept
      }
    },
  })

export const keptHere = (personId: string) =>
  queryOptions({
    queryKey: ['learning', 'kept', personId],
    queryFn: () => keptCourses(personId),
    networkMode: 'always',
    staleTime: 0,
  })

export const myHabit = queryOptions({
  queryKey: ['learning', 'habit'],
  queryFn: ({ signal }) => call(readMyHabit, { signal }),
})

export const myWeek = queryOptions({
  queryKey: ['learning', 'week'],
  queryFn: ({ signal }) => call(readMyWeek, { signal }),
})

export type PublicFilter = { column?: string; text?: string }
export const publicCourses = (filter: PublicFilter) =>
  queryOptions({
    queryKey: ['learning', 'public', filter],
    queryFn: ({ signal }) => call(listPublicCourses, { query: filter as never, signal }),
  })
export const publicCourse = (id: string) =>
  queryOptions({
    queryKey: ['learning', 'public-course', id],
    queryFn: ({ signal }) => call(readPublicCourse, { params: { id }, signal }),
  })

export const ALL_LEARNING = [['learning']] as const
