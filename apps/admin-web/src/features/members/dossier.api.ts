import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { download } from '@tongxin/client/download'
import type { Search } from '@tongxin/client/screen'
import { readDossier } from '@tongxin/contract/members.dossier'
import { exportDossierLoans, type LoanView, listDossierLoans } from '@tongxin/contract/members.loans'
import { listQuery } from '../../shared/list/list-search.ts'

export const DOSSIER_EVENTS = [
  'members.dossier_placed',
  'members.paper_added',
  'members.paper_removed',
  'members.loan_asked',
  'members.loan_decided',
  'members.loan_extended',
  'members.loan_withdrawn',
  'members.loan_returned',
] as const
export const dossierKey = (id: string) => ['members', 'dossier', id] as const
export const LOANS_KEY = ['members', 'loans'] as const
/** What a write about a loan changes: the folder of the person, the register, and what waits on the workbench. */
export const loanKeys = (id: string) => [dossierKey(id), LOANS_KEY, ['workbench', 'waiting']] as const

export const dossierQuery = (id: string) =>
  queryOptions({
    queryKey: dossierKey(id),
    queryFn: ({ signal }) => call(readDossier, { params: { id }, signal }),
  })

/** What is open is what the desk looks at first; the tick for what is below goes with an organisation. */
const asked = ({ below, view = 'open', ...search }: Search): Search => ({
  ...search,
  view,
  ...(search.orgId ? { below: below === 'true' ? 'true' : 'false' } : {}),
})

export const loansQuery = (search: Search) =>
  queryOptions({
    queryKey: [...LOANS_KEY, asked(search)],
    queryFn: ({ signal }) => call(listDossierLoans, { query: listQuery(asked(search)), signal }),
    placeholderData: keepPreviousData,
  })

export function saveLoans(
  search: Search,
  order: { format: 'xlsx' | 'csv' | 'pdf'; purpose: string },
  language: string,
): Promise<void> {
  const { view, orgId, below, text } = asked(search)
  const filter = {
    view: view as LoanView,
    ...(orgId ? { orgId, below: below === 'true' } : {}),
    ...(text ? { text } : {}),
  }
  return download(exportDossierLoans, { body: { filter, ...order, language: language === 'en' ? 'en' : 'zh-CN' } })
}
