import {
  type CourseContent,
  type CourseRecord,
  type CourseRow,
  type compareVersions,
  type createCourse,
  type discardDraft,
  type Input,
  type listCourses,
  type Reply,
  type readCourse,
  learningRefusals as refusals,
  type reviseCourse,
  type saveDraft,
} from '@tongxin/contract'
import { differencesOf, meanRating } from '@tongxin/domain/learning/course'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { reaches } from '../../../platform/scope.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { personNamesOf } from '../../access/index.ts'
import { findUnit } from '../../org/index.ts'
import { refsIn, refusalOfHand, slidesIn } from '../learning.policy.ts'
import type { LearningPorts } from '../learning.ports.ts'
import * as q from '../queries/courses.queries.ts'
import { shownSlides, undrawnSlides } from '../queries/slides.queries.ts'
import * as versions from '../queries/versions.queries.ts'
import { audiencePathOf, demandSound, emptyContent, keepFiles } from './content.ts'

export const subjectOf = (course: Pick<q.Course, 'id' | 'orgPath'>) => ({
  kind: 'course',
  id: course.id,
  orgPath: course.orgPath,
})

export const audienceShown = (of: {
  audienceId: string
  audienceName: string | null
  audienceKinds: CourseContent['audience']['kinds']
  audiencePosts: CourseContent['audience']['posts']
  audienceLevels: CourseContent['audience']['levels']
}) => ({
  orgId: of.audienceId,
  orgName: of.audienceName ?? '',
  kinds: of.audienceKinds,
  posts: of.audiencePosts,
  levels: of.audienceLevels,
})

function rowOf(ctx: Ctx, course: q.Course): CourseRow {
  return {
    id: course.id,
    title: course.title,
    column: course.column,
    kind: course.kind,
    orgId: course.orgId,
    orgName: course.orgName ?? '',
    state: course.state,
    openState: reaches(ctx.actor, course.orgPath) ? course.openState : null,
    liveVersion: course.liveVersion,
    isRequired: course.isRequired,
    isPublic: course.isPublic,
    quarters: course.quarters,
    minutes: course.minutes,
    audience: audienceShown(course),
    enrolled: course.enrolled,
    completed: course.completed,
    rating: meanRating(course.ratingSum, course.ratingCount),
    changedAt: course.changedAt.toISOString(),
  }
}

export async function filterOf(ctx: Ctx, query: Input<typeof listCourses>['query']): Promise<q.CourseFilter> {
  const unit = query.orgId ? await findUnit(ctx.db, ctx.actor, query.orgId) : undefined
  if (query.orgId && !unit) throw refusals.no_such_org.at('/query/orgId')
  return {
    place: unit?.path ?? null,
    column: query.column ?? null,
    kind: query.kind ?? null,
    state: query.state ?? null,
    openState: query.openState ?? null,
    required: query.required ?? null,
    audience: query.audience ?? null,
    completedBelow: query.completedBelow ?? null,
    text: query.text ?? null,
  }
}

const SORTS = { changedAt: 'c.changed_at', title: 'c.title', enrolled: 'c.enrolled' } as const
export async function list(ctx: Ctx, { query }: Input<typeof listCourses>): Promise<Reply<typeof listCourses>> {
  const keyset = keysetOf(query, SORTS, '-changedAt')
  const found = await q.listCourses(ctx.db, ctx.actor, await filterOf(ctx, query), keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: placeOf(row, keyset.column), id: row.id }))
  return { rows: rows.map((row) => rowOf(ctx, row)), next, total: null }
}
function placeOf(row: q.Course, column: string): string | number {
  if (column === SORTS.title) return row.title
  return column === SORTS.enrolled ? row.enrolled : row.changedAt.toISOString()
}

/** The answers of questions are shown to those who write or review the course, and to nobody else. */
function shown(content: CourseContent, withAnswers: boolean): CourseRecord['content'] {
  if (withAnswers) return content
  return {
    ...content,
    chapters: content.chapters.map((chapter) => ({
      ...chapter,
      blocks: chapter.blocks.map((block) =>
        block.kind === 'card' && block.question
          ? { ...block, question: { ...block.question, right: null, why: null } }
          : block,
      ),
    })),
  }
}

function canOf({ actor }: Ctx, course: q.Course, open: versions.Version | undefined): CourseRecord['can'] {
  const isHere = reaches(actor, course.orgPath)
  const writes = isHere && actor.permissions.has('learning.write')
  const reviews = isHere && actor.permissions.has('learning.review')
  const hand = (step: 'review' | 'release') => open !== undefined && refusalOfHand(actor.personId, open, step) === null
  return {
    write: writes && open?.state === 'draft',
    revise: writes && open === undefined && course.liveVersion !== null,
    submit: writes && open?.state === 'draft',
    review: reviews && open?.state === 'submitted' && hand('review'),
    release: reviews && open?.state === 'reviewed' && hand('release'),
    withdraw: reviews && course.state === 'live',
    restore: reviews && course.state === 'withdrawn',
    discard: writes && open?.state === 'draft' && course.liveVersion !== null,
  }
}

/** The version that the caller is given: the open one where it is his to see, else the released one. */
async function versionFor(ctx: Ctx, course: q.Course): Promise<{ open?: versions.Version; given: versions.Version }> {
  const { tenantId } = ctx.actor
  const isHere = reaches(ctx.actor, course.orgPath)
  const open = isHere ? await versions.openVersion(ctx.db, tenantId, course.id) : undefined
  const given = open ?? (await versions.findVersion(ctx.db, tenantId, course.id, course.liveVersion ?? 0))
  if (!given) throw refusals.not_found()
  return open ? { open, given } : { given }
}

export const read =
  (ports: LearningPorts) =>
  async (ctx: Ctx, { params }: Input<typeof readCourse>): Promise<CourseRecord> => {
    const course = await q.findCourse(ctx.db, ctx.actor, params.id)
    if (!course) throw refusals.not_found()
    const { open, given } = await versionFor(ctx, course)
    const before = await q.coursesById(ctx.db, ctx.actor.tenantId, given.content.prerequisites)
    const isHere = reaches(ctx.actor, course.orgPath)
    const { permissions } = ctx.actor
    const mayKnow = isHere && (permissions.has('learning.write') || permissions.has('learning.review'))
    return {
      ...rowOf(ctx, course),
      content: shown(given.content, mayKnow),
      contentVersion: given.number,
      prerequisiteTitles: Object.fromEntries(before.map(({ id, title }) => [id, title])),
      cards: await cardsOf(ctx, ports, given.content),
      slides: await shownSlides(ctx.db, ctx.actor.tenantId, slidesIn(given.content)),
      undrawn: await undrawnSlides(ctx.db, ctx.actor.tenantId, slidesIn(given.content)),
      versions: isHere ? await historyOf(ctx, course.id) : [],
      withdrawnReason: course.withdrawnReason,
      version: course.version,
      can: canOf(ctx, course, open),
    }
  }

/** Cards of the things of other modules that a content names. */
export async function cardsOf(
  ctx: Parameters<LearningPorts['cards']['media']>[0],
  { cards }: LearningPorts,
  content: Pick<CourseContent, 'chapters'>,
): Promise<CourseRecord['cards']> {
  const refs = refsIn(content)
  const found: CourseRecord['cards'] = []
  for (const kind of ['media', 'package', 'quiz'] as const)
    if (refs[kind].length > 0)
      for (const { id, title, minutes, isGone } of (await cards[kind]?.(ctx, refs[kind])) ?? [])
        found.push({ id, title, minutes, isGone })
  return found
}

async function historyOf(ctx: Ctx, courseId: string): Promise<CourseRecord['versions']> {
  const rows = await versions.versionsOf(ctx.db, ctx.actor.tenantId, courseId)
  const people = rows.flatMap((row) => [...row.writerIds, row.submittedBy, row.reviewedBy, row.releasedBy])
  const names = await personNamesOf(ctx.db, people)
  const hand = (by: string | null, at: Date | null) =>
    by === null || at === null ? null : { by: names.get(by) ?? '', at: at.toISOString() }
  return rows.map((row) => ({
    number: row.number,
    state: row.state,
    writers: row.writerIds.map((id) => names.get(id) ?? ''),
    submitted: hand(row.submittedBy, row.submittedAt),
    reviewed: hand(row.reviewedBy, row.reviewedAt),
    released: hand(row.releasedBy, row.releasedAt),
    returnedReason: row.returnedReason,
    learners: row.learners,
  }))
}

export async function compare(
  ctx: Ctx,
  { params, query }: Input<typeof compareVersions>,
): Promise<Reply<typeof compareVersions>> {
  const course = await q.findCourse(ctx.db, ctx.actor, params.id)
  // The history of a course, and with it the answers, is the business of those who write and review it.
  if (!course || !reaches(ctx.actor, course.orgPath)) throw refusals.not_found()
  const [from, to] = await Promise.all(
    [query.from, query.to].map((number) => versions.findVersion(ctx.db, ctx.actor.tenantId, course.id, number)),
  )
  if (!from || !to) throw refusals.version_not_found()
  const { permissions } = ctx.actor
  const mayKnow = permissions.has('learning.write') || permissions.has('learning.review')
  const rows = differencesOf(shown(from.content, mayKnow), shown(to.content, mayKnow))
  return { rows: rows.map((row) => ({ ...row, place: [...row.place] })) }
}

export async function create(ctx: Ctx<Tx>, { body }: Input<typeof createCourse>): Promise<Reply<typeof createCourse>> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  const { tenantId, personId } = ctx.actor
  const content = emptyContent(unit.id, body)
  const id = newId(ctx)
  await q.insertCourse(ctx.db, tenantId, { id, orgId: unit.id, orgPath: unit.path, by: personId, at: ctx.now }, content)
  await versions.insertVersion(ctx.db, tenantId, {
    courseId: id,
    orgPath: unit.path,
    number: 1,
    content,
    writerIds: [personId],
  })
  await publish(ctx, 'learning.course_begun', { kind: 'course', id, orgPath: unit.path }, { title: content.title })
  return { id, version: 1 }
}

/** A course of the reach with its open version, both locked by the row of the course. @throws Refusal */
export async function lockOpen(ctx: Ctx<Tx>, id: string): Promise<{ course: q.Course; open: versions.Version }> {
  const course = await q.lockCourse(ctx.db, ctx.actor, id)
  if (!course) throw refusals.not_found()
  demandVersion(ctx, course.version)
  const open = await versions.openVersion(ctx.db, ctx.actor.tenantId, course.id)
  if (!open) throw refusals.no_draft()
  return { course, open }
}

export async function save(ctx: Ctx<Tx>, { params, body }: Input<typeof saveDraft>): Promise<Reply<typeof saveDraft>> {
  const { course, open } = await lockOpen(ctx, params.id)
  if (open.state !== 'draft') throw refusals.wrong_state({ state: open.state })
  const audiencePath = await audiencePathOf(ctx, course.orgPath, body.audience)
  demandSound(body)
  await keepFiles(ctx, course, body)
  const { tenantId, personId } = ctx.actor
  await versions.setVersion(ctx.db, tenantId, open, {
    content: JSON.stringify(body),
    writer_ids: [...new Set([...open.writerIds, personId])],
  })
  // Learners go on seeing the released version until the next one is released.
  const facts = course.liveVersion === null ? q.factsOf(body, audiencePath) : {}
  await q.setCourse(ctx.db, tenantId, course, facts, ctx.now)
  return { id: course.id, version: course.version + 1 }
}

export async function revise(
  ctx: Ctx<Tx>,
  { params }: Input<typeof reviseCourse>,
): Promise<Reply<typeof reviseCourse>> {
  const { tenantId, personId } = ctx.actor
  const course = await q.lockCourse(ctx.db, ctx.actor, params.id)
  if (!course) throw refusals.not_found()
  if (course.openState !== null) throw refusals.draft_there()
  const live = await versions.findVersion(ctx.db, tenantId, course.id, course.liveVersion ?? 0)
  if (!live) throw refusals.not_live()
  const number = live.number + 1
  await versions.insertVersion(ctx.db, tenantId, {
    courseId: course.id,
    orgPath: course.orgPath,
    number,
    content: live.content,
    writerIds: [personId],
  })
  await q.setCourse(ctx.db, tenantId, course, { open_state: 'draft' }, ctx.now)
  await publish(ctx, 'learning.revised', subjectOf(course), { number })
  return { id: course.id, version: course.version + 1 }
}

export async function discard(
  ctx: Ctx<Tx>,
  { params }: Input<typeof discardDraft>,
): Promise<Reply<typeof discardDraft>> {
  const { course, open } = await lockOpen(ctx, params.id)
  if (open.state !== 'draft') throw refusals.wrong_state({ state: open.state })
  if (course.liveVersion === null) throw refusals.not_live()
  await versions.removeVersion(ctx.db, ctx.actor.tenantId, open)
  await q.setCourse(ctx.db, ctx.actor.tenantId, course, { open_state: null }, ctx.now)
  await publish(ctx, 'learning.draft_discarded', subjectOf(course), { number: open.number })
  return { id: course.id, version: course.version + 1 }
}
