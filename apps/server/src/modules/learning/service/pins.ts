import type { CourseContent } from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { reaches } from '../../../platform/scope.ts'
import * as q from '../queries/courses.queries.ts'
import { type MediaPlace, mediaPlaces } from '../queries/public.queries.ts'
import * as versions from '../queries/versions.queries.ts'
import { subjectOf } from './courses.ts'

/** For media: what a version that was handed in shows is what was reviewed, and stays so for whoever learns in it. */
export const pinsOfCourses = {
  isPinned: async (ctx: Ctx | Ctx<Tx>, mediaId: string): Promise<boolean> =>
    (await mediaPlaces(ctx.db, ctx.actor.tenantId, mediaId)).some(({ state }) => state !== 'draft'),

  async replaceIn(
    ctx: Ctx<Tx>,
    media: { readonly from: string; readonly to: string },
  ): Promise<{ drafts: number; left: number }> {
    const told = { drafts: 0, left: 0 }
    const places = await mediaPlaces(ctx.db, ctx.actor.tenantId, media.from)
    for (const id of new Set(places.filter(isNow).map(({ courseId }) => courseId))) {
      const course = await q.lockCourse(ctx.db, ctx.actor, id)
      if (!course || course.state === 'withdrawn' || !reaches(ctx.actor, course.orgPath)) continue
      if (await replaceInCourse(ctx, course, media)) told.drafts += 1
      else told.left += 1
    }
    return told
  },
}

const isNow = ({ state, isLive }: MediaPlace): boolean => isLive || state !== 'released'

/** Into the draft, begun from the released version where there is none. False while others review. */
async function replaceInCourse(
  ctx: Ctx<Tx>,
  course: q.Course,
  media: { readonly from: string; readonly to: string },
): Promise<boolean> {
  const { tenantId, personId } = ctx.actor
  const open = await versions.openVersion(ctx.db, tenantId, course.id)
  if (open && open.state !== 'draft') return false
  if (open) {
    await versions.setVersion(ctx.db, tenantId, open, {
      content: JSON.stringify(withOther(open.content, media)),
      writer_ids: [...new Set([...open.writerIds, personId])],
    })
    await q.setCourse(ctx.db, tenantId, course, {}, ctx.now)
    return true
  }
  const live = await versions.findVersion(ctx.db, tenantId, course.id, course.liveVersion ?? 0)
  if (!live) return false
  const number = live.number + 1
  await versions.insertVersion(ctx.db, tenantId, {
    courseId: course.id,
    orgPath: course.orgPath,
    number,
    content: withOther(live.content, media),
    writerIds: [personId],
  })
  await q.setCourse(ctx.db, tenantId, course, { open_state: 'draft' }, ctx.now)
  await publish(ctx, 'learning.revised', subjectOf(course), { number })
  return true
}

const withOther = (
  content: CourseContent,
  { from, to }: { readonly from: string; readonly to: string },
): CourseContent => ({
  ...content,
  chapters: content.chapters.map((chapter) => ({
    ...chapter,
    blocks: chapter.blocks.map((block) =>
      block.kind === 'media' && block.mediaId === from ? { ...block, mediaId: to } : block,
    ),
  })),
})
