import { inEachTenant, sum, visitTenants } from '../../platform/each-tenant.ts'
import type { Job } from '../../platform/module.ts'
import type { Platform } from '../../platform/platform.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { countPeople, rebuildTotals } from '../org/index.ts'
import { BIN_DAYS } from './members.policy.ts'
import * as q from './queries/records.queries.ts'
import * as upkeep from './queries/upkeep.queries.ts'
import { searchPairs } from './service/pairs.ts'

const DAY = 24 * 3600_000
const PURGED_AT_ONCE = 200

/**
 * Corrects the rollup of people per unit to what the records say, and the totals of subtrees to the units. Returns how
 * many figures were wrong: 0 unless an event was lost or somebody wrote to the database by hand.
 */
export async function rebuildCounts(platform: Platform, now: Date): Promise<number> {
  const wrong = await inEachTenant({ platform }, async (tx, { id: tenantId }) => {
    const deltas = differences(await upkeep.countsOf(tx, tenantId), await upkeep.countedOf(tx, tenantId))
    await countPeople(tx, tenantId, deltas, { now })
    return deltas.length + (await rebuildTotals(tx, tenantId))
  })
  return sum(wrong)
}

type Count = { unitId: string; orgPath: string; category: string; people: number }

function differences(
  truth: readonly Count[],
  counted: readonly Count[],
): (Omit<Count, 'people'> & { delta: number })[] {
  const deltas = new Map<string, Omit<Count, 'people'> & { delta: number }>()
  const add = ({ people, ...of }: Count, sign: number) => {
    const key = `${of.unitId}/${of.category}`
    deltas.set(key, { ...of, delta: (deltas.get(key)?.delta ?? 0) + sign * people })
  }
  for (const row of truth) add(row, 1)
  for (const row of counted) add(row, -1)
  return [...deltas.values()].filter((row) => row.delta !== 0)
}

/** Empties records that have been in the recycle bin for longer than 30 days; their ID numbers are free again. */
export async function emptyBin(platform: Platform, now: Date): Promise<number> {
  const before = new Date(now.getTime() - BIN_DAYS * DAY)
  const emptied = await visitTenants({ platform }, async ({ id: tenantId, path: scope }) => {
    let done = 0
    for (let count = PURGED_AT_ONCE; count === PURGED_AT_ONCE; done += count)
      count = await inSystemTransaction(platform, { tenantId, scope }, async (tx) => {
        const records = await upkeep.expiredRecords(tx, tenantId, before, PURGED_AT_ONCE)
        for (const record of records) {
          await upkeep.emptyRecord(tx, tenantId, record.id, now)
          await q.releaseIdentity(tx, tenantId, record.id)
        }
        return records.length
      })
    return done
  })
  return sum(emptied)
}

/** Looks through all records for pairs that may be one person; returns how many stand open or settled. */
export async function searchAllPairs(platform: Platform, now: Date): Promise<number> {
  return sum(await inEachTenant({ platform }, (db, { id: tenantId }) => searchPairs({ db, now, tenantId }, null)))
}

export const membersJobs: readonly Job[] = [
  {
    name: 'members_empty_bin',
    cron: '20 3 * * *',
    run: async ({ platform, now }) => void (await emptyBin(platform, now)),
  },
  {
    name: 'members_search_pairs',
    cron: '10 4 * * *',
    run: async ({ platform, now }) => void (await searchAllPairs(platform, now)),
  },
  {
    name: 'members_rebuild_counts',
    cron: '40 3 * * 0',
    run: async ({ platform, now }) => {
      const wrong = await rebuildCounts(platform, now)
      if (wrong > 0) platform.log.warn({ wrong }, 'people rollup corrected')
    },
  },
]
