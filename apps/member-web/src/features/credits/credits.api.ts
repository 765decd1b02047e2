import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import {
  listMyCertificates,
  listMyCredits,
  listMyExemptions,
  listMyHonours,
  listMyTranscripts,
  readMyCredits,
} from '@tongxin/contract/credits.own'

/** The account of a year; null is the running one. */
export const accountQuery = (year: number | null) =>
  queryOptions({
    queryKey: ['credits', 'account', year],
    queryFn: ({ signal }) => call(readMyCredits, { query: year === null ? {} : { year }, signal }),
  })

export const linesQuery = (year: number) =>
  infiniteQueryOptions({
    queryKey: ['credits', 'lines', year],
    queryFn: ({ signal, pageParam }) =>
      call(listMyCredits, { query: { year, limit: 30, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const certificatesQuery = queryOptions({
  queryKey: ['credits', 'certificates'],
  queryFn: ({ signal }) => call(listMyCertificates, { signal }),
})

export const exemptionsQuery = queryOptions({
  queryKey: ['credits', 'exemptions'],
  queryFn: ({ signal }) => call(listMyExemptions, { signal }),
})

export const transcriptsQuery = queryOptions({
  queryKey: ['credits', 'transcripts'],
  queryFn: ({ signal }) => call(listMyTranscripts, { signal }),
})

export const honoursQuery = queryOptions({
  queryKey: ['credits', 'honours'],
  queryFn: ({ signal }) => call(listMyHonours, { signal }),
})

export const ALL_CREDITS = [['credits']] as const
