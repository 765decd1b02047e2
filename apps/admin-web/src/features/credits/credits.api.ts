import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { listCreditAccounts, previewRecount, readCreditAccount, readCreditOverview } from '@tongxin/contract/credits'
import { listCertificates, listExemptions, listHonourCandidates, listHonours } from '@tongxin/contract/credits.review'
import { dateOf } from '@tongxin/ui'
import { listQuery } from '../../shared/list/list-search.ts'

/** The running year in China. */
export const runningYear = (): number => Number(dateOf(new Date()).slice(0, 4))
export const yearIn = (search: Search): number => Number(search.year) || runningYear()
/** The years that a page offers: the running one and five before it. */
export const yearsOffered = (): number[] => Array.from({ length: 6 }, (_, before) => runningYear() - before)

const asked = (search: Search) => ({ ...search, year: String(yearIn(search)) }) as Search

export const accountsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['credits', 'accounts', asked(search)],
    queryFn: ({ signal }) => call(listCreditAccounts, { query: listQuery(asked(search)), signal }),
    placeholderData: keepPreviousData,
  })

export const accountQuery = (memberId: string, year: number) =>
  queryOptions({
    queryKey: ['credits', 'account', memberId, year],
    queryFn: ({ signal }) => call(readCreditAccount, { params: { memberId }, query: { year }, signal }),
  })

export const overviewQuery = (search: Search) =>
  queryOptions({
    queryKey: ['credits', 'overview', yearIn(search), search.orgId ?? ''],
    queryFn: ({ signal }) =>
      call(readCreditOverview, {
        query: { year: yearIn(search), ...(search.orgId ? { orgId: search.orgId } : {}) },
        signal,
      }),
    placeholderData: keepPreviousData,
  })

export const certificatesQuery = (search: Search) =>
  queryOptions({
    queryKey: ['credits', 'certificates', search],
    queryFn: ({ signal }) => call(listCertificates, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const exemptionsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['credits', 'exemptions', search],
    queryFn: ({ signal }) => call(listExemptions, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const honoursQuery = (search: Search) =>
  queryOptions({
    queryKey: ['credits', 'honours', search],
    queryFn: ({ signal }) => call(listHonours, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const candidatesQuery = (year: number, leastHours: number) =>
  queryOptions({
    queryKey: ['credits', 'candidates', year, leastHours],
    queryFn: ({ signal }) => call(listHonourCandidates, { query: { year, leastHours }, signal }),
  })

export const recountQuery = (year: number) =>
  queryOptions({
    queryKey: ['credits', 'recount', year],
    queryFn: ({ signal }) => call(previewRecount, { query: { year }, signal }),
  })

export const ALL_CREDITS = [['credits'], ['workbench']] as const
