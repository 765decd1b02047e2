import { inEachTenant, visitTenants } from '../../platform/each-tenant.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { countsForPerson } from './files.policy.ts'
import * as q from './files.queries.ts'
import { type FileStore, openFileStore } from './files.store.ts'

const ABANDONED_MS = 24 * 3600_000

/** Clears uploads that were begun more than a day ago and never completed, and returns their reservations. */
export async function clearAbandoned({ platform, now, signal }: JobCtx): Promise<void> {
  const store = openFileStore(platform.dataDir)
  const before = new Date(now.getTime() - ABANDONED_MS)
  await visitTenants({ platform, signal }, async (tenant) => {
    const cleared = await inSystemTransaction(platform, { tenantId: tenant.id, scope: tenant.path }, async (tx) => {
      const files = await q.listAbandoned(tx, tenant.id, before)
      for (const file of files) {
        await q.setRejected(tx, tenant.id, file.id, 'abandoned', now)
        if (countsForPerson(file.purpose))
          await q.changeUsage(tx, tenant.id, { kind: 'person', id: file.ownerId }, -file.declaredBytes)
        await q.changeUsage(tx, tenant.id, { kind: 'organisation', id: file.orgId }, -file.declaredBytes)
      }
      return files
    })
    for (const file of cleared) await store.forget(file.id)
  })
  if (!signal.aborted) await sweep(platform, store, before)
}

/**
 * Removes received bytes that no upload needs any more: the server ended after the checks and before it had tidied up,
 * or the upload belonged to an organisation that is gone.
 */
async function sweep(platform: JobCtx['platform'], store: FileStore, before: Date): Promise<void> {
  const idle = (await store.idleSince(before)).filter((id) => /^[0-9a-f-]{36}$/.test(id))
  const pending = await inEachTenant({ platform }, (tx, { id: tenantId }) => q.pendingAmong(tx, tenantId, idle))
  const needed = new Set(pending.flat())
  for (const id of idle) if (!needed.has(id)) await store.forget(id)
}

export const filesJobs: readonly Job[] = [{ name: 'files.clear_abandoned', cron: '20 * * * *', run: clearAbandoned }]
