import { sql } from 'kysely'
import type { Actor, Tx } from '../../../platform/ctx.ts'
import { tenantOf } from '../../../platform/tenants.ts'

/**
 * Looks beyond the officer's scope, inside the same transaction: whether somebody stands above can only be told by
 * seeing the grants above. What `work` finds may decide, and must not be shown.
 */
export async function inWholeTenant<T>(tx: Tx, actor: Actor, work: () => Promise<T>): Promise<T> {
  const { path } = await tenantOf(tx, actor.tenantId)
  await sql`select set_config('app.scope', ${path}, true)`.execute(tx)
  const found = await work()
  // Not in `finally`: after a failed statement the transaction is over anyway.
  await sql`select set_config('app.scope', ${actor.scope}, true)`.execute(tx)
  return found
}
