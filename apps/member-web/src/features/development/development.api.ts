import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { listMyActivists } from '@tongxin/contract/development.contact'
import { readMyDevelopment } from '@tongxin/contract/development.own'

export const roadQuery = queryOptions({
  queryKey: ['development', 'own'],
  queryFn: ({ signal }) => call(readMyDevelopment, { signal }),
})

export const activistsQuery = queryOptions({
  queryKey: ['development', 'activists'],
  queryFn: ({ signal }) => call(listMyActivists, { signal }),
})

export const ALL_DEVELOPMENT = [['development'], ['deadlines']] as const
export const DEVELOPMENT_EVENTS = [
  'development.step_recorded',
  'development.step_decided',
  'development.stage_reached',
  'development.returned',
  'development.reviewed',
] as const
