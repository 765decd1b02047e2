import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { listMembers } from '@tongxin/contract/members'
import { listOrgs } from '@tongxin/contract/org'
import { orgChart, readOrg } from '@tongxin/contract/org.record'
import { readLeadership } from '@tongxin/contract/org.terms'
import { listEntries } from '@tongxin/contract/settings'
import { paths } from '../../paths.ts'
import type { Hit } from '../../search.ts'
import { listQuery } from '../../shared/list/list-search.ts'

/** Everything this feature keeps; also what the picker of organisations has loaded. */
export const ALL_ORGS = [['org']] as const
export const ORG_EVENTS = [
  'org.founded',
  'org.renamed',
  'org.moved',
  'org.merged',
  'org.dissolved',
  'org.corrected',
  'org.upgraded',
  'org.term_set',
  'org.term_shifted',
  'org.post_reported',
  'org.post_taken',
  'org.post_left',
] as const

/** One level below `top`, unless the person opened another one or filters the whole subtree. */
export const orgsQuery = (search: Search, top: string) =>
  queryOptions({
    queryKey: ['org', 'list', top, search],
    queryFn: ({ signal }) => call(listOrgs, { query: { parentId: top, ...listQuery<object>(search) }, signal }),
    placeholderData: keepPreviousData,
  })

/** For the search of everything: by name, pinyin, initials or code; code and secretary tell namesakes apart. */
export async function findOrgs(text: string, signal: AbortSignal): Promise<readonly Hit[]> {
  const { rows } = await call(listOrgs, { query: { search: text, limit: 8 }, signal })
  return rows.map((row) => ({
    title: row.name,
    hint: [row.code, row.secretary].filter(Boolean).join(' · '),
    path: paths.org.one(row.id),
  }))
}

export const orgQuery = (id: string) =>
  queryOptions({
    queryKey: ['org', 'one', id],
    queryFn: ({ signal }) => call(readOrg, { params: { id }, signal }),
    enabled: id !== '',
  })

/** Terms, posts and vacancies of an organisation, today or (`asOf` not empty) as of a day. */
export const leadershipQuery = (id: string, asOf: string) =>
  queryOptions({
    queryKey: ['org', 'leadership', id, asOf],
    queryFn: ({ signal }) => call(readLeadership, { params: { id }, query: asOf ? { asOf } : {}, signal }),
    placeholderData: keepPreviousData,
  })

export const childrenQuery = (parentId: string) =>
  queryOptions({
    queryKey: ['org', 'children', parentId],
    queryFn: ({ signal }) => call(listOrgs, { query: { parentId, limit: 100 }, signal }),
  })

export const chartQuery = (id: string) =>
  queryOptions({
    queryKey: ['org', 'chart', id],
    queryFn: ({ signal }) => call(orgChart, { params: { id }, signal }),
  })

/** People of the Party who may hold a post of the organisation, found by name, pinyin or number. */
export const holdersQuery = (orgId: string, search: string) =>
  queryOptions({
    queryKey: ['org', 'holders', orgId, search],
    queryFn: async ({ signal }) => {
      const found = search.trim() === '' ? {} : { search: search.trim() }
      const category: ('formal' | 'probationary')[] = ['formal', 'probationary']
      const { rows } = await call(listMembers, {
        query: { orgId, below: true, category, limit: 50, sort: 'name', ...found },
        signal,
      })
      return rows.map((row) => ({ id: row.id, name: row.name, memberNo: row.memberNo, orgName: row.orgName }))
    },
  })

/** The tags of the dictionary that are in use. */
export const tagsQuery = queryOptions({
  queryKey: ['settings', 'entries', 'org_tags', 'names'],
  queryFn: async ({ signal }) => {
    const { rows } = await call(listEntries, { params: { dictionary: 'org_tags' }, signal })
    return rows.filter((row) => row.active).map((row) => row.zh)
  },
})
