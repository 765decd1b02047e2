import type { Actor, Db } from '../../platform/ctx.ts'
import { waitingCertificates } from './queries/certificates.queries.ts'
import { waitingExemptions } from './queries/exemptions.queries.ts'

/** What of this module waits for a post, for the workbench. */
export async function creditsWaiting(db: Db, actor: Actor): Promise<{ key: string; count: number; path: string }[]> {
  if (actor.reach === 'self' || !actor.permissions.has('learning.write')) return []
  const { first, second } = await waitingCertificates(db, actor)
  const rows = [{ key: 'certificates', count: first, path: '/credits/certificates?state=submitted' }]
  if (!actor.permissions.has('learning.review')) return rows
  return [
    ...rows,
    { key: 'secondHands', count: second, path: '/credits/certificates?state=checked' },
    { key: 'exemptions', count: await waitingExemptions(db, actor), path: '/credits/exemptions?state=applied' },
  ]
}
