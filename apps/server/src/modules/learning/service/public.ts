import {
  type Input,
  type listPublicCourses,
  type PublicCourseRow,
  type Reply,
  type readPublicCourse,
  learningRefusals as refusals,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { PublicCtx, Tx } from '../../../platform/ctx.ts'
import type { Platform } from '../../../platform/platform.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import { slidesIn } from '../learning.policy.ts'
import type { LearningPorts } from '../learning.ports.ts'
import { type OpenCourse, openCourses, publicCourse, tenantOfPublic } from '../queries/public.queries.ts'
import { shownSlides } from '../queries/slides.queries.ts'
import { findVersion } from '../queries/versions.queries.ts'
import { cardsOf } from './courses.ts'
import { asked } from './reading.ts'

/**
 * Public courses are read by nobody in particular: no session is asked for and nothing of the reader is kept. Works in
 * the tenant that the course is of. @throws Refusal `learning.not_found`
 */
export async function inTenantOf<T>(
  platform: Platform,
  courseId: string,
  work: (tx: Tx, tenantId: string) => Promise<T>,
): Promise<T> {
  const tenantId = await tenantOfPublic(platform.db, courseId)
  if (tenantId === undefined) throw refusals.not_found()
  const { path } = await tenantOf(platform.db, tenantId)
  return inSystemTransaction(platform, { tenantId, scope: path }, (tx) => work(tx, tenantId))
}

const rowOf = (course: OpenCourse): PublicCourseRow => ({
  id: course.id,
  title: course.title,
  summary: course.summary,
  column: course.column,
  kind: course.kind,
  lecturer: course.lecturer,
  minutes: course.minutes,
  coverId: course.coverId,
})

export async function list(
  ctx: PublicCtx,
  { query }: Input<typeof listPublicCourses>,
  platform: Platform,
): Promise<Reply<typeof listPublicCourses>> {
  const rows = await openCourses(platform.db, todayOf(ctx.now), query)
  return { rows: rows.map(rowOf) }
}

export const read =
  (ports: LearningPorts) =>
  async (
    ctx: PublicCtx,
    { params }: Input<typeof readPublicCourse>,
    platform: Platform,
  ): Promise<Reply<typeof readPublicCourse>> => {
    return inTenantOf(platform, params.id, async (tx, tenantId) => {
      const course = await publicCourse(tx, tenantId, todayOf(ctx.now), params.id)
      const version = course && (await findVersion(tx, tenantId, course.id, course.liveVersion ?? 0))
      if (!course || !version) throw refusals.not_found()
      const { content } = version
      return {
        ...rowOf(course),
        orgName: course.orgName ?? '',
        isDownloadable: course.isDownloadable,
        source: content.source && {
          kind: content.source.kind,
          from: content.source.from,
          publishedOn: content.source.publishedOn,
        },
        chapters: asked(content),
        cards: await cardsOf({ db: tx, now: ctx.now, actor: { tenantId } }, ports, content),
        slides: await shownSlides(tx, tenantId, slidesIn(content)),
      }
    })
  }
