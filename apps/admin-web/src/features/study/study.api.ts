import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { listStudyTasks, listStudyWorks, readStudyTask, readStudyWork } from '@tongxin/contract/study'
import { listCampaignPosts, listCampaigns, readCampaign } from '@tongxin/contract/study.campaigns'
import { listStudyGroups, readStudyGroup } from '@tongxin/contract/study.groups'
import type { CAMPAIGN_POST_STATES } from '@tongxin/contract/study.words'
import { listQuery } from '../../shared/list/list-search.ts'

export const ALL_STUDY = [['study'], ['workbench']] as const

export const tasksQuery = (search: Search) =>
  queryOptions({
    queryKey: ['study', 'tasks', search],
    queryFn: ({ signal }) => call(listStudyTasks, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ['study', 'task', id],
    queryFn: ({ signal }) => call(readStudyTask, { params: { id }, signal }),
  })
export const worksQuery = (search: Search) =>
  queryOptions({
    queryKey: ['study', 'works', search],
    queryFn: ({ signal }) => call(listStudyWorks, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
export const workQuery = (id: string) =>
  queryOptions({
    queryKey: ['study', 'work', id],
    queryFn: ({ signal }) => call(readStudyWork, { params: { id }, signal }),
  })
export const groupsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['study', 'groups', search],
    queryFn: ({ signal }) => call(listStudyGroups, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
export const groupQuery = (id: string) =>
  queryOptions({
    queryKey: ['study', 'group', id],
    queryFn: ({ signal }) => call(readStudyGroup, { params: { id }, signal }),
  })
export const campaignsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['study', 'campaigns', search],
    queryFn: ({ signal }) => call(listCampaigns, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['study', 'campaign', id],
    queryFn: ({ signal }) => call(readCampaign, { params: { id }, signal }),
  })
export const postsQuery = (id: string, state: (typeof CAMPAIGN_POST_STATES)[number], cursor: string) =>
  queryOptions({
    queryKey: ['study', 'posts', id, state, cursor],
    queryFn: ({ signal }) =>
      call(listCampaignPosts, { params: { id }, query: { state, ...(cursor ? { cursor } : {}) }, signal }),
    placeholderData: keepPreviousData,
  })
