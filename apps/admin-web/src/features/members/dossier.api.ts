import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { readDossier } from '@tongxin/contract/members.dossier'

export const DOSSIER_EVENTS = [
  'members.dossier_placed',
  'members.paper_added',
  'members.paper_removed',
  'members.loan_asked',
  'members.loan_decided',
  'members.loan_returned',
] as const
export const dossierKey = (id: string) => ['members', 'dossier', id] as const

export const dossierQuery = (id: string) =>
  queryOptions({
    queryKey: dossierKey(id),
    queryFn: ({ signal }) => call(readDossier, { params: { id }, signal }),
  })
