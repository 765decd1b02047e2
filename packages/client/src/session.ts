import type { Permission } from '@tongxin/contract/permissions'
import type { RoleName } from '@tongxin/contract/roles'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { API_ROOT } from './call.ts'
import { RefusedError, UnreachedError } from './refused-error.ts'

export type Post = {
  readonly grantId: string
  readonly role: RoleName
  readonly orgId: string
  readonly orgName: string
  readonly tenantId: string
}
/** `GET /session`: who is signed in, under which post he acts now, and what that post may do. */
export type Session = {
  readonly person: { readonly id: string; readonly name: string; readonly memberId: string | null } | null
  readonly posts: readonly Post[]
  readonly grantId: string | null
  readonly permissions: readonly Permission[]
  readonly secondFactorAt: string | null
  readonly setupNeeded: boolean
}

export const SIGNED_OUT: Session = {
  person: null,
  posts: [],
  grantId: null,
  permissions: [],
  secondFactorAt: null,
  setupNeeded: false,
}

async function readSession(): Promise<Session> {
  let response: Response
  try {
    response = await fetch(`${API_ROOT}/session`, { credentials: 'same-origin', headers: { Accept: 'application/json' } })
  } catch (cause) {
    throw new UnreachedError(globalThis.navigator?.onLine === false, cause)
  }
  if (response.status === 401) return SIGNED_OUT
  if (!response.ok) throw new RefusedError({ status: response.status, code: 'client.unexpected', detail: { status: response.status } })
  return (await response.json()) as Session
}

/** One query for the whole application; reload it after signing in, changing post, or a 401. */
export const sessionQuery = queryOptions({ queryKey: ['session'], queryFn: readSession, staleTime: 60_000 })

/** The session; the shell has loaded it before any page renders. */
export const useSession = (): Session => useSuspenseQuery(sessionQuery).data

/** The post under which the person acts, or null for a member without one. */
export const postOf = (session: Session): Post | null =>
  session.posts.find((post) => post.grantId === session.grantId) ?? null
