import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { listIssuedTasks, readTask, readTaskTimes } from '@tongxin/contract/tasks'
import { listTaskParts, readTaskPart } from '@tongxin/contract/tasks.parts'
import { listInfoReports, readInfoMonth, readInfoReport } from '@tongxin/contract/tasks.reports'
import { inPlace, listQuery } from '../../shared/list/list-search.ts'

export const ALL_TASKS = [['tasks'], ['workbench'], ['deadlines']] as const

export const tasksQuery = (search: Search) =>
  queryOptions({
    queryKey: ['tasks', 'issued', search],
    queryFn: ({ signal }) => call(listIssuedTasks, { query: listQuery(inPlace(search)), signal }),
    placeholderData: keepPreviousData,
  })
export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', 'one', id],
    queryFn: ({ signal }) => call(readTask, { params: { id }, signal }),
  })
export const partsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['tasks', 'parts', search],
    queryFn: ({ signal }) => call(listTaskParts, { query: listQuery(inPlace(search)), signal }),
    placeholderData: keepPreviousData,
  })
export const partQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', 'part', id],
    queryFn: ({ signal }) => call(readTaskPart, { params: { id }, signal }),
  })
/** The parts of a task, or those into which a part was passed on, a page after another. */
export const branchQuery = (of: { taskId: string } | { parentPartId: string }, cursor: string) =>
  queryOptions({
    queryKey: ['tasks', 'branch', of, cursor],
    queryFn: ({ signal }) =>
      call(listTaskParts, { query: { ...of, limit: 50, ...(cursor ? { cursor } : {}) }, signal }),
  })
export const timesQuery = ({ from, until, orgId }: Search) =>
  queryOptions({
    queryKey: ['tasks', 'times', from, until, orgId],
    queryFn: ({ signal }) =>
      call(readTaskTimes, {
        query: { ...(from ? { from } : {}), ...(until ? { until } : {}), ...(orgId ? { orgId } : {}) },
        signal,
      }),
    placeholderData: keepPreviousData,
  })
export const reportsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['tasks', 'reports', search],
    queryFn: ({ signal }) => call(listInfoReports, { query: listQuery(inPlace(search)), signal }),
    placeholderData: keepPreviousData,
  })
export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', 'report', id],
    queryFn: ({ signal }) => call(readInfoReport, { params: { id }, signal }),
  })
export const monthQuery = (month: string, orgId: string) =>
  queryOptions({
    queryKey: ['tasks', 'month', month, orgId],
    queryFn: ({ signal }) => call(readInfoMonth, { query: { month, ...(orgId ? { orgId } : {}) }, signal }),
    placeholderData: keepPreviousData,
  })
