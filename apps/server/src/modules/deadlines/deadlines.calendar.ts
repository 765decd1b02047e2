import type { Permission } from '@tongxin/contract'
import { type DeadlineWords, deadlineTitle } from '@tongxin/contract/deadlines.words'
import { todayOf } from '../../platform/clock.ts'
import type { Db } from '../../platform/ctx.ts'
import * as q from './deadlines.queries.ts'
import { KIND_WORDS } from './deadlines.words.ts'

export type CalendarDeadline = {
  readonly id: string
  readonly title: string
  /** The day on which it stands in a calendar: its last day, and today once it is overdue. */
  readonly onDay: string
  readonly isOverdue: boolean
  readonly updatedAt: Date
}

const MOST = 300

/**
 * The open deadlines of a person and of the posts the person holds, for a calendar of the person's own.
 * @param owner.posts organisations with the permissions held there
 */
export async function calendarDeadlines(
  db: Db,
  owner: {
    readonly tenantId: string
    readonly personId: string
    readonly posts: readonly { readonly orgPath: string; readonly permissions: readonly Permission[] }[]
  },
  now: Date,
  words: ReadonlyMap<string, DeadlineWords> = KIND_WORDS['zh-CN'],
): Promise<CalendarDeadline[]> {
  const today = todayOf(now)
  return (await q.openItemsOf(db, owner, MOST)).map((row) => ({
    id: row.id,
    title: deadlineTitle(words, { kind: row.kind, params: row.params as Record<string, string | number> }),
    onDay: row.dueOn < today ? today : row.dueOn,
    isOverdue: row.dueOn < today,
    updatedAt: row.updatedAt,
  }))
}
