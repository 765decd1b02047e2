import type { Actor, Db } from '../../platform/ctx.ts'
import { waitingLecturers } from './queries/lecturers.queries.ts'
import { waitingCounts } from './queries/proposals.queries.ts'

/** What of wishes and lessons waits for a post, for its workbench. */
export async function topicsWaiting(db: Db, actor: Actor): Promise<{ key: string; count: number; path: string }[]> {
  if (actor.reach === 'self' || !actor.permissions.has('topics.write')) return []
  const { answers, toSchedule, reached } = await waitingCounts(db, actor)
  const rows = [
    { key: 'reachedTopics', count: reached, path: '/topics?state=reached' },
    { key: 'lessonAnswers', count: answers, path: '/topics/proposals?state=proposed' },
    { key: 'lessonsToPlan', count: toSchedule, path: '/topics/proposals?state=agreed' },
  ]
  if (!actor.permissions.has('learning.review')) return rows
  const lecturers = await waitingLecturers(db, actor)
  return [...rows, { key: 'lecturers', count: lecturers, path: '/topics/lecturers?state=submitted' }]
}
