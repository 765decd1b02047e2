import { inEachTenant, visitTenants } from '../../../platform/each-tenant.ts'
import type { JobCtx } from '../../../platform/module.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import { KEPT_DAYS } from '../channels.limits.ts'
import { deleteUnproved } from '../queries/addresses.queries.ts'
import { forgetSeen } from '../queries/asked.queries.ts'
import { deleteOld } from '../queries/messages.queries.ts'

const DAY_MS = 86_400_000
const AT_ONCE = 5000

/** The log is kept for half a year, codes and calls for a day. */
export async function clearOld({ platform, now, signal }: JobCtx): Promise<void> {
  const yesterday = new Date(now.getTime() - DAY_MS)
  await inEachTenant({ platform, signal }, async (tx, tenant) => {
    await forgetSeen(tx, tenant.id, yesterday)
    await deleteUnproved(tx, tenant.id, yesterday)
  })
  const before = new Date(now.getTime() - KEPT_DAYS * DAY_MS)
  await visitTenants({ platform, signal }, async ({ id, path }) => {
    const some = () =>
      inSystemTransaction(platform, { tenantId: id, scope: path }, (tx) => deleteOld(tx, id, before, AT_ONCE))
    while (!signal.aborted && (await some()) === AT_ONCE) {}
  })
}
