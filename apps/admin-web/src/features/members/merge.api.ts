import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { listMerges, listPairs, planMemberMerge } from '@tongxin/contract/members.merge'
import { listQuery } from '../../shared/list/list-search.ts'

export const MERGE_EVENTS = ['members.merged', 'members.merge_undone', 'members.pair_dismissed'] as const
export const ALL_DUPLICATES = [['members'], ['member-pairs'], ['member-merges']] as const

export const pairsQuery = ({ cursor = '', limit = '20', sort = '' }: Search) =>
  queryOptions({
    queryKey: ['member-pairs', cursor, limit, sort],
    queryFn: ({ signal }) => call(listPairs, { query: listQuery<object>({ cursor, limit, sort }), signal }),
    placeholderData: keepPreviousData,
  })

export const mergesQuery = ({ cursor = '', limit = '20', sort = '' }: Search) =>
  queryOptions({
    queryKey: ['member-merges', cursor, limit, sort],
    queryFn: ({ signal }) => call(listMerges, { query: listQuery<object>({ cursor, limit, sort }), signal }),
    placeholderData: keepPreviousData,
  })

/** What a merge would do. Asked anew each time the page is opened: others go on working on both records. */
export const planQuery = (keptId: string, goneId: string) =>
  queryOptions({
    queryKey: ['member-merge-plan', keptId, goneId],
    queryFn: ({ signal }) =>
      call(planMemberMerge, { body: { keptId, goneId }, idempotencyKey: crypto.randomUUID(), signal }),
    enabled: keptId !== '' && goneId !== '',
    gcTime: 0,
  })
