import { todayOf } from '../../platform/clock.ts'
import type { Actor, Db } from '../../platform/ctx.ts'
import { waitingCounts } from './queries/decisions.queries.ts'

/** What of this module waits for a post, for the workbench. */
export async function membershipWaiting(
  db: Db,
  actor: Actor,
  now: Date,
): Promise<{ key: string; count: number; path: string }[]> {
  if (actor.reach === 'self' || !actor.permissions.has('membership.read')) return []
  const { approve, meet, serve, contacts, hosts } = await waitingCounts(db, actor, todayOf(now))
  const rows = []
  if (actor.permissions.has('membership.approve'))
    rows.push({ key: 'approve', count: approve, path: '/membership/decisions?open=true' })
  if (actor.permissions.has('membership.write'))
    rows.push(
      { key: 'meet', count: meet, path: '/membership/decisions?state=proposed' },
      { key: 'serve', count: serve, path: '/membership/decisions?state=approved' },
      { key: 'contacts', count: contacts, path: '/membership/absences?overdue=true' },
      { key: 'hosts', count: hosts, path: '/membership/absences?state=open' },
    )
  return rows
}
