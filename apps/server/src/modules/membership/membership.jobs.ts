import { addMonths } from '@tongxin/domain'
import { todayOf } from '../../platform/clock.ts'
import { inEachTenant } from '../../platform/each-tenant.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import { countRecords, monthsKnown, openMonth } from './queries/months.queries.ts'

const monthsFrom = (month: string, months: number): string => addMonths(`${month}-01`, months).slice(0, 7)

/**
 * Opens the running month with the figures of the one before (also months that went by while the server slept), and
 * counts the records beside the figures: a difference shows on the page of the month.
 */
export async function keepMonths({ platform, now, signal }: JobCtx): Promise<void> {
  const running = todayOf(now).slice(0, 7)
  await inEachTenant({ platform, signal }, async (tx, { id: tenantId }) => {
    const { first, last } = await monthsKnown(tx, tenantId)
    if (first === null) return
    for (let month = last ?? first; month < running; month = monthsFrom(month, 1))
      await openMonth(tx, tenantId, month, monthsFrom(month, 1))
    await countRecords(tx, tenantId, running, now, null)
    if (first < running) await countRecords(tx, tenantId, monthsFrom(running, -1), now, null)
  })
}

export const membershipJobs: readonly Job[] = [{ name: 'membership.keep_months', cron: '10 0 * * *', run: keepMonths }]
