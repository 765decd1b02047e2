import { todayInShanghai } from '@tongxin/domain'
import type { Actor, Db } from '../../platform/ctx.ts'
import { countToDo, countWaiting } from './queries/list.queries.ts'

/** What waits for someone in this post: steps to decide on, cases sent back, overdue ones. */
export async function developmentWaiting(
  db: Db,
  actor: Actor,
  now: Date,
): Promise<{ key: string; count: number; path: string }[]> {
  if (actor.reach === 'self') return []
  const decides = actor.permissions.has('development.approve')
  const writes = actor.permissions.has('development.write')
  const { returned, overdue } = writes
    ? await countToDo(db, actor, todayInShanghai(now.getTime()))
    : { returned: 0, overdue: 0 }
  return [
    {
      key: 'decisions',
      count: decides ? await countWaiting(db, actor, true) : 0,
      path: '/development?waitsAbove=true',
    },
    { key: 'returned', count: returned, path: '/development?state=returned' },
    { key: 'overdue', count: overdue, path: '/development?lamp=red' },
  ]
}
