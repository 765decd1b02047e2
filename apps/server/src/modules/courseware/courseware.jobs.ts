import { inEachTenant } from '../../platform/each-tenant.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import { LINK_MS } from './courseware.links.ts'
import type { CoursewarePorts } from './courseware.ports.ts'
import { findPackage, findVersion, foldersAmong } from './courseware.queries.ts'
import { lockRegistration, openSince } from './courseware.session.queries.ts'
import { foldersOf } from './courseware.store.ts'
import { abandon } from './courseware.units.ts'

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

const MOST_ABANDONED = 500

/** Ends sessions whose key has expired: whoever closed the window did not end them. */
export const abandonLeft =
  (ports: CoursewarePorts) =>
  async ({ platform, now, signal }: JobCtx): Promise<void> => {
    const before = new Date(now.getTime() - LINK_MS)
    await inEachTenant({ platform, signal }, async (db, { id: tenantId }) => {
      const at = { db, tenantId, now }
      for (const session of await openSince(db, tenantId, before, MOST_ABANDONED)) {
        const attempt = await lockRegistration(db, tenantId, session.attemptId)
        const found = attempt && (await findPackage(db, tenantId, attempt.packageId))
        const version = attempt && (await findVersion(db, tenantId, attempt.packageId, attempt.versionNumber))
        if (attempt && found && version) await abandon(ports, at, { attempt, found, version }, session)
      }
    })
  }

export const coursewareJobs = (ports: CoursewarePorts): readonly Job[] => [
  { name: 'courseware.sweep', cron: '55 3 * * *', run: sweep },
  { name: 'courseware.abandon', cron: '25 * * * *', run: abandonLeft(ports) },
]
