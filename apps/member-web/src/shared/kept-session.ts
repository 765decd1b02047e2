import type { QueryClient } from '@tanstack/react-query'
import { UnreachedError } from '@tongxin/client/refused-error'
import { type Session, SIGNED_OUT, sessionQuery } from '@tongxin/client/session'

const KEY = 'tongxin.kept-session'

function keep(session: Session): void {
  if (session.person) localStorage.setItem(KEY, JSON.stringify({ person: session.person }))
  else localStorage.removeItem(KEY)
}

/**
 * The session; without a network, who was signed in last on this device (name only, no rights), so that the
 * application opens and a check-in can be noted. The server decides again as soon as it is reached.
 */
export async function sessionOnlineOrKept(client: QueryClient): Promise<Session> {
  try {
    const session = await client.ensureQueryData({ ...sessionQuery, retry: false })
    keep(session)
    return session
  } catch (error) {
    const kept = localStorage.getItem(KEY)
    if (!(error instanceof UnreachedError) || kept === null) throw error
    const session: Session = { ...SIGNED_OUT, ...(JSON.parse(kept) as Pick<Session, 'person'>) }
    // Marked as old at once: the next use asks the server again.
    client.setQueryData(sessionQuery.queryKey, session, { updatedAt: 1 })
    return session
  }
}

/** Forgets who was here: at sign-out, before anything else. */
export const forgetKeptSession = (): void => localStorage.removeItem(KEY)
