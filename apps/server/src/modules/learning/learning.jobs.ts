import { daysBetween } from '@tongxin/domain'
import { todayOf } from '../../platform/clock.ts'
import { inEachTenant, visitTenants } from '../../platform/each-tenant.ts'
import { publishAll } from '../../platform/events.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { claimDaily } from './queries/habits.queries.ts'
import { claimDueSoon } from './queries/plans.queries.ts'
import { foldFigures } from './queries/progress.queries.ts'
import { claimWeekly } from './queries/weekly.queries.ts'
import { digestsOf } from './service/week.ts'
import { slideJobs } from './slides.jobs.ts'

/** Days before something is due on which those who have not finished are told. */
const REMIND_DAYS = [30, 7, 1] as const
const PEOPLE_A_FACT = 500

/** Counts who begun, finished and rated each course. */
export async function countCourses({ platform, signal }: JobCtx): Promise<void> {
  await inEachTenant({ platform, signal }, (tx, { id }) => foldFigures(tx, id))
}

/**
 * 30, 7 and 1 days before, or on the next day that the machine is on: one fact a course; who is told is decided when it
 * is told. A second run of the day tells nothing again.
 */
export async function remindOfDue({ platform, now, signal }: JobCtx): Promise<void> {
  const today = todayOf(now)
  await inEachTenant({ platform, signal }, async (tx, { id: tenantId }) => {
    const due = await claimDueSoon(tx, tenantId, today, REMIND_DAYS)
    await publishAll(
      tx,
      { tenantId, now },
      'learning.due_soon',
      due.map(({ planId, courseId, orgPath, title, dueOn }) => ({
        subject: { kind: 'learning_plan', id: planId, orgPath },
        payload: { planId, courseId, title, dueOn, days: daysBetween(today, dueOn) },
      })),
    )
  }).finally(platform.wake)
}

const shanghaiHour = (now: Date): number => new Date(now.getTime() + 8 * 3_600_000).getUTCHours()

/** The micro-lesson of the day for those whose hour has struck in Shanghai. */
export async function sendDaily({ platform, now, signal }: JobCtx): Promise<void> {
  const hour = shanghaiHour(now)
  await inEachTenant({ platform, signal }, async (tx, { id: tenantId, path }) => {
    const claimed = await claimDaily(tx, tenantId, todayOf(now), hour)
    for (const [courseId, people] of Map.groupBy(claimed, (row) => row.courseId)) {
      const title = people[0]?.title ?? ''
      const facts = []
      for (let from = 0; from < people.length; from += PEOPLE_A_FACT) {
        const personIds = people.slice(from, from + PEOPLE_A_FACT).map(({ personId }) => personId)
        facts.push({
          subject: { kind: 'course', id: courseId, orgPath: path },
          payload: { courseId, title, personIds },
        })
      }
      await publishAll(tx, { tenantId, now }, 'learning.micro_due', facts)
    }
  }).finally(platform.wake)
}

/** Readers that one transaction tells. */
const READERS = 1000

/** The digest of the week, for those whose day and hour have come; whoever has nothing due and nothing new is not told. */
export async function sendWeekly({ platform, now, signal }: JobCtx): Promise<void> {
  const at = { today: todayOf(now), hour: shanghaiHour(now) }
  await visitTenants({ platform, signal }, async ({ id: tenantId, path }) => {
    const turn = () =>
      inSystemTransaction(platform, { tenantId, scope: path }, async (tx) => {
        const { claimed, readers } = await claimWeekly(tx, tenantId, at, READERS)
        const digests = await digestsOf(tx, tenantId, now, readers)
        const facts = digests.map((payload) => ({
          subject: { kind: 'learning_week', id: null, orgPath: path },
          payload,
        }))
        await publishAll(tx, { tenantId, now }, 'learning.week_due', facts)
        return claimed
      })
    while (!signal.aborted && (await turn()) === READERS);
  }).finally(platform.wake)
}

export const learningJobs: readonly Job[] = [
  { name: 'learning_count_courses', cron: '*/5 * * * *', run: countCourses },
  { name: 'learning_remind_of_due', cron: '30 8 * * *', run: remindOfDue },
  { name: 'learning_send_daily', cron: '0 6-22 * * *', run: sendDaily },
  { name: 'learning_send_weekly', cron: '0 6-22 * * *', run: sendWeekly },
  ...slideJobs,
]
