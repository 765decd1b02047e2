import { addDays } from '@tongxin/domain'
import { todayOf } from '../../platform/clock.ts'
import { inEachTenant } from '../../platform/each-tenant.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import { tasksDueFrom } from './queries/tasks.queries.ts'
import { keepWorkClocks } from './service/clocks.ts'
import { OVERDUE_DAYS } from './study.policy.ts'

/** A machine that was off for so long still puts old deadlines to rest. */
const SLACK_DAYS = 30

/** People come and go: who owes an open assignment has its last day among the own deadlines, nobody else. */
export async function keepClocks({ platform, now, signal }: JobCtx): Promise<void> {
  const from = addDays(todayOf(now), -(OVERDUE_DAYS + SLACK_DAYS))
  await inEachTenant({ platform, signal }, async (db, { id: tenantId }) => {
    for (const task of await tasksDueFrom(db, tenantId, from)) {
      if (signal.aborted) return
      await keepWorkClocks({ db, now, actor: { tenantId } }, task)
    }
  })
}

export const studyJobs: readonly Job[] = [{ name: 'study_keep_clocks', cron: '40 5 * * *', run: keepClocks }]
