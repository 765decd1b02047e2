import { sql } from 'kysely'
import type { Actor } from '../../../platform/ctx.ts'
import { inScope } from '../../org/index.ts'

/** The caller's reach as a condition on a path column: the subtree, the one unit, or (acting for oneself) nothing of others. */
export function inReach(column: string, actor: Pick<Actor, 'scope' | 'reach'>) {
  if (actor.reach === 'self') return sql<boolean>`false`
  if (actor.reach === 'node') return sql<boolean>`${sql.ref(column)} = ${actor.scope}`
  return inScope(column, actor.scope)
}
