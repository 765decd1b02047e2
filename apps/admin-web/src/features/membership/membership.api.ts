import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { listAbsences, readAbsence } from '@tongxin/contract/membership'
import { listDecisions, readDecision } from '@tongxin/contract/membership.decisions'
import { listMovements, readMonth } from '@tongxin/contract/membership.months'
import { listQuery } from '../../shared/list/list-search.ts'

export const absencesQuery = (search: Search) =>
  queryOptions({
    queryKey: ['membership', 'absences', search],
    queryFn: ({ signal }) => call(listAbsences, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const absenceQuery = (id: string) =>
  queryOptions({
    queryKey: ['membership', 'absence', id],
    queryFn: ({ signal }) => call(readAbsence, { params: { id }, signal }),
  })

export const decisionsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['membership', 'decisions', search],
    queryFn: ({ signal }) => call(listDecisions, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const decisionQuery = (id: string) =>
  queryOptions({
    queryKey: ['membership', 'decision', id],
    queryFn: ({ signal }) => call(readDecision, { params: { id }, signal }),
  })

export const monthQuery = (search: Search) =>
  queryOptions({
    queryKey: ['membership', 'month', search],
    queryFn: ({ signal }) => call(readMonth, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const movementsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['membership', 'movements', search],
    queryFn: ({ signal }) => call(listMovements, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const ALL_MEMBERSHIP = [['membership'], ['members'], ['deadlines']] as const
