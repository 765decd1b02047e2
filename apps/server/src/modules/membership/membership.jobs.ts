import { todayOf } from '../../platform/clock.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import { tenants } from '../../platform/tenants.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { countRecords, monthsKnown, openMonth } from './queries/months.queries.ts'

export const monthAfter = (month: string): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}
const monthBefore = (month: string): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`
}

/**
 * Opens the running month with the figures of the one before (also months that went by while the server slept), and
 * counts the records beside the figures: a difference shows on the page of the month.
 */
export async function keepMonths({ platform, now, signal }: JobCtx): Promise<void> {
  const running = todayOf(now).slice(0, 7)
  for (const { id: tenantId, path } of await tenants(platform.db)) {
    if (signal.aborted) return
    await inSystemTransaction(platform, { tenantId, scope: path }, async (tx) => {
      const { first, last } = await monthsKnown(tx, tenantId)
      if (first === null) return
      for (let month = last ?? first; month < running; month = monthAfter(month))
        await openMonth(tx, tenantId, month, monthAfter(month))
      await countRecords(tx, tenantId, running, now, null)
      if (first < running) await countRecords(tx, tenantId, monthBefore(running), now, null)
    })
  }
}

export const membershipJobs: readonly Job[] = [{ name: 'membership.keep_months', cron: '10 0 * * *', run: keepMonths }]
