import { addDays } from '@tongxin/domain'
import { todayOf } from '../../platform/clock.ts'
import { visitTenants } from '../../platform/each-tenant.ts'
import type { Job } from '../../platform/module.ts'
import type { Platform } from '../../platform/platform.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { pathsAbove } from '../org/index.ts'
import { MOST_COUNTED } from './members.policy.ts'
import * as q from './queries/structure.queries.ts'

/**
 * Counts members by what they are where they are too many to be counted while somebody waits: for today, when a record
 * was written since the last time, and once for the end of the month before. A transaction for each place. Returns how
 * many places were counted.
 */
export async function keepStructures(platform: Pick<Platform, 'db' | 'log'>, now: Date): Promise<number> {
  const today = todayOf(now)
  const endOfLast = addDays(`${today.slice(0, 8)}01`, -1)
  const counted = await visitTenants({ platform }, async ({ id: tenantId, path: scope }) => {
    const inTenant = <T>(work: Parameters<typeof inSystemTransaction<T>>[2]) =>
      inSystemTransaction(platform, { tenantId, scope }, work)
    const places = await inTenant(async (tx) => {
      await q.forgetDays(tx, tenantId, today)
      return pathsAbove(tx, tenantId, MOST_COUNTED)
    })
    // The smallest come first: what is below a place is kept before it.
    let done = 0
    for (const path of places)
      done += await inTenant(async (tx) => {
        const isLastKept = await q.isKept(tx, tenantId, path, endOfLast)
        const isFresh = await q.isKeptFresh(tx, tenantId, path, today)
        if (!isLastKept) await q.keepStructure(tx, tenantId, { path, on: endOfLast, kept: places }, now)
        if (!isFresh) await q.keepStructure(tx, tenantId, { path, on: today, kept: places }, now)
        return isLastKept && isFresh ? 0 : 1
      })
    return done
  })
  return counted.reduce((all, some) => all + some, 0)
}

export const structureJobs: readonly Job[] = [
  {
    name: 'members_structure',
    cron: '12 * * * *',
    run: async ({ platform, now }) => void (await keepStructures(platform, now)),
  },
]
