import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { readActivation } from '@tongxin/contract/access.activation'
import { readSetUp } from '@tongxin/contract/access.first-run'
import { listSessions, readSecurity } from '@tongxin/contract/access.own'

export const securityQuery = queryOptions({
  queryKey: ['access', 'security'],
  queryFn: ({ signal }) => call(readSecurity, { signal }),
})
export const sessionsQuery = queryOptions({
  queryKey: ['access', 'sessions'],
  queryFn: ({ signal }) => call(listSessions, { signal }),
})

/** Looks again every few seconds: the three administrators work side by side on their own devices. */
export const setUpQuery = queryOptions({
  queryKey: ['set-up'],
  queryFn: ({ signal }) => call(readSetUp, { signal }),
  refetchInterval: 4000,
})

/** A code on the screen, with whether it has been used meanwhile. */
export const screenCodeQuery = (id: string) =>
  queryOptions({
    queryKey: ['access', 'screen', id],
    queryFn: ({ signal }) => call(readActivation, { params: { id }, signal }),
    refetchInterval: 3000,
  })
