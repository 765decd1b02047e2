import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { download } from '@tongxin/client/download'
import type { Search } from '@tongxin/client/screen'
import { listAssignable, listAssignments } from '@tongxin/contract/members.assignments'
import { listMemberErrors, listMyErrors, readMemberError } from '@tongxin/contract/members.errors'
import { exportLacking, listLacking } from '@tongxin/contract/members.papers'
import {
  exportFindings,
  exportScores,
  listFindings,
  listSamples,
  listScoreRecords,
  listScores,
  readSample,
} from '@tongxin/contract/members.quality'
import { listQuery } from '../../../shared/list/list-search.ts'

/** Everything of this feature that a write or an event changes. */
export const ALL_QUALITY = [['quality'], ['members']] as const
export const QUALITY_EVENTS = [
  'members.corrected',
  'members.finding_explained',
  'members.error_found',
  'members.error_handled',
  'members.error_answered',
  'members.error_decided',
  'members.error_closed',
  'members.sample_drawn',
  'members.sample_checked',
  'members.assigned',
  'members.unassigned',
] as const

/** Tenths of a percent as people read them. */
export const percentOf = (tenths: number): string => `${(tenths / 10).toFixed(1)} %`

/** The query of a list without the view, which belongs to the page; the tick for what is below goes with an organisation. */
const asked = ({ view: _, below, ...search }: Search) =>
  search.orgId ? { ...search, below: below === 'true' ? 'true' : 'false' } : search

export const scoresQuery = (search: Search) =>
  queryOptions({
    queryKey: ['quality', 'scores', asked(search)],
    queryFn: ({ signal }) => call(listScores, { query: listQuery(asked(search)), signal }),
    placeholderData: keepPreviousData,
  })

export const recordsQuery = (orgId: string, search: Search) =>
  queryOptions({
    queryKey: ['quality', 'records', orgId, search],
    queryFn: ({ signal }) => {
      const { part = 'completeness', cursor = '', limit = '20', sort = '' } = search
      return call(listScoreRecords, { params: { orgId }, query: listQuery({ part, cursor, limit, sort }), signal })
    },
    placeholderData: keepPreviousData,
  })

export const findingsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['quality', 'findings', search],
    queryFn: ({ signal }) =>
      call(listFindings, { query: listQuery({ ...asked(search), state: search.state ?? 'open' }), signal }),
    placeholderData: keepPreviousData,
  })

type Order = { readonly format: 'xlsx' | 'csv'; readonly purpose: string }
/** The filters of a list and nothing of its page, as an export takes them. */
function bodyOf<T extends { readonly format: string; readonly purpose: string }>(
  search: Search,
  order: T,
  language: string,
) {
  const { limit: _, sort: __, cursor: ___, ...filter } = listQuery<Record<string, unknown>>(asked(search))
  const below = 'below' in filter ? { below: filter.below === 'true' } : {}
  return { filter: { ...filter, ...below }, ...order, language: language === 'en' ? 'en' : 'zh-CN' } as const
}

export const saveFindings = (search: Search, order: Order, language: string): Promise<void> =>
  download(exportFindings, { body: bodyOf({ ...search, state: search.state ?? 'open' }, order, language) })

export const saveScores = (search: Search, order: Order, language: string): Promise<void> =>
  download(exportScores, { body: bodyOf(search, order, language) })

export const lackingQuery = (search: Search) =>
  queryOptions({
    queryKey: ['quality', 'papers', search],
    queryFn: ({ signal }) => call(listLacking, { query: listQuery(asked(search)), signal }),
    placeholderData: keepPreviousData,
  })
export const PAPER_EVENTS = ['members.paper_added', 'members.paper_removed', 'members.dossier_placed'] as const

export const saveLacking = (
  search: Search,
  order: { format: 'xlsx' | 'csv' | 'pdf'; purpose: string },
  language: string,
): Promise<void> => download(exportLacking, { body: bodyOf(search, order, language) })

export const errorsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['quality', 'errors', search],
    queryFn: ({ signal }) =>
      search.view === 'mine'
        ? call(listMyErrors, {
            query: listQuery({ cursor: search.cursor ?? '', limit: search.limit ?? '20' }),
            signal,
          })
        : call(listMemberErrors, { query: listQuery(asked(search)), signal }),
    placeholderData: keepPreviousData,
  })

export const errorQuery = (id: string) =>
  queryOptions({
    queryKey: ['quality', 'error', id],
    queryFn: ({ signal }) => call(readMemberError, { params: { id }, signal }),
  })

export const samplesQuery = (search: Search) =>
  queryOptions({
    queryKey: ['quality', 'samples', search],
    queryFn: ({ signal }) => call(listSamples, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const drawnQuery = (id: string, search: Search) =>
  queryOptions({
    queryKey: ['quality', 'drawn', id, search],
    queryFn: ({ signal }) => call(readSample, { params: { id }, query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const assignmentsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['quality', 'assignments', search],
    queryFn: ({ signal }) => call(listAssignments, { query: listQuery(asked(search)), signal }),
    placeholderData: keepPreviousData,
  })

export const assignableQuery = (orgId: string) =>
  queryOptions({
    queryKey: ['quality', 'assignable', orgId],
    queryFn: async ({ signal }) => (await call(listAssignable, { query: { orgId }, signal })).rows,
    enabled: orgId !== '',
  })
