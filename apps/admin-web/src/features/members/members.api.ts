import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { download } from '@tongxin/client/download'
import type { Search } from '@tongxin/client/screen'
import {
  EXPORT_COLUMNS,
  exportMembers,
  listDeletedMembers,
  listMembers,
  printRoster,
  readMember,
  readMemberTimeline,
  revealMemberField,
} from '@tongxin/contract/members'
import { listMemberPhotos } from '@tongxin/contract/members.photos'
import { readMemberPortrait } from '@tongxin/contract/members.portrait'
import { listChanges, readChange } from '@tongxin/contract/members.review'
import type { SEALED_FIELDS } from '@tongxin/domain/members/fields'
import { paths } from '../../paths.ts'
import type { Hit } from '../../search.ts'
import { listQuery } from '../../shared/list/list-search.ts'
import type { ExportRequest } from '../../shared/list/types.ts'
import { memberFilterOf, memberQueryOf } from './member-search.ts'

export const ALL_MEMBERS = [['members'], ['member-changes']] as const
export const MEMBER_EVENTS = [
  'members.registered',
  'members.corrected',
  'members.photo_set',
  'members.deleted',
  'members.restored',
  'members.batch_counted',
] as const
export const CHANGE_EVENTS = ['members.proposed', 'members.reviewed', 'members.withdrawn'] as const

export const languageOf = (tag: string): 'zh-CN' | 'en' => (tag === 'en' ? 'en' : 'zh-CN')

export const membersQuery = (search: Search) => {
  const query = memberQueryOf(search)
  return queryOptions({
    queryKey: ['members', 'list', query],
    queryFn: ({ signal }) => call(listMembers, { query, signal }),
    placeholderData: keepPreviousData,
  })
}

/** Members by name, pinyin, number or last four digits, for the global search. */
export async function findMembers(text: string, signal: AbortSignal): Promise<readonly Hit[]> {
  const { rows } = await call(listMembers, { query: { search: text, limit: 8 }, signal })
  return rows.map((row) => ({
    title: row.name,
    hint: `${row.orgName} · ${row.memberNo}`,
    path: paths.members.one(row.id),
  }))
}

export const memberQuery = (id: string) =>
  queryOptions({
    queryKey: ['members', 'one', id],
    queryFn: ({ signal }) => call(readMember, { params: { id }, signal }),
  })

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['members', 'timeline', id],
    queryFn: ({ signal }) => call(readMemberTimeline, { params: { id }, query: { limit: 30 }, signal }),
  })

export const portraitQuery = (id: string) =>
  queryOptions({
    queryKey: ['members', 'portrait', id],
    queryFn: ({ signal }) => call(readMemberPortrait, { params: { id }, signal }),
  })

export const photosQuery = (id: string) =>
  queryOptions({
    queryKey: ['members', 'photos', id],
    queryFn: ({ signal }) => call(listMemberPhotos, { params: { id }, query: {}, signal }),
  })

export const deletedQuery = (search: Search) =>
  queryOptions({
    queryKey: ['members', 'bin', search],
    queryFn: ({ signal }) => call(listDeletedMembers, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

/** Views of the review queue: what waits for the first or second review, what I proposed, everything. */
export const CHANGE_VIEWS = ['first', 'second', 'mine', 'all'] as const
export type ChangeView = (typeof CHANGE_VIEWS)[number]

export const changesQuery = (view: string, search: Search) => {
  const { cursor = '', limit = '20' } = search
  const asked = view === 'mine' ? { mine: true } : view === 'first' || view === 'second' ? { waiting: view } : {}
  return queryOptions({
    queryKey: ['member-changes', 'list', view, cursor, limit],
    queryFn: ({ signal }) =>
      call(listChanges, { query: { ...listQuery<object>({ cursor, limit }), ...asked } as never, signal }),
    placeholderData: keepPreviousData,
  })
}

export const changeQuery = (id: string) =>
  queryOptions({
    queryKey: ['member-changes', 'one', id],
    queryFn: ({ signal }) => call(readChange, { params: { id }, signal }),
  })

type Sealed = (typeof SEALED_FIELDS)[number]
/** The whole value of one sensitive field; the server writes down who asked and for what. */
export async function reveal(id: string, field: string, purpose: string): Promise<string> {
  const { value } = await call(revealMemberField, { params: { id }, body: { field: field as Sealed, purpose } })
  return value ?? ''
}

export function saveExport(search: Search, request: ExportRequest, language: string): Promise<void> {
  const columns = EXPORT_COLUMNS.filter((column) => request.columns.includes(column))
  return download(exportMembers, {
    body: {
      filter: memberFilterOf(search),
      columns,
      format: request.format,
      language: languageOf(language),
      purpose: request.purpose,
    },
  })
}

/** The printed roster of an organisation (the own one when none is chosen), or the collection form of one member. */
export const saveForm = (of: { orgId?: string } | { memberId: string }, language: string): Promise<void> =>
  download(printRoster, {
    body: { form: 'memberId' in of ? 'member' : 'roster', ...of, format: 'pdf', language: languageOf(language) },
  })

/** The page about one member as a file. */
export const savePortrait = (memberId: string, format: 'pdf' | 'docx', language: string): Promise<void> =>
  download(printRoster, { body: { form: 'portrait', memberId, format, language: languageOf(language) } })
