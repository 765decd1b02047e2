import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { listTopics, readTopic, readWantedTopics } from '@tongxin/contract/topics'
import { listLecturers, listTopicProposals, readLastMatching } from '@tongxin/contract/topics.lessons'
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
export const wantedQuery = queryOptions({
  queryKey: ['topics', 'wanted'],
  queryFn: ({ signal }) => call(readWantedTopics, { query: {}, signal }),
})
export const ALL_TOPICS = [['topics'], ['workbench']] as const
