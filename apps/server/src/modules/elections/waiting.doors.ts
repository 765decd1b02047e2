import type { Actor, Db } from '../../platform/ctx.ts'
import { countStates } from './queries/elections.queries.ts'

/** What of elections waits for a post: letters for the level above, steps for the branch. */
export async function electionsWaiting(db: Db, actor: Actor): Promise<{ key: string; count: number; path: string }[]> {
  if (actor.reach === 'self' || !actor.permissions.has('elections.read')) return []
  const states = await countStates(db, actor)
  const sum = (...names: string[]) => names.reduce((total, name) => total + (states.get(name) ?? 0), 0)
  const rows = []
  if (actor.permissions.has('elections.approve'))
    rows.push({
      key: 'approve',
      count: sum('requested', 'candidates_reported', 'reported'),
      path: '/elections?open=true',
    })
  if (actor.permissions.has('elections.write'))
    rows.push(
      { key: 'prepare', count: sum('nominating', 'publicity', 'preparing'), path: '/elections?open=true' },
      { key: 'count', count: sum('voting', 'plenum'), path: '/elections?open=true' },
      { key: 'report', count: sum('reporting'), path: '/elections?state=reporting' },
    )
  return rows
}
