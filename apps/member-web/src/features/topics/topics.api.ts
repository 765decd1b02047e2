import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import {
  findSimilarTopics,
  listMyTopics,
  listTopicUnits,
  OWN_TOPIC_VIEWS,
  readMyLecturing,
  readMyTopic,
} from '@tongxin/contract/topics.own'

export type TopicView = (typeof OWN_TOPIC_VIEWS)[number]
export const viewIn = (view: string | undefined): TopicView => OWN_TOPIC_VIEWS.find((one) => one === view) ?? 'open'

export const topicsQuery = (view: TopicView, text: string) =>
  infiniteQueryOptions({
    queryKey: ['topics', 'list', view, text],
    queryFn: ({ signal, pageParam }) =>
      call(listMyTopics, {
        query: { view, ...(text ? { text } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const topicQuery = (id: string) =>
  queryOptions({
    queryKey: ['topics', 'one', id],
    queryFn: ({ signal }) => call(readMyTopic, { params: { id }, signal }),
  })

export const similarQuery = (title: string) =>
  queryOptions({
    queryKey: ['topics', 'similar', title],
    queryFn: ({ signal }) => call(findSimilarTopics, { query: { title }, signal }),
    enabled: title.length >= 4,
  })

export const unitsQuery = queryOptions({
  queryKey: ['topics', 'units'],
  queryFn: ({ signal }) => call(listTopicUnits, { signal }),
})

export const lecturingQuery = queryOptions({
  queryKey: ['topics', 'lecturing'],
  queryFn: ({ signal }) => call(readMyLecturing, { signal }),
})

export const ALL_TOPICS = [['topics']] as const

/** Tags as people write them: separated by commas of either script. */
export const tagsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[、，,;；\s]+/)
      .map((tag) => tag.trim().slice(0, 20))
      .filter((tag) => tag !== ''),
  ),
]
