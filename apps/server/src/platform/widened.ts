import { sql } from 'kysely'
import type { Actor, Tx } from './ctx.ts'

/**
 * Runs `work` with the row policies opened to `scope`, then narrows them again to the caller's own. For the few named
 * operations whose two ends lie in two scopes (a transfer from branch to branch): whoever calls it has already proved
 * the caller's right to this very operation. Rolled back with the transaction.
 */
export async function widened<T>(
  ctx: { readonly db: Tx; readonly actor: Pick<Actor, 'scope'> },
  scope: string,
  work: (wide: { readonly scope: string; readonly reach: 'subtree' }) => Promise<T>,
): Promise<T> {
  await setScope(ctx.db, scope)
  const result = await work({ scope, reach: 'subtree' })
  await setScope(ctx.db, ctx.actor.scope)
  return result
}

const setScope = (tx: Tx, scope: string): Promise<unknown> =>
  sql`select set_config('app.scope', ${scope}, true)`.execute(tx)
