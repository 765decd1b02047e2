import { inEachTenant, sum } from '../../platform/each-tenant.ts'
import { publishAll } from '../../platform/events.ts'
import type { Job } from '../../platform/module.ts'
import type { Platform } from '../../platform/platform.ts'
import { unitAt } from './queries/samples.queries.ts'
import { searchFastEntry, searchFindings } from './service/findings.ts'
import { draw, drawnEvent, newSeed, quarterBefore } from './service/samples.ts'
import { recount } from './service/scores.ts'

const DAY = 24 * 3600_000

/** Looks all records through for what looks untrue; returns how many findings stand. */
export async function searchAllFindings(platform: Platform, now: Date): Promise<number> {
  const found = await inEachTenant({ platform }, async (db, { id: tenantId }) => {
    const ctx = { db, now, tenantId, vault: platform.vault }
    await searchFastEntry(ctx, new Date(now.getTime() - 2 * DAY), null)
    return searchFindings(ctx, null)
  })
  return sum(found)
}

/** Counts the quality of all branches anew; returns how many rows said something else: 0 unless a day or an event passed. */
export async function rebuildScores(platform: Platform, now: Date): Promise<number> {
  return sum(await inEachTenant({ platform }, (db, { id: tenantId }) => recount({ db, now, tenantId }, null)))
}

/** Draws from the quarter that ended last, for the whole of each tenant; returns how many rows were drawn. */
export async function drawQuarter(platform: Platform, now: Date): Promise<number> {
  const drawn = await inEachTenant({ platform }, async (db, { id: tenantId, path }) => {
    const unit = await unitAt(db, tenantId, path)
    if (!unit) return 0
    const of = { db, now, tenantId }
    const sample = await draw(of, { id: unit.id, path }, quarterBefore(now), { seed: newSeed(), by: null })
    if (!sample) return 0
    await publishAll(db, { tenantId, now }, 'members.sample_drawn', [
      { subject: { kind: 'members_sample', id: sample.id, orgPath: path }, payload: drawnEvent(sample) },
    ])
    return sample.drawn
  })
  return sum(drawn)
}

export const qualityJobs: readonly Job[] = [
  {
    name: 'members_quality',
    cron: '30 4 * * *',
    run: async ({ platform, now }) => {
      await searchAllFindings(platform, now)
      await rebuildScores(platform, now)
    },
  },
  {
    name: 'members_draw_sample',
    cron: '10 5 1 1,4,7,10 *',
    run: async ({ platform, now }) => void (await drawQuarter(platform, now)),
  },
]
