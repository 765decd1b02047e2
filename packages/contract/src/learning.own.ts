import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { BlockCard } from './learning.ts'
import {
  CardBlock,
  CardQuestion,
  COURSE_COLUMNS,
  COURSE_KINDS,
  FileBlock,
  MediaBlock,
  PackageBlock,
  PicturesBlock,
  PLAN_KINDS,
  QuizBlock,
  SlidesBlock,
  SlidesShown,
  TextBlock,
} from './learning.words.ts'
import { DateOn, Empty, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

const At = strict({ id: Id })

export const MyCourseRow = Type.Object({
  id: Id,
  title: Type.String(),
  summary: Type.String(),
  column: oneOf(COURSE_COLUMNS),
  kind: oneOf(COURSE_KINDS),
  lecturer: Type.String(),
  coverId: nullable(Id),
  isRequired: Type.Boolean(),
  isDownloadable: Type.Boolean(),
  quarters: Type.Integer(),
  minutes: Type.Integer(),
  rating: nullable(Type.Integer()),
  state: oneOf(['new', 'begun', 'completed'] as const),
  done: Type.Integer(),
  total: Type.Integer(),
  isFavourite: Type.Boolean(),
})
export type MyCourseRow = Static<typeof MyCourseRow>
/** A course of a plan that is meant for the caller. */
export const MyPlanned = Type.Object({
  ...MyCourseRow.properties,
  planId: Id,
  planTitle: Type.String(),
  dueOn: nullable(DateOn),
  isOverdue: Type.Boolean(),
})
export type MyPlanned = Static<typeof MyPlanned>
export const MyPlan = Type.Object({
  id: Id,
  kind: oneOf(PLAN_KINDS),
  year: Type.Integer(),
  title: Type.String(),
  note: Type.String(),
  orgName: Type.String(),
  required: Type.Integer(),
  done: Type.Integer(),
})

export const readMyLearning = {
  method: 'GET',
  path: '/my/learning',
  permission: 'signed-in',
  summary: 'The start page of learning: what goes on, what is required, plans, the micro-lesson of the day',
  reply: Type.Object({
    going: Type.Array(MyCourseRow),
    planned: Type.Array(MyPlanned),
    plans: Type.Array(MyPlan),
    columns: Type.Array(Type.Object({ column: oneOf(COURSE_COLUMNS), courses: Type.Integer() })),
    daily: nullable(MyCourseRow),
    isLearner: Type.Boolean(),
  }),
} as const satisfies Endpoint

export const listMyCourses = {
  method: 'GET',
  path: '/my/courses',
  permission: 'signed-in',
  summary: 'Courses that the caller may learn, by column, state or words',
  query: strict({
    ...pageQuery(['newest', 'title'] as const),
    column: Type.Optional(oneOf(COURSE_COLUMNS)),
    kind: Type.Optional(oneOf(COURSE_KINDS)),
    state: Type.Optional(oneOf(['new', 'begun', 'completed', 'favourite'] as const)),
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' })),
  }),
  reply: pageOf(MyCourseRow),
} as const satisfies Endpoint

/** A card as a learner has it: the question without its answer. */
export const AskedQuestion = Type.Pick(CardQuestion, ['text', 'options'])
export const MyCardBlock = Type.Object({ ...CardBlock.properties, question: nullable(AskedQuestion) })
export const MyBlock = Type.Union([
  TextBlock,
  PicturesBlock,
  FileBlock,
  SlidesBlock,
  MediaBlock,
  PackageBlock,
  QuizBlock,
  MyCardBlock,
])
export type MyBlock = Static<typeof MyBlock>
const MyChapter = Type.Object({ id: Id, title: Type.String(), blocks: Type.Array(MyBlock) })
export type MyChapter = Static<typeof MyChapter>

/** How far one block is: the place to go on from (second, page or letter), and whether it is done. */
export const BlockMark = Type.Object({
  blockId: Id,
  place: Type.Integer(),
  isDone: Type.Boolean(),
  at: InstantAt,
  choice: nullable(Type.Integer()),
  /** Told once a card's question was answered. */
  right: nullable(Type.Integer()),
  why: nullable(Type.String()),
})
export type BlockMark = Static<typeof BlockMark>

export const MyCourse = Type.Object({
  ...MyCourseRow.properties,
  orgName: Type.String(),
  source: nullable(Type.Object({ kind: Type.String(), from: Type.String(), publishedOn: nullable(DateOn) })),
  validUntil: nullable(DateOn),
  number: Type.Integer(),
  /** A newer version is there for those who begin now. */
  isOlder: Type.Boolean(),
  mastery: Type.Integer(),
  missing: Type.Array(Type.Object({ id: Id, title: Type.String() })),
  chapters: Type.Array(MyChapter),
  cards: Type.Array(BlockCard),
  slides: Type.Array(SlidesShown),
  marks: Type.Array(BlockMark),
  lastBlockId: nullable(Id),
  completedAt: nullable(InstantAt),
  myRating: nullable(Type.Integer()),
  withdrawnReason: nullable(Type.String()),
})
export type MyCourse = Static<typeof MyCourse>

export const readMyCourse = {
  method: 'GET',
  path: '/my/courses/:id',
  permission: 'signed-in',
  summary: 'One course as its learner has it: in the version begun, with the own marks',
  params: At,
  reply: MyCourse,
} as const satisfies Endpoint

export const startCourse = {
  method: 'POST',
  path: '/my/courses/:id/start',
  permission: 'signed-in',
  summary: 'Begin a course in its newest version; who has begun stays in the own one',
  params: At,
  body: Empty,
  reply: Type.Object({ number: Type.Integer(), startedAt: InstantAt }),
} as const satisfies Endpoint

export const ProgressMark = strict({
  /** Made on the device, so that a mark delivered twice counts once. */
  id: Id,
  courseId: Id,
  blockId: Id,
  place: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  isDone: Type.Boolean(),
  choice: nullable(Type.Integer({ minimum: 0, maximum: 3 })),
  at: InstantAt,
})
export type ProgressMark = Static<typeof ProgressMark>
export const PROGRESS_FAULTS = ['course', 'block', 'not_by_hand', 'choice_missing', 'withdrawn'] as const
export const noteProgress = {
  method: 'POST',
  path: '/my/learning/progress',
  permission: 'signed-in',
  summary: 'Marks of a device, in any order and as often as it likes: done stays done, the latest place wins',
  body: strict({ marks: Type.Array(ProgressMark, { minItems: 1, maxItems: 100 }) }),
  reply: Type.Object({
    kept: Type.Integer(),
    refused: Type.Array(Type.Object({ id: Id, fault: oneOf(PROGRESS_FAULTS) })),
    answers: Type.Array(Type.Object({ blockId: Id, right: Type.Integer(), why: Type.String() })),
    completed: Type.Array(Id),
  }),
} as const satisfies Endpoint

export const rateCourse = {
  method: 'POST',
  path: '/my/courses/:id/rating',
  permission: 'signed-in',
  summary: 'Rate a finished course from 1 to 5; only means of five and more are shown',
  params: At,
  body: strict({ stars: Type.Integer({ minimum: 1, maximum: 5 }) }),
  reply: Type.Object({ stars: Type.Integer() }),
} as const satisfies Endpoint

export const setFavourite = {
  method: 'PUT',
  path: '/my/courses/:id/favourite',
  permission: 'signed-in',
  summary: 'Keep a course among the favourites, or not',
  params: At,
  body: strict({ isFavourite: Type.Boolean() }),
  reply: Type.Object({ isFavourite: Type.Boolean() }),
} as const satisfies Endpoint

/**
 * By choice, off until the person switches it on: one micro-lesson a day, and what is due and new once a week. Both
 * come at the same hour; `weekday` counts from Monday (1) to Sunday (7).
 */
export const LearningHabit = strict({
  isOn: Type.Boolean(),
  hour: Type.Integer({ minimum: 6, maximum: 22 }),
  isWeekly: Type.Boolean(),
  weekday: Type.Integer({ minimum: 1, maximum: 7 }),
})
export type LearningHabit = Static<typeof LearningHabit>
export const readMyHabit = {
  method: 'GET',
  path: '/my/learning/habit',
  permission: 'signed-in',
  summary: 'Whether and when the micro-lesson of the day and the digest of the week are sent',
  reply: LearningHabit,
} as const satisfies Endpoint
export const setMyHabit = {
  method: 'PUT',
  path: '/my/learning/habit',
  permission: 'signed-in',
  summary: 'Switch the micro-lesson of the day and the digest of the week on or off, and choose their time',
  body: LearningHabit,
  reply: LearningHabit,
} as const satisfies Endpoint

export const readMyWeek = {
  method: 'GET',
  path: '/my/learning/week',
  permission: 'signed-in',
  summary: 'My week of learning: what is due, what is new for me, what I finished; compared with nobody',
  reply: Type.Object({
    from: DateOn,
    until: DateOn,
    due: Type.Array(MyPlanned),
    fresh: Type.Array(MyCourseRow),
    finished: Type.Array(MyCourseRow),
  }),
} as const satisfies Endpoint

/** Without sign-in and without a trace of who reads. */
export const PublicCourseRow = Type.Pick(MyCourseRow, [
  'id',
  'title',
  'summary',
  'column',
  'kind',
  'lecturer',
  'minutes',
  'coverId',
])
export type PublicCourseRow = Static<typeof PublicCourseRow>
export const listPublicCourses = {
  method: 'GET',
  path: '/public/courses',
  permission: 'public',
  perMinute: 600,
  summary: 'Courses that everybody may read without signing in',
  query: strict({
    column: Type.Optional(oneOf(COURSE_COLUMNS)),
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' })),
  }),
  reply: Type.Object({ rows: Type.Array(PublicCourseRow) }),
} as const satisfies Endpoint
export const readPublicCourse = {
  method: 'GET',
  path: '/public/courses/:id',
  permission: 'public',
  perMinute: 600,
  summary: 'One public course as it is read without signing in',
  params: At,
  reply: Type.Object({
    ...PublicCourseRow.properties,
    orgName: Type.String(),
    isDownloadable: Type.Boolean(),
    source: MyCourse.properties.source,
    chapters: Type.Array(MyChapter),
    cards: Type.Array(BlockCard),
    slides: Type.Array(SlidesShown),
  }),
} as const satisfies Endpoint
