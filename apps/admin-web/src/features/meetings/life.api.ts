import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { readAttendance } from '@tongxin/contract/meetings.figures'
import { listJointAsked, listJointOf, listSecondHomes } from '@tongxin/contract/meetings.joint'
import { readStudy } from '@tongxin/contract/meetings.study'
import { listTalks, readTalkMatrix } from '@tongxin/contract/meetings.talks'
import { listProposals, listTasks, readAdvice } from '@tongxin/contract/meetings.work'
import { readYear } from '@tongxin/contract/meetings.year'
import { dateOf } from '@tongxin/ui'
import { listQuery } from '../../shared/list/list-search.ts'

/** The running year in China. */
export const thisYear = (): number => Number(dateOf(Date.now()).slice(0, 4))
/** The year of the page's address, or the running one. */
export const yearIn = (search: Search): number => Number(search.year) || thisYear()
export const YEARS_BACK = [-1, 0, 1, 2] as const

/** The lists of this module always hold what is below the unit: the box of the filter asks nothing more. */
const askedOf = ({ below: _, ...search }: Search) => listQuery<object>(search)

const inUnit = (orgId: string | undefined) => (orgId ? { orgId } : {})

export const yearQuery = (year: number, orgId: string | undefined) =>
  queryOptions({
    queryKey: ['meetings', 'year', year, orgId ?? ''],
    queryFn: ({ signal }) => call(readYear, { query: { year, ...inUnit(orgId) }, signal }),
    placeholderData: keepPreviousData,
  })

export const proposalsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['meetings', 'proposals', search],
    queryFn: ({ signal }) => call(listProposals, { query: askedOf(search), signal }),
    placeholderData: keepPreviousData,
  })

export const tasksQuery = (search: Search) =>
  queryOptions({
    queryKey: ['meetings', 'tasks', search],
    queryFn: ({ signal }) => call(listTasks, { query: askedOf(search), signal }),
    placeholderData: keepPreviousData,
  })

export const talksQuery = (search: Search) =>
  queryOptions({
    queryKey: ['meetings', 'talks', search],
    queryFn: ({ signal }) => call(listTalks, { query: askedOf(search), signal }),
    placeholderData: keepPreviousData,
  })

export const talkMatrixQuery = (year: number, orgId: string | undefined) =>
  queryOptions({
    queryKey: ['meetings', 'talk-matrix', year, orgId ?? ''],
    queryFn: ({ signal }) => call(readTalkMatrix, { query: { year, ...inUnit(orgId) }, signal }),
    placeholderData: keepPreviousData,
  })

export const adviceQuery = (id: string) =>
  queryOptions({
    queryKey: ['meetings', 'advice', id],
    queryFn: ({ signal }) => call(readAdvice, { params: { id }, signal }),
  })

export const studyQuery = (id: string) =>
  queryOptions({
    queryKey: ['meetings', 'study', id],
    queryFn: ({ signal }) => call(readStudy, { params: { id }, signal }),
  })

export const jointOfQuery = (id: string) =>
  queryOptions({
    queryKey: ['meetings', 'joint-of', id],
    queryFn: ({ signal }) => call(listJointOf, { params: { id }, signal }),
  })

export const jointAskedQuery = (search: Search) =>
  queryOptions({
    queryKey: ['meetings', 'joint', search],
    queryFn: ({ signal }) => call(listJointAsked, { query: askedOf(search), signal }),
    placeholderData: keepPreviousData,
  })

export const secondHomesQuery = (search: Search) =>
  queryOptions({
    queryKey: ['meetings', 'second-homes', search],
    queryFn: ({ signal }) => call(listSecondHomes, { query: askedOf(search), signal }),
    placeholderData: keepPreviousData,
  })

export const attendanceQuery = (search: Search) =>
  queryOptions({
    queryKey: ['meetings', 'attendance', search],
    queryFn: ({ signal }) => {
      const span = { heldFrom: `${thisYear()}-01-01`, heldTo: `${thisYear()}-12-31` }
      return call(readAttendance, { query: { ...span, ...askedOf(search) }, signal })
    },
    placeholderData: keepPreviousData,
  })
