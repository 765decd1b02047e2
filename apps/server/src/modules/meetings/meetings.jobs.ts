import { addDays } from '@tongxin/domain'
import { todayOf } from '../../platform/clock.ts'
import type { Tx } from '../../platform/ctx.ts'
import { inEachTenant } from '../../platform/each-tenant.ts'
import { publishAll } from '../../platform/events.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import type { Tenant } from '../../platform/tenants.ts'
import { branchesWithout } from './queries/figures.queries.ts'
import { rebuildHeldSums } from './queries/held.queries.ts'
import * as q from './queries/record.queries.ts'
import { lastDayOf, MONTHLY } from './service/figures.ts'

/** Reminders are events with a key that is claimed once; who is told, and how, is the business of those who listen. */
const HOUR_MS = 3_600_000
const STEPS = [
  ['1h', HOUR_MS],
  ['1d', 24 * HOUR_MS],
  ['3d', 72 * HOUR_MS],
] as const
const FILING_STEPS = [3, 7] as const

type Due = { key: string; orgPath: string }

async function eachTenant(
  ctx: Pick<JobCtx, 'platform' | 'signal'>,
  work: (tx: Tx, tenant: Tenant) => Promise<void>,
): Promise<void> {
  await inEachTenant(ctx, work).finally(ctx.platform.wake)
}

async function claimed<T extends Due>(tx: Tx, tenantId: string, due: readonly T[], now: Date): Promise<T[]> {
  const fresh = await q.claimReminders(tx, tenantId, due, now)
  return due.filter(({ key }) => fresh.has(key))
}

/** Three days, one day, one hour before: only the nearest step that is due, so that a late notice reminds once. */
export async function remindOfMeetings(ctx: JobCtx): Promise<void> {
  await eachTenant(ctx, async (tx, { id: tenantId }) => {
    const due = (await q.startingSoon(tx, tenantId, ctx.now)).flatMap((meeting) => {
      const left = meeting.startsAt.getTime() - ctx.now.getTime()
      const step = STEPS.find(([, before]) => left <= before)?.[0]
      // A meeting that is moved is reminded of again.
      return step
        ? [
            {
              key: `start/${meeting.id}/${meeting.startsAt.toISOString()}/${step}`,
              orgPath: meeting.orgPath,
              meeting,
              step,
            },
          ]
        : []
    })
    const facts = (await claimed(tx, tenantId, due, ctx.now)).map(({ meeting, step, orgPath }) => ({
      subject: { kind: 'meeting', id: meeting.id, orgPath },
      payload: { step, startsAt: meeting.startsAt.toISOString() },
    }))
    await publishAll(tx, { tenantId, now: ctx.now }, 'meetings.reminder_due', facts)
  })
}

/** Three and seven days after a meeting whose record is not filed. */
export async function remindOfFiling(ctx: JobCtx): Promise<void> {
  const today = todayOf(ctx.now)
  await eachTenant(ctx, async (tx, { id: tenantId }) => {
    const due = (await q.unfiledSince(tx, tenantId, addDays(today, -30), addDays(today, -FILING_STEPS[0]))).map(
      (meeting) => {
        const days = meeting.heldOn <= addDays(today, -FILING_STEPS[1]) ? FILING_STEPS[1] : FILING_STEPS[0]
        return { key: `file/${meeting.id}/${days}`, orgPath: meeting.orgPath, meeting, days }
      },
    )
    const facts = (await claimed(tx, tenantId, due, ctx.now)).map(({ meeting, days, orgPath }) => ({
      subject: { kind: 'meeting', id: meeting.id, orgPath },
      payload: { days },
    }))
    await publishAll(tx, { tenantId, now: ctx.now }, 'meetings.filing_due', facts)
  })
}

const REMINDED_FROM = 20

/** On the 20th and on the last day of the month: branches that still lack a monthly kind. */
export async function remindOfMissing(ctx: JobCtx): Promise<void> {
  const today = todayOf(ctx.now)
  const day = Number(today.slice(8))
  if (day < REMINDED_FROM) return
  const isLast = day === lastDayOf(today)
  const period = today.slice(0, 7)
  await eachTenant(ctx, async (tx, { id: tenantId, path }) => {
    const lacking = await branchesWithout(tx, tenantId, path, MONTHLY, `${period}-01`, today)
    const due = lacking.map((branch) => ({
      key: `missing/${branch.id}/${period}/${isLast ? 'end' : '20'}`,
      orgPath: branch.path,
      branch,
    }))
    const facts = (await claimed(tx, tenantId, due, ctx.now)).map(({ branch, orgPath }) => ({
      subject: { kind: 'org', id: branch.id, orgPath },
      payload: { orgId: branch.id, period, kinds: branch.kinds },
    }))
    await publishAll(tx, { tenantId, now: ctx.now }, 'meetings.kinds_missing', facts)
  })
}

/** Counts the sums of the year and of the year before again, so that what was lost does not stay lost. */
export async function rebuildYear(ctx: JobCtx): Promise<void> {
  const year = Number(todayOf(ctx.now).slice(0, 4))
  await eachTenant(ctx, async (tx, { id }) => {
    for (const one of [year - 1, year]) await rebuildHeldSums(tx, id, one)
  })
}

export const meetingsJobs: readonly Job[] = [
  { name: 'meetings_rebuild_year', cron: '40 2 * * *', run: rebuildYear },
  { name: 'meetings_remind_start', cron: '*/5 * * * *', run: remindOfMeetings },
  { name: 'meetings_remind_filing', cron: '0 8 * * *', run: remindOfFiling },
  { name: 'meetings_remind_missing', cron: '30 8 * * *', run: remindOfMissing },
]
