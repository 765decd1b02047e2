import { todayOf } from '../../platform/clock.ts'
import type { Actor, Db } from '../../platform/ctx.ts'
import { waitingCounts } from './queries/rounds.queries.ts'

/** What of this module waits for a post, for the workbench. */
export async function appraisalWaiting(
  db: Db,
  actor: Actor,
  now: Date,
): Promise<{ key: string; count: number; path: string }[]> {
  if (actor.reach === 'self' || !actor.permissions.has('appraisal.read')) return []
  const { overdue, confirm, close, objections } = await waitingCounts(db, actor, todayOf(now))
  const rows = [{ key: 'overdue', count: overdue, path: '/appraisals?overdue=true' }]
  if (actor.permissions.has('appraisal.approve'))
    rows.push(
      { key: 'confirm', count: confirm, path: '/appraisals?state=checking' },
      { key: 'close', count: close, path: '/appraisals?state=reported' },
    )
  if (actor.permissions.has('appraisal.write'))
    rows.push({ key: 'objections', count: objections, path: '/appraisals?state=feedback' })
  return rows
}
