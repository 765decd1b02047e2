import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { listMyCampaignPosts, listMyCampaigns, readMyCampaign } from '@tongxin/contract/study.campaigns'
import { listMyStudyGroups, readMyStudyGroup } from '@tongxin/contract/study.groups'
import {
  listMyNotes,
  listMyTasks,
  listMyWorks,
  listSharedNotes,
  listShownWorks,
  readMyCheckins,
  readMyDraft,
  readMyTask,
  readMyWork,
  readShownWork,
} from '@tongxin/contract/study.own'

const next = (page: { next: string | null }) => page.next ?? undefined
const at = (cursor: string) => (cursor ? { cursor } : {})

export const tasksQuery = (done: boolean) =>
  infiniteQueryOptions({
    queryKey: ['study', 'tasks', done],
    queryFn: ({ signal, pageParam }) => call(listMyTasks, { query: { done, ...at(pageParam) }, signal }),
    initialPageParam: '',
    getNextPageParam: next,
  })
export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ['study', 'task', id],
    queryFn: ({ signal }) => call(readMyTask, { params: { id }, signal }),
  })
export const draftQuery = (workId: string) =>
  queryOptions({
    queryKey: ['study', 'draft', workId],
    queryFn: ({ signal }) => call(readMyDraft, { query: workId ? { workId } : {}, signal }),
  })
export const worksQuery = infiniteQueryOptions({
  queryKey: ['study', 'works'],
  queryFn: ({ signal, pageParam }) => call(listMyWorks, { query: at(pageParam), signal }),
  initialPageParam: '',
  getNextPageParam: next,
})
export const workQuery = (id: string) =>
  queryOptions({
    queryKey: ['study', 'work', id],
    queryFn: ({ signal }) => call(readMyWork, { params: { id }, signal }),
  })
export const shownQuery = infiniteQueryOptions({
  queryKey: ['study', 'shown'],
  queryFn: ({ signal, pageParam }) => call(listShownWorks, { query: at(pageParam), signal }),
  initialPageParam: '',
  getNextPageParam: next,
})
export const shownWorkQuery = (id: string) =>
  queryOptions({
    queryKey: ['study', 'shown', id],
    queryFn: ({ signal }) => call(readShownWork, { params: { id }, signal }),
  })

export const notesQuery = (removed: boolean, text: string) =>
  infiniteQueryOptions({
    queryKey: ['study', 'notes', removed, text],
    queryFn: ({ signal, pageParam }) =>
      call(listMyNotes, { query: { removed, ...(text ? { text } : {}), ...at(pageParam) }, signal }),
    initialPageParam: '',
    getNextPageParam: next,
  })
export const sharedNotesQuery = infiniteQueryOptions({
  queryKey: ['study', 'shared-notes'],
  queryFn: ({ signal, pageParam }) => call(listSharedNotes, { query: at(pageParam), signal }),
  initialPageParam: '',
  getNextPageParam: next,
})

export const groupsQuery = queryOptions({
  queryKey: ['study', 'groups'],
  queryFn: ({ signal }) => call(listMyStudyGroups, { signal }),
})
export const groupQuery = (id: string) =>
  queryOptions({
    queryKey: ['study', 'group', id],
    queryFn: ({ signal }) => call(readMyStudyGroup, { params: { id }, signal }),
  })

export const campaignsQuery = queryOptions({
  queryKey: ['study', 'campaigns'],
  queryFn: ({ signal }) => call(listMyCampaigns, { signal }),
})
export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['study', 'campaign', id],
    queryFn: ({ signal }) => call(readMyCampaign, { params: { id }, signal }),
  })
export const postsQuery = (id: string, questionAt: number) =>
  infiniteQueryOptions({
    queryKey: ['study', 'posts', id, questionAt],
    queryFn: ({ signal, pageParam }) =>
      call(listMyCampaignPosts, { params: { id }, query: { questionAt, ...at(pageParam) }, signal }),
    initialPageParam: '',
    getNextPageParam: next,
  })

export const diaryQuery = (month: string) =>
  queryOptions({
    queryKey: ['study', 'diary', month],
    queryFn: ({ signal }) => call(readMyCheckins, { query: month ? { month } : {}, signal }),
  })
