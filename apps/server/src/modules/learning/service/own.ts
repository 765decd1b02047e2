import {
  type CourseContent,
  type Input,
  type listMyCourses,
  type MyCourse,
  type MyCourseRow,
  type MyPlanned,
  type Reply,
  type rateCourse,
  type readMyCourse,
  type readMyLearning,
  learningRefusals as refusals,
  type setFavourite,
  type startCourse,
} from '@tongxin/contract'
import { meanRating } from '@tongxin/domain/learning/course'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Db, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { slidesIn } from '../learning.policy.ts'
import type { LearningPorts } from '../learning.ports.ts'
import * as courses from '../queries/courses.queries.ts'
import { dailyOf } from '../queries/habits.queries.ts'
import * as q from '../queries/own.queries.ts'
import { marksOf } from '../queries/progress.queries.ts'
import { shownSlides } from '../queries/slides.queries.ts'
import { findVersion } from '../queries/versions.queries.ts'
import { demandLearner, learnerOf } from './audience.ts'
import { cardsOf } from './courses.ts'
import { answersOf, asked } from './reading.ts'

const MOST_GOING = 10

export function myRow(course: q.OwnCourse): MyCourseRow {
  return {
    id: course.id,
    title: course.title,
    summary: course.summary,
    column: course.column,
    kind: course.kind,
    lecturer: course.lecturer,
    coverId: course.coverId,
    isRequired: course.isRequired,
    isDownloadable: course.isDownloadable,
    quarters: course.quarters,
    minutes: course.minutes,
    rating: meanRating(course.ratingSum, course.ratingCount),
    state: course.completedAt !== null ? 'completed' : course.number !== null ? 'begun' : 'new',
    done: course.done,
    total: course.total ?? course.blocks,
    isFavourite: course.isFavourite,
  }
}

const NOTHING: Reply<typeof readMyLearning> = {
  going: [],
  planned: [],
  plans: [],
  columns: [],
  daily: null,
  isLearner: false,
}

/** The plans that are meant for a learner, with their courses. */
export async function plannedOf(
  db: Db,
  learner: q.Learner,
  today: string,
): Promise<{ plans: q.OwnPlan[]; rows: MyPlanned[] }> {
  const plans = await q.ownPlans(db, learner)
  const ids = plans.map(({ id }) => id)
  const planned = await q.plannedCourses(db, learner.tenantId, ids)
  const courseIds = [...new Set(planned.map(({ courseId }) => courseId))]
  const known = new Map((await q.ownById(db, learner, courseIds)).map((course) => [course.id, course]))
  const rows = planned.flatMap(({ planId, courseId, isRequired, dueOn }): MyPlanned[] => {
    const course = known.get(courseId)
    const plan = plans.find(({ id }) => id === planId)
    if (!course || !plan || (course.state !== 'live' && course.completedAt === null)) return []
    const isOverdue = isRequired && dueOn !== null && dueOn < today && course.completedAt === null
    return [{ ...myRow(course), isRequired, planId, planTitle: plan.title, dueOn, isOverdue }]
  })
  return { plans, rows }
}

export async function start(ctx: Ctx): Promise<Reply<typeof readMyLearning>> {
  const learner = await learnerOf(ctx)
  if (!learner) return NOTHING
  const today = todayOf(ctx.now)
  const [going, { plans, rows }, columns, dailyId] = await Promise.all([
    q.goingOn(ctx.db, learner, MOST_GOING),
    plannedOf(ctx.db, learner, today),
    q.columnCounts(ctx.db, learner, today),
    dailyOf(ctx.db, learner.tenantId, learner.personId, today),
  ])
  const [daily] = await q.ownById(ctx.db, learner, dailyId ? [dailyId] : [])
  return {
    going: going.map(myRow),
    planned: rows,
    plans: plans.map((plan) => {
      const required = rows.filter((row) => row.planId === plan.id && row.isRequired)
      const done = required.filter(({ state }) => state === 'completed').length
      return { ...plan, orgName: plan.orgName ?? '', required: required.length, done }
    }),
    columns: columns as Reply<typeof readMyLearning>['columns'],
    daily: daily?.state === 'live' ? myRow(daily) : null,
    isLearner: true,
  }
}

export async function list(ctx: Ctx, { query }: Input<typeof listMyCourses>): Promise<Reply<typeof listMyCourses>> {
  const learner = await learnerOf(ctx)
  if (!learner) return { rows: [], next: null, total: null }
  const keyset = keysetOf(query, { newest: 'c.released_at', title: 'c.title' }, '-newest')
  const filter = {
    column: query.column ?? null,
    kind: query.kind ?? null,
    state: query.state ?? null,
    text: query.text ?? null,
  }
  const found = await q.listOwn(ctx.db, learner, todayOf(ctx.now), filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.column === 'c.title' ? row.title : (row.releasedAt?.toISOString() ?? null),
    id: row.id,
  }))
  return { rows: rows.map(myRow), next, total: null }
}

async function ownCourse(ctx: Ctx | Ctx<Tx>, learner: q.Learner, id: string): Promise<q.OwnCourse> {
  const [course] = await q.ownById(ctx.db, learner, [id])
  if (!course) throw refusals.not_found()
  return course
}

export const read =
  (ports: LearningPorts) =>
  async (ctx: Ctx, { params }: Input<typeof readMyCourse>): Promise<MyCourse> => {
    const learner = await demandLearner(ctx)
    const { tenantId, memberId } = learner
    const course = await ownCourse(ctx, learner, params.id)
    const number = course.number ?? course.liveVersion ?? 0
    const version = await findVersion(ctx.db, tenantId, course.id, number)
    if (!version) throw refusals.not_found()
    const { content } = version
    const marks = await marksOf(ctx.db, tenantId, [{ memberId, courseId: course.id }])
    const missing = course.number === null ? await missingOf(ctx, learner, content.prerequisites) : []
    const isOpen = course.state === 'live'
    const mayBegin = course.number !== null || (missing.length === 0 && isOpenOn(course, todayOf(ctx.now)))
    return {
      ...myRow(course),
      orgName: course.orgName ?? '',
      source: content.source && {
        kind: content.source.kind,
        from: content.source.from,
        publishedOn: content.source.publishedOn,
      },
      validUntil: course.validUntil,
      number,
      isOlder: number < (course.liveVersion ?? 0),
      mastery: content.mastery,
      missing,
      // What was taken back is not read on; how far one was stays.
      chapters: isOpen ? (mayBegin ? asked(content) : outlineOf(content)) : [],
      cards: isOpen && mayBegin ? await cardsOf(ctx, ports, content) : [],
      slides: isOpen && mayBegin ? await shownSlides(ctx.db, tenantId, slidesIn(content)) : [],
      marks: marks.map((mark) => ({
        blockId: mark.blockId,
        place: mark.place,
        isDone: mark.doneAt !== null,
        at: mark.placeAt.toISOString(),
        choice: mark.choice,
        ...(answersOf(content, mark.blockId, mark.choice) ?? { right: null, why: null }),
      })),
      lastBlockId: course.lastBlockId,
      completedAt: course.completedAt?.toISOString() ?? null,
      myRating: course.rating,
      withdrawnReason: course.withdrawnReason,
    }
  }

/** What may not be begun yet is known by its chapters and not read. */
const outlineOf = ({ chapters }: CourseContent): MyCourse['chapters'] =>
  chapters.map(({ id, title }) => ({ id, title, blocks: [] }))

async function missingOf(
  ctx: Ctx | Ctx<Tx>,
  learner: q.Learner,
  before: readonly string[],
): Promise<{ id: string; title: string }[]> {
  const finished = await q.finishedAmong(ctx.db, learner, before)
  const missing = before.filter((id) => !finished.has(id))
  // One that was taken back meanwhile stands in nobody's way.
  const known = await courses.coursesById(ctx.db, learner.tenantId, missing)
  return known.filter(({ state }) => state === 'live').map(({ id, title }) => ({ id, title }))
}

/** Whether a file of a course may be opened: the course was begun, or may be today; covers stand in lists before. */
export async function mayOpen(ctx: Ctx, learner: q.Learner, courseId: string, fileId: string): Promise<boolean> {
  const [course] = await q.ownById(ctx.db, learner, [courseId])
  if (course?.state !== 'live') return false
  if (course.number !== null || course.coverId === fileId) return true
  const version = await findVersion(ctx.db, learner.tenantId, courseId, course.liveVersion ?? 0)
  if (!version || !isOpenOn(course, todayOf(ctx.now))) return false
  return (await missingOf(ctx, learner, version.content.prerequisites)).length === 0
}

const isOpenOn = (course: q.OwnCourse, today: string): boolean =>
  (course.validFrom === null || course.validFrom <= today) && (course.validUntil === null || course.validUntil >= today)

export const begin =
  (ports: LearningPorts) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof startCourse>): Promise<Reply<typeof startCourse>> => {
    const learner = await demandLearner(ctx)
    const course = await ownCourse(ctx, learner, params.id)
    if (course.state !== 'live' || course.liveVersion === null) throw refusals.not_live()
    if (course.number !== null && course.lastAt !== null)
      return { number: course.number, startedAt: course.lastAt.toISOString() }
    if (!isOpenOn(course, todayOf(ctx.now))) throw refusals.outside_validity()
    const version = await findVersion(ctx.db, learner.tenantId, course.id, course.liveVersion)
    const missing = await missingOf(ctx, learner, version?.content.prerequisites ?? [])
    if (missing.length > 0)
      throw refusals.prerequisite_missing({ titles: missing.map(({ title }) => title).join('、') })
    const row = { id: course.id, number: course.liveVersion, total: course.blocks }
    const startedAt = ctx.now.toISOString()
    if (!(await q.insertProgress(ctx.db, learner, row, ctx.now))) return { number: row.number, startedAt }
    const { memberId, personId, orgPath } = learner
    const activity = { kind: course.kind === 'micro' ? 'micro' : 'course', id: course.id, name: course.title } as const
    await ports.stateFacts(ctx, [{ memberId, verb: 'initialized', activity, at: ctx.now }])
    const subject = { kind: 'course', id: course.id, orgPath, personId }
    await publish(ctx, 'learning.started', subject, { courseId: course.id, memberId, number: row.number })
    return { number: row.number, startedAt }
  }

export async function rate(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof rateCourse>,
): Promise<Reply<typeof rateCourse>> {
  const learner = await demandLearner(ctx)
  const course = await ownCourse(ctx, learner, params.id)
  if (!(await q.setRating(ctx.db, learner, course.id, body.stars))) throw refusals.not_finished()
  const subject = { kind: 'course', id: course.id, orgPath: learner.orgPath, personId: learner.personId }
  await publish(ctx, 'learning.rated', subject, { courseId: course.id })
  return { stars: body.stars }
}

export async function favour(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof setFavourite>,
): Promise<Reply<typeof setFavourite>> {
  const learner = await demandLearner(ctx)
  const course = await ownCourse(ctx, learner, params.id)
  await q.setFavourite(ctx.db, learner, course.id, body.isFavourite, ctx.now)
  return body
}
