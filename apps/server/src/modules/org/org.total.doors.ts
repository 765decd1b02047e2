import type { Tx } from '../../platform/ctx.ts'
import { inEachTenant, sum } from '../../platform/each-tenant.ts'
import type { Platform } from '../../platform/platform.ts'
import { addCounts, foldDeltas, hasDeltas } from './org.total.queries.ts'

/**
 * Counts people: `delta` more (or fewer) of a category directly in a unit, and so in everything above it. One statement
 * for many units; who counts in one tenant never waits for who counts in another unit.
 */
export async function countPeople(
  tx: Tx,
  tenantId: string,
  deltas: readonly { unitId: string; category: string; delta: number }[],
  at: { readonly now: Date },
): Promise<void> {
  // One row per unit and category: ON CONFLICT may not touch a row twice.
  const sums = new Map<string, { unitId: string; category: string; delta: number }>()
  for (const { unitId, category, delta } of deltas) {
    const key = `${unitId}/${category}`
    sums.set(key, { unitId, category, delta: (sums.get(key)?.delta ?? 0) + delta })
  }
  const rows = [...sums.values()].filter((row) => row.delta !== 0)
  if (rows.length > 0) await addCounts(tx, tenantId, rows, at)
}

/** Adds what was counted since the last time to the totals of all tenants. Returns how many rows were pending. */
export async function foldCounts(platform: Pick<Platform, 'db' | 'log'>): Promise<number> {
  return sum(
    await inEachTenant({ platform }, async (tx, { id }) => ((await hasDeltas(tx, id)) ? foldDeltas(tx, id) : 0)),
  )
}
