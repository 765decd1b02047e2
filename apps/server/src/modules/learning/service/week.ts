import type { Reply, readMyWeek } from '@tongxin/contract'
import { addDays } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { audienceOf } from '../../members/index.ts'
import { coursesById } from '../queries/courses.queries.ts'
import { membersWithout } from '../queries/plan-people.queries.ts'
import { planById } from '../queries/plans.queries.ts'
import * as q from '../queries/weekly.queries.ts'
import { demandLearner } from './audience.ts'
import { myRow, plannedOf } from './own.ts'

/** How far the digest of a week looks: what is due in two weeks, what is new since the last one. */
const AHEAD_DAYS = 14
const BACK_DAYS = 7
const DAY_MS = 86_400_000
const sinceOf = (now: Date): Date => new Date(now.getTime() - BACK_DAYS * DAY_MS)

/** What is due, what is new for me and what I finished: mine alone, with no measure of others. */
export async function read(ctx: Ctx): Promise<Reply<typeof readMyWeek>> {
  const learner = await demandLearner(ctx)
  const today = todayOf(ctx.now)
  const until = addDays(today, AHEAD_DAYS)
  const since = sinceOf(ctx.now)
  const [{ rows }, fresh, finished] = await Promise.all([
    plannedOf(ctx.db, learner, today),
    q.freshFor(ctx.db, learner, { since, today }),
    q.finishedSince(ctx.db, learner, since),
  ])
  const open = rows.filter(
    ({ isRequired, state, dueOn }) => isRequired && state !== 'completed' && dueOn !== null && dueOn <= until,
  )
  // The nearest day comes first: a course that several plans ask for stands here once.
  const due = open.filter(({ id }, at) => open.findIndex((row) => row.id === id) === at)
  return { from: todayOf(since), until, due, fresh: fresh.map(myRow), finished: finished.map(myRow) }
}

type Courses = Map<string, Set<string>>
const noted = (found: Courses, memberIds: readonly string[], courseId: string): void => {
  for (const id of memberIds) found.set(id, (found.get(id) ?? new Set()).add(courseId))
}

type Digest = { readonly due: number; readonly fresh: number; readonly personIds: string[] }
/** How much each reader has due and new, by the same rules as his page; readers with the same figures stand together. */
export async function digestsOf(tx: Tx, tenantId: string, now: Date, readers: readonly q.Reader[]): Promise<Digest[]> {
  const memberIds = readers.map(({ memberId }) => memberId)
  const due = await dueOf(tx, tenantId, now, memberIds)
  const fresh = await freshOf(tx, tenantId, now, memberIds)
  const digests = new Map<string, Digest>()
  for (const { personId, memberId } of readers) {
    const figures = { due: due.get(memberId)?.size ?? 0, fresh: fresh.get(memberId)?.size ?? 0 }
    if (figures.due + figures.fresh === 0) continue
    const key = `${figures.due}/${figures.fresh}`
    const digest = digests.get(key) ?? { ...figures, personIds: [] }
    digest.personIds.push(personId)
    digests.set(key, digest)
  }
  return [...digests.values()]
}

async function dueOf(tx: Tx, tenantId: string, now: Date, memberIds: readonly string[]): Promise<Courses> {
  const found: Courses = new Map()
  const rows = await q.coursesDueUntil(tx, tenantId, addDays(todayOf(now), AHEAD_DAYS))
  for (const [planId, courses] of Map.groupBy(rows, (row) => row.planId)) {
    const plan = await planById(tx, tenantId, planId)
    if (!plan) continue
    const audience = await audienceOf(tx, tenantId, plan)
    for (const { courseId } of courses) {
      const asked = { courseId, memberIds, what: 'finished' } as const
      noted(found, await membersWithout(tx, tenantId, audience, asked), courseId)
    }
  }
  return found
}

async function freshOf(tx: Tx, tenantId: string, now: Date, memberIds: readonly string[]): Promise<Courses> {
  const found: Courses = new Map()
  const ids = await q.coursesSince(tx, tenantId, sinceOf(now), todayOf(now))
  for (const course of await coursesById(tx, tenantId, ids)) {
    const audience = await audienceOf(tx, tenantId, course)
    const asked = { courseId: course.id, memberIds, what: 'begun' } as const
    noted(found, await membersWithout(tx, tenantId, audience, asked), course.id)
  }
  return found
}
