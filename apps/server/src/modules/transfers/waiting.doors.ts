import type { Actor, Db } from '../../platform/ctx.ts'
import { countTodo } from './queries/list.queries.ts'

/** What this post has to do next with transfers of either side. */
export async function transfersWaiting(db: Db, actor: Actor): Promise<{ key: string; count: number; path: string }[]> {
  if (actor.reach === 'self' || !actor.permissions.has('transfers.read')) return []
  return [{ key: 'todo', count: await countTodo(db, actor), path: '/transfers?tab=todo' }]
}
