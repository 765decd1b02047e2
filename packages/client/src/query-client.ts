import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { RefusedError } from './refused-error.ts'
import { SIGNED_OUT, sessionQuery } from './session.ts'

/**
 * The one cache of server data. A 401 anywhere means the session ended: the session becomes "signed out" and
 * `onSignedOut` leads to the sign-in page. Refusals are answers, so only a missing answer is asked for again.
 */
export function newQueryClient(onSignedOut: () => void): QueryClient {
  const ended = (error: Error) => {
    if (!(error instanceof RefusedError) || error.code !== 'request.signed_out') return
    client.setQueryData(sessionQuery.queryKey, SIGNED_OUT)
    onSignedOut()
  }
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: ended }),
    mutationCache: new MutationCache({ onError: ended }),
    defaultOptions: {
      // Without a network a write says so at once, or is kept on the device; it does not wait unseen.
      mutations: { networkMode: 'always' },
      queries: {
        staleTime: 15_000,
        retry: (count, error) => count < 2 && (!(error instanceof RefusedError) || error.status === 503),
      },
    },
  })
  return client
}
