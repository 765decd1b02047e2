import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { listMyAppraisals, readMyAppraisal } from '@tongxin/contract/appraisal.own'

export const ownAppraisalsQuery = queryOptions({
  queryKey: ['appraisal', 'mine'],
  queryFn: ({ signal }) => call(listMyAppraisals, { signal }),
})

export const ownAppraisalQuery = (id: string) =>
  queryOptions({
    queryKey: ['appraisal', 'one', id],
    queryFn: ({ signal }) => call(readMyAppraisal, { params: { id }, signal }),
  })

export const ALL_APPRAISAL = [['appraisal'], ['deadlines']] as const
