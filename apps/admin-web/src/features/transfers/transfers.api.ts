import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { download } from '@tongxin/client/download'
import type { Search } from '@tongxin/client/screen'
import { listMembers } from '@tongxin/contract/members'
import { countTransfers, findDestinations, listTransfers, readTransfer } from '@tongxin/contract/transfers'
import { exportTransfers, printTransfers } from '@tongxin/contract/transfers.acts'
import type { TransferTab } from '@tongxin/contract/transfers.words'
import { listQuery } from '../../shared/list/list-search.ts'

/** The heading under which the list stands; what waits for the own post comes first. */
export const tabOf = (search: Search): TransferTab => (search.tab as TransferTab | undefined) ?? 'todo'

export const transfersQuery = (search: Search) =>
  queryOptions({
    queryKey: ['transfers', 'list', search],
    queryFn: ({ signal }) =>
      call(listTransfers, { query: { ...listQuery<object>(search), tab: tabOf(search) } as never, signal }),
    placeholderData: keepPreviousData,
  })

export const countsQuery = queryOptions({
  queryKey: ['transfers', 'counts'],
  queryFn: ({ signal }) => call(countTransfers, { signal }),
})

export const transferQuery = (id: string) =>
  queryOptions({
    queryKey: ['transfers', 'one', id],
    queryFn: ({ signal }) => call(readTransfer, { params: { id }, signal }),
  })

/** Members of the scope for a picker; `graduates` and the like are found by the filters of the list of members. */
export const peopleQuery = (search: string, orgId = '') =>
  queryOptions({
    queryKey: ['transfers', 'people', search, orgId],
    queryFn: ({ signal }) =>
      call(listMembers, {
        query: {
          limit: 100,
          sort: 'name',
          category: ['formal', 'probationary', 'candidate', 'activist'],
          status: ['normal', 'restored', 'retained'],
          ...(search.trim() ? { search: search.trim() } : {}),
          ...(orgId ? { orgId, below: true } : {}),
        },
        signal,
      }),
    placeholderData: keepPreviousData,
  })

/** Branches anywhere in the organisation. It is a POST because it looks beyond the own scope, yet it changes nothing. */
export const destinationsQuery = (text: string) =>
  queryOptions({
    queryKey: ['transfers', 'destinations', text],
    enabled: text.trim() !== '',
    queryFn: ({ signal }) => call(findDestinations, { body: { text: text.trim() }, signal }),
    placeholderData: keepPreviousData,
  })

const languageOf = (language: string) => (language.startsWith('zh') ? ('zh-CN' as const) : ('en' as const))

export const savePrint = (
  ids: readonly string[],
  form: 'letter' | 'receipt',
  format: 'pdf' | 'docx',
  language: string,
): Promise<void> => download(printTransfers, { body: { ids: [...ids], form, format, language: languageOf(language) } })

export async function saveExport(search: Search, purpose: string, language: string): Promise<void> {
  const { cursor: _, limit: __, sort: ___, open: ____, below: _____, tab, ...filters } = search
  await download(exportTransfers, {
    body: { ...filters, tab: tab ?? 'todo', purpose, language: languageOf(language) } as never,
  })
}

/** Everything of transfers at this desk, for reloading after an act; a receipt changes the members too. */
export const ALL_TRANSFERS = [['transfers'], ['members'], ['deadlines'], ['workbench']] as const
export const TRANSFER_EVENTS = [
  'transfers.drafted',
  'transfers.agreed',
  'transfers.approved',
  'transfers.department_approved',
  'transfers.sent_back',
  'transfers.issued',
  'transfers.received',
  'transfers.returned',
  'transfers.revoked',
  'transfers.expired',
  'transfers.arrival_reported',
] as const
