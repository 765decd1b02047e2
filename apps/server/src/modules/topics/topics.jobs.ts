import { todayOf } from '../../platform/clock.ts'
import { visitTenants } from '../../platform/each-tenant.ts'
import { publishAll } from '../../platform/events.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { setProposal, unansweredSince } from './queries/proposals.queries.ts'
import { closingBefore, setWish } from './queries/wishes.queries.ts'
import { subjectOf } from './service/shown.ts'
import { ANSWER_DAYS } from './topics.policy.ts'

const PART = 500
const DAY_MS = 86_400_000

/** Files wishes whose time is over without enough support, and lets proposals go that nobody answered for a week. */
export async function keepDates(ctx: Pick<JobCtx, 'platform' | 'now' | 'signal'>): Promise<void> {
  const { now } = ctx
  const today = todayOf(now)
  await visitTenants(ctx, (tenant) =>
    inSystemTransaction(ctx.platform, { tenantId: tenant.id, scope: tenant.path }, async (tx) => {
      const closed = await closingBefore(tx, tenant.id, today, PART)
      for (const { id } of closed) await setWish(tx, tenant.id, id, { state: 'unmet' }, now)
      await publishAll(
        tx,
        { tenantId: tenant.id, now },
        'topics.unmet',
        closed.map((wish) => ({
          subject: subjectOf(wish),
          payload: { title: wish.title, supporters: wish.supporters, threshold: wish.threshold },
        })),
      )
      const silent = await unansweredSince(tx, tenant.id, new Date(now.getTime() - ANSWER_DAYS * DAY_MS), today)
      for (const { id } of silent) await setProposal(tx, tenant.id, id, { state: 'lapsed' }, now)
      await publishAll(
        tx,
        { tenantId: tenant.id, now },
        'topics.lapsed',
        silent.map(({ id, orgPath, personId, wishId }) => ({
          subject: { kind: 'topic_proposal', id, orgPath, personId },
          payload: { topicId: wishId },
        })),
      )
    }),
  )
  ctx.platform.wake()
}

export const topicsJobs: readonly Job[] = [{ name: 'topics.keep_dates', cron: '20 6 * * *', run: keepDates }]
