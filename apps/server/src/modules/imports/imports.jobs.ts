import { inEachTenant, sum, visitTenants } from '../../platform/each-tenant.ts'
import type { Job } from '../../platform/module.ts'
import type { Platform } from '../../platform/platform.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import * as q from './imports.queries.ts'
import * as rowsOf from './imports.rows.queries.ts'
import { applyBatch } from './service/apply-batch.ts'

const KEPT_DAYS = 30

/** Goes on with confirmed batches whose process died: a claim counts for ten minutes after its last progress. */
export async function resumeBatches(platform: Platform): Promise<void> {
  await visitTenants({ platform }, async ({ id: tenantId, path: scope }) => {
    const ids = await inSystemTransaction(platform, { tenantId, scope }, (tx) => q.batchesToApply(tx, tenantId))
    for (const id of ids) await applyBatch(platform, tenantId, id)
  })
}

/** Rows of batches that nobody touched for thirty days go: they hold personal data for nothing. */
export async function forgetRows(platform: Platform, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 24 * 3600_000)
  const forgotten = await inEachTenant({ platform }, async (tx, { id: tenantId }) => {
    const ids = await rowsOf.forgottenBatches(tx, tenantId, before)
    for (const id of ids) await rowsOf.deleteChunks(tx, tenantId, id)
    return ids.length
  })
  return sum(forgotten)
}

export const importsJobs: readonly Job[] = [
  { name: 'imports_resume', cron: '*/2 * * * *', run: ({ platform }) => resumeBatches(platform) },
  {
    name: 'imports_forget',
    cron: '30 3 * * *',
    run: async ({ platform, now }) => void (await forgetRows(platform, now)),
  },
]
