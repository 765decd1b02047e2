import { type drawSlidesAgain, type Input, type Reply, learningRefusals as refusals } from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import * as q from '../queries/courses.queries.ts'
import { lockSlides, setSlides } from '../queries/slides.queries.ts'
import { subjectOf } from './courses.ts'

/** Slides that could not be drawn wait for their turn again, with all attempts before them. */
export async function drawAgain(
  ctx: Ctx<Tx>,
  { params }: Input<typeof drawSlidesAgain>,
): Promise<Reply<typeof drawSlidesAgain>> {
  const course = await q.lockCourse(ctx.db, ctx.actor, params.id)
  if (!course) throw refusals.not_found()
  const { tenantId } = ctx.actor
  const slides = await lockSlides(ctx.db, tenantId, { courseId: course.id, fileId: params.fileId })
  if (!slides) throw refusals.not_found()
  if (slides.state === 'ready' || slides.why === null) throw refusals.slides_drawn()
  const again = { slides_state: 'waiting', slides_why: null, slides_attempts: 0, slides_leased_until: null } as const
  await setSlides(ctx.db, tenantId, params.fileId, again)
  await publish(ctx, 'learning.slides_again', subjectOf(course), { title: course.title })
  return { fileId: params.fileId, state: 'waiting', why: null }
}
