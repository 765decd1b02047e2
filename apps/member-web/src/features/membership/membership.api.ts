import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { listMyAbsences } from '@tongxin/contract/membership'
import { listMyDecisions } from '@tongxin/contract/membership.decisions'

export const ownAbsencesQuery = queryOptions({
  queryKey: ['membership', 'absences'],
  queryFn: ({ signal }) => call(listMyAbsences, { signal }),
})

export const ownDecisionsQuery = queryOptions({
  queryKey: ['membership', 'decisions'],
  queryFn: ({ signal }) => call(listMyDecisions, { signal }),
})

export const ALL_MEMBERSHIP = [['membership'], ['deadlines']] as const
