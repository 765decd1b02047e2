import type { Actor, Tx } from '../../../platform/ctx.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { widened } from '../../../platform/widened.ts'

/**
 * Looks beyond the officer's scope, inside the same transaction: whether somebody stands above can only be told by
 * seeing the grants above. What `work` finds may decide, and must not be shown.
 */
export async function inWholeTenant<T>(tx: Tx, actor: Actor, work: () => Promise<T>): Promise<T> {
  const { path } = await tenantOf(tx, actor.tenantId)
  return widened({ db: tx, actor }, path, work)
}
