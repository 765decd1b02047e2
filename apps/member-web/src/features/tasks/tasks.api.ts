import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { listMyTaskParts, readMyTaskPart } from '@tongxin/contract/tasks.own'

export const ALL_TASKS = [['tasks'], ['deadlines']] as const

export const partsQuery = (done: boolean) =>
  infiniteQueryOptions({
    queryKey: ['tasks', 'mine', done],
    queryFn: ({ signal, pageParam }) =>
      call(listMyTaskParts, { query: { done, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page: { next: string | null }) => page.next ?? undefined,
  })
export const partQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', 'one', id],
    queryFn: ({ signal }) => call(readMyTaskPart, { params: { id }, signal }),
  })
