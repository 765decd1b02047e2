import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { readOwnStudy } from '@tongxin/contract/meetings.study'
import { listOwnTalks, listTalkPartners } from '@tongxin/contract/meetings.talks'
import { listOwnProposals, listOwnTasks } from '@tongxin/contract/meetings.work'

const onward = (cursor: string) => (cursor ? { cursor } : {})

export const ownProposals = (cursor: string) =>
  queryOptions({
    queryKey: ['meetings', 'proposals', cursor],
    queryFn: ({ signal }) => call(listOwnProposals, { query: { limit: 20, ...onward(cursor) }, signal }),
  })

export const ownTasks = queryOptions({
  queryKey: ['meetings', 'tasks'],
  queryFn: ({ signal }) => call(listOwnTasks, { signal }),
})

export const ownTalks = (cursor: string) =>
  queryOptions({
    queryKey: ['meetings', 'talks', cursor],
    queryFn: ({ signal }) => call(listOwnTalks, { query: { limit: 20, ...onward(cursor) }, signal }),
  })

export const talkPartners = queryOptions({
  queryKey: ['meetings', 'talk-partners'],
  queryFn: ({ signal }) => call(listTalkPartners, { signal }),
})

export const ownStudy = (id: string) =>
  queryOptions({
    queryKey: ['meetings', 'study', id],
    queryFn: ({ signal }) => call(readOwnStudy, { params: { id }, signal }),
  })
