import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { RefusedError } from '@tongxin/client/refused-error'
import { readMyOrg } from '@tongxin/contract/org.record'

/** The person's own organisation, or null for somebody who belongs to none yet. */
export const myOrgQuery = queryOptions({
  queryKey: ['org', 'mine'],
  queryFn: async ({ signal }) => {
    try {
      return await call(readMyOrg, { signal })
    } catch (error) {
      if (error instanceof RefusedError && error.code === 'org.not_found') return null
      throw error
    }
  },
})
