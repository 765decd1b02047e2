import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { listRounds, readRound } from '@tongxin/contract/appraisal'
import { readGrades } from '@tongxin/contract/appraisal.grades'
import { inPlace, listQuery } from '../../shared/list/list-search.ts'

export const roundsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['appraisal', 'rounds', search],
    queryFn: ({ signal }) => call(listRounds, { query: listQuery(inPlace(search)), signal }),
    placeholderData: keepPreviousData,
  })

export const roundQuery = (id: string) =>
  queryOptions({
    queryKey: ['appraisal', 'round', id],
    queryFn: ({ signal }) => call(readRound, { params: { id }, signal }),
  })

export const gradesQuery = (id: string) =>
  queryOptions({
    queryKey: ['appraisal', 'grades', id],
    queryFn: ({ signal }) => call(readGrades, { params: { id }, signal }),
  })

export const ALL_APPRAISAL = [['appraisal'], ['deadlines'], ['workbench']] as const
