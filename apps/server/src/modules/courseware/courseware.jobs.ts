import { inEachTenant } from '../../platform/each-tenant.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import { foldersAmong } from './courseware.queries.ts'
import { foldersOf } from './courseware.store.ts'

const IDLE_MS = 24 * 3600_000

/** Removes folders that belong to no version: imports that were refused at the last moment, or cut off by a crash. */
export async function sweep({ platform, now, signal }: JobCtx): Promise<void> {
  const before = new Date(now.getTime() - IDLE_MS)
  await inEachTenant({ platform, signal }, async (tx, { id: tenantId }) => {
    const folders = foldersOf(platform.dataDir, tenantId)
    const idle = (await folders.idleSince(before)).filter((id) => /^[0-9a-f-]{36}$/.test(id))
    const needed = await foldersAmong(tx, tenantId, idle)
    for (const id of idle) if (!needed.has(id)) await folders.forget(id)
  })
}

export const coursewareJobs: readonly Job[] = [{ name: 'courseware.sweep', cron: '55 3 * * *', run: sweep }]
