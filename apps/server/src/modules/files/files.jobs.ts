import type { Job, JobCtx } from '../../platform/module.ts'
import { tenants } from '../../platform/tenants.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import * as q from './files.queries.ts'
import { openFileStore } from './files.store.ts'

const ABANDONED_MS = 24 * 3600_000

/** Clears uploads that were begun more than a day ago and never completed, and returns their reservations. */
export async function clearAbandoned({ platform, now, signal }: JobCtx): Promise<void> {
  const store = openFileStore(platform.dataDir)
  for (const tenant of await tenants(platform.db)) {
    if (signal.aborted) return
    const cleared = await inSystemTransaction(platform, { tenantId: tenant.id, scope: tenant.path }, async (tx) => {
      const files = await q.listAbandoned(tx, tenant.id, new Date(now.getTime() - ABANDONED_MS))
      for (const file of files) {
        await q.setRejected(tx, tenant.id, file.id, 'abandoned', now)
        await q.changeUsage(tx, tenant.id, { kind: 'person', id: file.ownerId }, -file.declaredBytes)
        await q.changeUsage(tx, tenant.id, { kind: 'organisation', id: file.orgId }, -file.declaredBytes)
      }
      return files
    })
    for (const file of cleared) await store.forget(file.id)
  }
}

export const filesJobs: readonly Job[] = [{ name: 'files.clear_abandoned', cron: '20 * * * *', run: clearAbandoned }]
