import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import {
  listXapiCredentials,
  listXapiStatements,
  readXapiStatement,
  type XapiStatementFilter,
} from '@tongxin/contract/xapi'
import { FACT_VERBS } from '@tongxin/domain/learning/fact'
import { listQuery, PAGE_SIZES } from '../../shared/list/list-search.ts'

export const XAPI = ['xapi'] as const
const VERB_BASE = 'http://adlnet.gov/expapi/verbs/'

/** The word for a verb that we know, else the last part of its address. */
export const verbWord = (iri: string): string => iri.split(/[/#]/).at(-1) ?? iri
export const isKnownVerb = (iri: string): boolean =>
  iri.startsWith(VERB_BASE) && (FACT_VERBS as readonly string[]).includes(verbWord(iri))

export const credentialsQuery = (search: Search) =>
  queryOptions({
    queryKey: [...XAPI, 'credentials', search],
    queryFn: ({ signal }) => call(listXapiCredentials, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

/** What is asked of the records, from the URL. Days are days in Shanghai. */
export function filterOf(search: Search): XapiStatementFilter {
  const { memberId, activity, registration, source, verb, atFrom, atTo } = search
  return {
    ...(memberId ? { memberId } : {}),
    ...(activity?.trim() ? { activity: activity.trim() } : {}),
    ...(registration?.trim() ? { registration: registration.trim() } : {}),
    ...(source === 'own' || source === 'outside' ? { source } : {}),
    ...(verb ? { verb: `${VERB_BASE}${verb}` } : {}),
    ...(atFrom ? { since: `${atFrom}T00:00:00+08:00` } : {}),
    ...(atTo ? { until: `${atTo}T23:59:59.999+08:00` } : {}),
  }
}

export const statementsQuery = (search: Search) => {
  const query = {
    ...filterOf(search),
    limit: Number(search.limit ?? PAGE_SIZES[0]),
    ...(search.cursor ? { cursor: search.cursor } : {}),
  }
  return queryOptions({
    queryKey: [...XAPI, 'statements', query],
    queryFn: ({ signal }) => call(listXapiStatements, { query, signal }),
    placeholderData: keepPreviousData,
  })
}

export const statementQuery = (id: string) =>
  queryOptions({
    queryKey: [...XAPI, 'statement', id],
    queryFn: ({ signal }) => call(readXapiStatement, { params: { id }, signal }),
  })
