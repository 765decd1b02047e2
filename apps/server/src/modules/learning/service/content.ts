import { type CourseContent, filesRefusals, Refusal, learningRefusals as refusals } from '@tongxin/contract'
import { blocksOf } from '@tongxin/domain/learning/course'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { isWithin } from '../../../platform/scope.ts'
import { attachFile } from '../../files/index.ts'
import { findUnit } from '../../org/index.ts'
import { filesIn, isEmptyBlock, refsIn, slidesIn } from '../learning.policy.ts'
import type { LearningPorts } from '../learning.ports.ts'
import * as q from '../queries/courses.queries.ts'
import { wantPages } from '../queries/slides.queries.ts'

type Owner = Pick<q.Course, 'id' | 'orgId' | 'orgPath'>

/** What a new course says: everything else is written into the draft. */
export const emptyContent = (
  orgId: string,
  { title, column, kind }: Pick<CourseContent, 'title' | 'column' | 'kind'>,
): CourseContent => ({
  title: title.trim(),
  summary: '',
  column,
  kind,
  theme: '',
  lecturer: '',
  isRequired: false,
  quarters: kind === 'micro' ? 1 : 4,
  minutes: kind === 'micro' ? 5 : 45,
  audience: { orgId, kinds: ['formal', 'probationary'], posts: [], levels: [] },
  isPublic: false,
  isDownloadable: true,
  validFrom: null,
  validUntil: null,
  source: null,
  prerequisites: [],
  mastery: 60,
  coverId: null,
  chapters: [],
})

/** Where the audience of a course or plan stands. @throws Refusal outside the organisation that owns it */
export async function audiencePathOf(
  ctx: Ctx<Tx>,
  ownerPath: string,
  audience: CourseContent['audience'],
): Promise<string> {
  const unit = await findUnit(ctx.db, ctx.actor, audience.orgId)
  if (!unit) throw refusals.no_such_org.at('/body/audience/orgId')
  if (!isWithin(unit.path, ownerPath)) throw refusals.audience_outside.at('/body/audience/orgId')
  if (audience.levels.length > 0 && audience.posts.length === 0)
    throw refusals.levels_without_posts.at('/body/audience/levels')
  return unit.path
}

/** What no draft may be, however unfinished. */
export function demandSound(content: CourseContent): void {
  const { validFrom, validUntil } = content
  if (validFrom !== null && validUntil !== null && validUntil < validFrom)
    throw refusals.validity_backwards.at('/body/validUntil')
  const ids = [...content.chapters, ...blocksOf(content)].map(({ id }) => id)
  if (new Set(ids).size < ids.length) throw refusals.ids_repeated.at('/body/chapters')
  content.chapters.forEach(({ blocks }, chapter) => {
    blocks.forEach((block, at) => {
      if (block.kind === 'card' && block.question && block.question.right >= block.question.options.length)
        throw refusals.right_missing.at(`/body/chapters/${chapter}/blocks/${at}/question/right`)
    })
  })
}

/** Gives the course the files that its draft names for the first time. */
export async function keepFiles(ctx: Ctx<Tx>, course: Owner, content: CourseContent): Promise<void> {
  const named = filesIn(content)
  const attached = await q.attachedFiles(ctx.db, ctx.actor.tenantId, named)
  for (const fileId of named) {
    const owner = attached.get(fileId)
    if (owner === course.id) continue
    if (owner !== undefined) throw refusals.file_not_usable.at('/body/chapters')
    try {
      await attachFile(ctx, fileId, {
        kind: 'course',
        id: course.id,
        orgId: course.orgId,
        orgPath: course.orgPath,
        readPermission: 'learning.read',
      })
    } catch (error) {
      if (error instanceof Refusal && error.code === filesRefusals.not_found().code)
        throw refusals.file_not_usable.at('/body/chapters')
      throw error
    }
    await q.insertFile(ctx.db, ctx.actor.tenantId, course, fileId)
  }
  await wantPages(ctx.db, ctx.actor.tenantId, slidesIn(content))
}

/** What a version must have before others look at it. */
export async function demandComplete(
  ctx: Ctx<Tx>,
  ports: LearningPorts,
  courseId: string,
  content: CourseContent,
): Promise<void> {
  if (content.source === null) throw refusals.source_missing()
  const isThin = content.chapters.some(({ blocks }) => blocks.length === 0 || blocks.some(isEmptyBlock))
  if (content.chapters.length === 0 || isThin) throw refusals.content_missing()
  const refs = refsIn(content)
  const isFile = content.chapters.some(({ blocks }) => blocks.some(({ kind }) => kind === 'file'))
  if (isFile && !content.isDownloadable) throw refusals.file_needs_download()
  if (!(await ports.mediaSettled(ctx, refs.media))) throw refusals.media_unsettled()
  for (const kind of ['media', 'package', 'quiz'] as const) {
    if (refs[kind].length === 0) continue
    const cards = (await ports.cards[kind]?.(ctx, refs[kind])) ?? []
    const usable = new Set(cards.filter(({ isGone }) => !isGone).map(({ id }) => id))
    if (refs[kind].some((id) => !usable.has(id))) throw refusals.block_unknown({ kind })
  }
  await demandPrerequisites(ctx, courseId, content.prerequisites)
}

/** Courses that come before must be open, and may not ask for this one in their turn. */
async function demandPrerequisites(ctx: Ctx<Tx>, courseId: string, before: readonly string[]): Promise<void> {
  const { tenantId } = ctx.actor
  const known = await q.coursesById(ctx.db, tenantId, before)
  if (known.length < before.length || known.some(({ state }) => state !== 'live')) throw refusals.prerequisite_unknown()
  const seen = new Set<string>()
  let next = [...before]
  while (next.length > 0) {
    if (next.includes(courseId)) throw refusals.prerequisite_circular()
    for (const id of next) seen.add(id)
    const further = await q.prerequisitesOf(ctx.db, tenantId, next)
    next = [...new Set([...further.values()].flat())].filter((id) => !seen.has(id))
  }
}
