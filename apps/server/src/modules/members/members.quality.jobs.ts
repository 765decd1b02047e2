import { inEachTenant, sum, visitTenants } from '../../platform/each-tenant.ts'
import { publishAll } from '../../platform/events.ts'
import type { Job } from '../../platform/module.ts'
import type { Platform } from '../../platform/platform.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { insertDue, takeDue } from './queries/due.queries.ts'
import { unitAt } from './queries/samples.queries.ts'
import { orgsOfMembers } from './queries/scores.queries.ts'
import { searchAround, searchFastEntry, searchFindings } from './service/findings.ts'
import { fingerprintNew } from './service/photos.ts'
import { draw, drawnEvent, newSeed, quarterBefore } from './service/samples.ts'
import { type Counting, recount } from './service/scores.ts'

const DAY = 24 * 3600_000

/** With those who share their telephones still one part of the search for findings. */
const AT_ONCE = 200

/** Looks through and counts what events noted since the last look; returns how much that was. */
export async function lookAgain(platform: Platform, now: Date): Promise<number> {
  const looked = await visitTenants({ platform }, async ({ id: tenantId, path: scope }) => {
    let done = 0
    for (let count = AT_ONCE; count > 0; done += count)
      count = await inSystemTransaction(platform, { tenantId, scope }, async (db) => {
        const due = await takeDue(db, tenantId, AT_ONCE)
        const idsOf = (kind: string) => due.filter((one) => one.kind === kind).map((one) => one.subjectId)
        const ctx = { db, now, tenantId, vault: platform.vault }
        const records = idsOf('record')
        if (records.length > 0) {
          await fingerprintNew({ db, tenantId, dataDir: platform.dataDir }, records)
          await searchAround(ctx, records)
        }
        // Units come after all records: a thousand records of one branch count it once.
        if (records.length > 0) await noteUnitsOf(ctx, records)
        for (const makerId of idsOf('maker')) await searchFastEntry(ctx, new Date(now.getTime() - DAY), makerId)
        if (idsOf('unit').length > 0) await recount(ctx, idsOf('unit'))
        if (idsOf('tenant').length > 0) await recount(ctx, null)
        return due.length
      })
    return done
  })
  return sum(looked)
}

async function noteUnitsOf(ctx: Counting, memberIds: readonly string[]): Promise<void> {
  const orgIds = await orgsOfMembers(ctx.db, ctx.tenantId, memberIds)
  await insertDue(
    ctx.db,
    ctx.tenantId,
    orgIds.map((subjectId) => ({ kind: 'unit', subjectId })),
  )
}

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
    name: 'members_look_again',
    cron: '* * * * *',
    run: async ({ platform, now }) => void (await lookAgain(platform, now)),
  },
  {
    name: 'members_quality',
    cron: '30 4 * * *',
    run: async ({ platform, now }) => {
      await searchAllFindings(platform, now)
      await rebuildScores(platform, now)
    },
  },
  {
    // In the first week, for a machine that was off on the first; a quarter is drawn from once.
    name: 'members_draw_sample',
    cron: '10 5 1-7 1,4,7,10 *',
    run: async ({ platform, now }) => void (await drawQuarter(platform, now)),
  },
]
