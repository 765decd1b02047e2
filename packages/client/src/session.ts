import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { readSession, type SessionReply } from '@tongxin/contract/access.own'
import { call } from './call.ts'
import { RefusedError } from './refused-error.ts'

/** Who is signed in, under which post he acts now, and what that post may do. */
export type Session = SessionReply
export type Post = Session['posts'][number]

export const SIGNED_OUT: Session = {
  person: null,
  posts: [],
  grantId: null,
  permissions: [],
  secondFactorAt: null,
  secondFactorNeeded: false,
  factors: [],
  setupNeeded: false,
}

async function sessionNow(signal: AbortSignal): Promise<Session> {
  try {
    return await call(readSession, { signal })
  } catch (error) {
    if (error instanceof RefusedError && error.status === 401) return SIGNED_OUT
    throw error
  }
}

/** One query for the whole application; reload it after signing in, changing post, or a 401. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => sessionNow(signal),
  staleTime: 60_000,
})

/** The session; the shell has loaded it before any page renders. */
export const useSession = (): Session => useSuspenseQuery(sessionQuery).data

/** The organisation of the post under which the person acts, for forms to begin with; empty without a post. */
export const useOwnOrg = (): string => postOf(useSession())?.orgId ?? ''

/** The post under which the person acts, or null for a member without one. */
export const postOf = (session: Session): Post | null =>
  session.posts.find((post) => post.grantId === session.grantId) ?? null
