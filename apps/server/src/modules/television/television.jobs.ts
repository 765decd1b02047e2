import { visitTenants } from '../../platform/each-tenant.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { silentSince } from './queries/airings.queries.ts'
import { loseAiring } from './service/ends.ts'
import { LOST_MINUTES, minutesBefore } from './television.policy.ts'

const PART = 500

/** Airings whose set fell silent stand as lost, at the last sign of life; the set may still tell the end. */
export async function loseSilent(ctx: Pick<JobCtx, 'platform' | 'now' | 'signal'>): Promise<void> {
  const since = minutesBefore(ctx.now, LOST_MINUTES)
  await visitTenants(ctx, ({ id, path }) =>
    inSystemTransaction(ctx.platform, { tenantId: id, scope: path }, async (tx) => {
      for (const airing of await silentSince(tx, id, since, PART)) await loseAiring(tx, id, airing)
    }),
  )
}

export const televisionJobs: readonly Job[] = [{ name: 'television.lose_silent', cron: '*/5 * * * *', run: loseSilent }]
