import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { compareVersions, listCourses, readCourse } from '@tongxin/contract/learning'
import { listLearners } from '@tongxin/contract/learning.learners'
import { listPlanPeople, listPlans, listPlanUnits, readPlan } from '@tongxin/contract/learning.plans'
import { listQuery } from '../../shared/list/list-search.ts'

export const coursesQuery = (search: Search) =>
  queryOptions({
    queryKey: ['learning', 'courses', search],
    queryFn: ({ signal }) => call(listCourses, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const courseQuery = (id: string) =>
  queryOptions({
    queryKey: ['learning', 'course', id],
    queryFn: ({ signal }) => call(readCourse, { params: { id }, signal }),
    // Pages of slides are drawn within minutes: whoever waits for them sees them come.
    refetchInterval: ({ state }) =>
      state.data?.undrawn.some((one) => one.state === 'waiting' && one.why === null) ? 10_000 : false,
  })

export const differencesQuery = (id: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['learning', 'differences', id, from, to],
    queryFn: ({ signal }) => call(compareVersions, { params: { id }, query: { from, to }, signal }),
  })

type LearnerFilter = { cursor?: string; completed?: boolean; orgId?: string; text?: string }
export const learnersQuery = (id: string, filter: LearnerFilter) =>
  queryOptions({
    queryKey: ['learning', 'learners', id, filter],
    queryFn: ({ signal }) => call(listLearners, { params: { id }, query: { limit: 20, ...filter }, signal }),
    placeholderData: keepPreviousData,
  })

export const plansQuery = (search: Search) =>
  queryOptions({
    queryKey: ['learning', 'plans', search],
    queryFn: ({ signal }) => call(listPlans, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const planQuery = (id: string) =>
  queryOptions({
    queryKey: ['learning', 'plan', id],
    queryFn: ({ signal }) => call(readPlan, { params: { id }, signal }),
  })

type PersonFilter = { cursor?: string; finished?: boolean; overdue?: boolean; orgId?: string; text?: string }
export const planPeopleQuery = (id: string, filter: PersonFilter) =>
  queryOptions({
    queryKey: ['learning', 'plan-people', id, filter],
    queryFn: ({ signal }) => call(listPlanPeople, { params: { id }, query: { limit: 20, ...filter }, signal }),
    placeholderData: keepPreviousData,
  })

export const planUnitsQuery = (id: string, orgId: string | undefined) =>
  queryOptions({
    queryKey: ['learning', 'plan-units', id, orgId],
    queryFn: ({ signal }) => call(listPlanUnits, { params: { id }, query: orgId ? { orgId } : {}, signal }),
    placeholderData: keepPreviousData,
  })

export const ALL_LEARNING = [['learning'], ['workbench'], ['deadlines']] as const
