import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import type { Input } from '@tongxin/contract/endpoint'
import { listTopics, readTopic, readWantedTopics } from '@tongxin/contract/topics'
import { listLecturers, listTopicProposals, readLastMatching } from '@tongxin/contract/topics.lessons'
import { TOPIC_LEVELS } from '@tongxin/contract/topics.words'
import { listQuery } from '../../shared/list/list-search.ts'

export const topicsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['topics', 'list', search],
    queryFn: ({ signal }) => call(listTopics, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
export const topicQuery = (id: string) =>
  queryOptions({
    queryKey: ['topics', 'one', id],
    queryFn: ({ signal }) => call(readTopic, { params: { id }, signal }),
  })
export const lecturersQuery = (search: Search) =>
  queryOptions({
    queryKey: ['topics', 'lecturers', search],
    queryFn: ({ signal }) => call(listLecturers, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
export const proposalsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['topics', 'proposals', search],
    queryFn: ({ signal }) => call(listTopicProposals, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
export const lastMatchingQuery = queryOptions({
  queryKey: ['topics', 'matching'],
  queryFn: ({ signal }) => call(readLastMatching, { signal }),
})
export type WantedFilter = Input<typeof readWantedTopics>['query']
/** What the address asks for; what it does not name is left to the server: a year back, the own unit and below. */
export function wantedFilter({ from, until, level, orgId }: Search): WantedFilter {
  const known = TOPIC_LEVELS.find((one) => one === level)
  return {
    ...(from ? { from } : {}),
    ...(until ? { until } : {}),
    ...(known ? { level: known } : {}),
    ...(orgId ? { orgId } : {}),
  }
}
export const wantedQuery = (search: Search) =>
  queryOptions({
    queryKey: ['topics', 'wanted', wantedFilter(search)],
    queryFn: ({ signal }) => call(readWantedTopics, { query: wantedFilter(search), signal }),
    placeholderData: keepPreviousData,
  })
export const ALL_TOPICS = [['topics'], ['workbench']] as const
