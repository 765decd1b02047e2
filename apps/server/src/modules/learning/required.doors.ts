import type { Db } from '../../platform/ctx.ts'
import { audienceOf } from '../members/index.ts'
import { askedAmong, finishedAmong, requiringPlans } from './queries/required.queries.ts'

/** How many courses that published plans of a year require these members have not finished, each course once. */
export async function requiredLeftOf(
  db: Db,
  tenantId: string,
  memberIds: readonly string[],
  year: number,
): Promise<Map<string, number>> {
  const asked = new Map<string, Set<string>>()
  for (const plan of memberIds.length > 0 ? await requiringPlans(db, tenantId, year) : []) {
    if (plan.courseIds.length === 0) continue
    const audience = await audienceOf(db, tenantId, plan)
    for (const memberId of await askedAmong(db, tenantId, audience, memberIds)) {
      const courses = asked.get(memberId) ?? new Set<string>()
      for (const courseId of plan.courseIds) courses.add(courseId)
      asked.set(memberId, courses)
    }
  }
  const courseIds = [...new Set([...asked.values()].flatMap((courses) => [...courses]))]
  if (courseIds.length === 0) return new Map()
  for (const { memberId, courseId } of await finishedAmong(db, tenantId, [...asked.keys()], courseIds))
    asked.get(memberId)?.delete(courseId)
  return new Map([...asked].map(([memberId, courses]) => [memberId, courses.size]))
}
