import type { CourseColumn, CourseFigures, CourseKind, MediaUse, PackageUse } from '@tongxin/contract'
import { meanRating } from '@tongxin/domain/learning/course'
import { todayOf } from '../../platform/clock.ts'
import type { Actor, Ctx, Db, Tx } from '../../platform/ctx.ts'
import { audienceOf } from '../members/index.ts'
import { coursesById, waitingCounts } from './queries/courses.queries.ts'
import { namesThing } from './queries/own.queries.ts'
import { unfinishedOf } from './queries/plan-people.queries.ts'
import { planById, planCourses } from './queries/plans.queries.ts'
import { coursesNaming, isMediaOpen } from './queries/public.queries.ts'
import { askedOf, learnerOf } from './service/audience.ts'

/** A request or a reaction: only the tenant is asked for, rights are the caller's business. */
export type AskingCtx = { readonly db: Db } & (
  | { readonly actor: Pick<Actor, 'tenantId'> }
  | { readonly tenantId: string }
)
const tenantOf = (ctx: AskingCtx): string => ('actor' in ctx ? ctx.actor.tenantId : ctx.tenantId)

export type CourseFacts = {
  readonly id: string
  readonly title: string
  readonly isRequired: boolean
  /** 学时. */
  readonly hours: number
  readonly minutes: number
  readonly column: CourseColumn
  readonly kind: CourseKind
}
/** What rules on credit-hours ask of a course; undefined when there is none. */
export async function courseFacts(ctx: AskingCtx, courseId: string): Promise<CourseFacts | undefined> {
  const [course] = await coursesById(ctx.db, tenantOf(ctx), [courseId])
  if (!course) return undefined
  const { id, title, isRequired, quarters, minutes, column, kind } = course
  return { id, title, isRequired, hours: quarters / 4, minutes, column, kind }
}

/** Who began and finished each course, and the mean of at least five ratings in tenths; as of the last count. */
export async function courseFiguresOf(ctx: AskingCtx, ids: readonly string[]): Promise<Map<string, CourseFigures>> {
  const found = await coursesById(ctx.db, tenantOf(ctx), ids)
  return new Map(
    found.map(({ id, enrolled, completed, ratingSum, ratingCount }) => [
      id,
      { enrolled, completed, rating: meanRating(ratingSum, ratingCount) },
    ]),
  )
}

/**
 * For notices: the people of a plan below a path who have not finished one of its courses, or anything required of it
 * (`courseId` null), all of them or those named.
 */
export async function unfinishedPeople(
  db: Db,
  tenantId: string,
  planId: string,
  asked: { courseId: string | null; path: string; memberIds: readonly string[] | null; now: Date },
): Promise<{ personId: string; name: string }[]> {
  const plan = await planById(db, tenantId, planId)
  if (plan?.state !== 'published') return []
  const { required } = askedOf(await planCourses(db, tenantId, planId), todayOf(asked.now))
  const ids = asked.courseId === null ? required : [asked.courseId]
  return unfinishedOf(db, tenantId, await audienceOf(db, tenantId, plan), ids, asked)
}

/** What of courses waits for a post, for the workbench. */
export async function learningWaiting(db: Db, actor: Actor): Promise<{ key: string; count: number; path: string }[]> {
  if (actor.reach === 'self' || !actor.permissions.has('learning.read')) return []
  const { review, release, returned } = await waitingCounts(db, actor)
  const rows = []
  if (actor.permissions.has('learning.review'))
    rows.push(
      { key: 'review', count: review, path: '/learning/courses?openState=submitted' },
      { key: 'release', count: release, path: '/learning/courses?openState=reviewed' },
    )
  if (actor.permissions.has('learning.write'))
    rows.push({ key: 'returned', count: returned, path: '/learning/courses?openState=draft' })
  return rows
}

/** For media: whether a course that the caller learns or may learn shows it. */
export async function watchesInCourse(ctx: Ctx, mediaId: string): Promise<boolean> {
  const learner = await learnerOf(ctx)
  return learner !== undefined && namesThing(ctx.db, learner, todayOf(ctx.now), { key: 'mediaId', id: mediaId })
}

/** For media: whether such a course may be downloaded as well. */
export async function keepsInCourse(ctx: Ctx, mediaId: string): Promise<boolean> {
  const learner = await learnerOf(ctx)
  const thing = { key: 'mediaId', id: mediaId, isKept: true } as const
  return learner !== undefined && namesThing(ctx.db, learner, todayOf(ctx.now), thing)
}

/** For packages: whether a course that the caller learns or may learn shows it. */
export async function opensInCourse(ctx: Ctx | Ctx<Tx>, packageId: string): Promise<boolean> {
  const learner = await learnerOf(ctx)
  return learner !== undefined && namesThing(ctx.db, learner, todayOf(ctx.now), { key: 'packageId', id: packageId })
}

/** For packages: the courses that show them, as far as the caller sees courses. */
export async function packagesInCourses(ctx: Ctx | Ctx<Tx>, packageIds: readonly string[]): Promise<PackageUse[]> {
  const rows = await coursesNaming(ctx.db, ctx.actor.tenantId, 'packageId', packageIds)
  return rows.map(({ thingId, id, title }) => ({ packageId: thingId, id, title }))
}

/** For media: whether everybody may watch it, because a public course shows it. */
export const isOpenInCourse = (db: Db, tenantId: string, mediaId: string, now: Date): Promise<boolean> =>
  isMediaOpen(db, { tenantId, today: todayOf(now), isKept: false }, mediaId)

/** For media: whether everybody may keep it, because a public course that shows it may be downloaded. */
export const isKeptInCourse = (db: Db, tenantId: string, mediaId: string, now: Date): Promise<boolean> =>
  isMediaOpen(db, { tenantId, today: todayOf(now), isKept: true }, mediaId)

/** For media: the courses that show them, as far as the caller sees courses. */
export async function mediaInCourses(ctx: Ctx | Ctx<Tx>, mediaIds: readonly string[]): Promise<MediaUse[]> {
  const rows = await coursesNaming(ctx.db, ctx.actor.tenantId, 'mediaId', mediaIds)
  return rows.map(({ thingId, id, title }) => ({ mediaId: thingId, kind: 'course', id, name: title }))
}
