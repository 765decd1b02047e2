import { inEachTenant } from '../../platform/each-tenant.ts'
import { publishAll } from '../../platform/events.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import type { ExamsPorts } from './exams.ports.ts'
import { countSeats } from './queries/seats.queries.ts'
import { examById, overdueExams, setExam } from './queries/sessions.queries.ts'
import * as q from './queries/sittings.queries.ts'
import { handIn } from './service/hand-in.ts'
import { GRACE_SECONDS } from './service/save.ts'
import { examSubject } from './service/sessions.ts'

/** Together in one transaction; the next turn of the job takes the next. */
const MOST = 2000

/**
 * Hands in what ran out of time, with the answers saved so far, and closes exams whose window is over. Both by the
 * clock of the database, a little later than the last answer is taken, so that none is cut off.
 */
export async function keepTime(ports: ExamsPorts, ctx: JobCtx): Promise<void> {
  const { platform, now } = ctx
  await inEachTenant(ctx, async (tx, { id: tenantId }) => {
    const overdue = await q.overdueSittings(tx, tenantId, GRACE_SECONDS, MOST)
    const locked = await q.lockSittings(
      tx,
      tenantId,
      overdue.map((id) => ({ id, personId: null })),
    )
    await handIn(
      { db: tx, tenantId, now, ports },
      locked.filter(({ state }) => state === 'running'),
      true,
    )
    for (const id of await overdueExams(tx, tenantId, GRACE_SECONDS)) {
      const exam = await examById(tx, tenantId, id, true)
      // Whoever is still in it is handed in first.
      if (exam?.state !== 'announced' || (await q.runningOf(tx, tenantId, id)).length > 0) continue
      await setExam(tx, tenantId, exam, { state: 'closed' }, now)
      const handedIn = await q.countHandedIn(tx, tenantId, id)
      const absent = (await countSeats(tx, tenantId, id)) - handedIn
      const fact = { subject: examSubject(exam), payload: { handedIn, absent } }
      await publishAll(tx, { tenantId, now }, 'exams.closed', [fact])
    }
  }).finally(platform.wake)
}

export const examsJobs = (ports: ExamsPorts): readonly Job[] => [
  { name: 'exams_keep_time', cron: '* * * * *', run: (ctx) => keepTime(ports, ctx) },
]
