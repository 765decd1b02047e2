import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import {
  AudienceShown,
  CardBlock,
  CardQuestion,
  Chapter,
  COURSE_COLUMNS,
  COURSE_KINDS,
  COURSE_STATES,
  CourseContent,
  FileBlock,
  MediaBlock,
  PackageBlock,
  PicturesBlock,
  QuizBlock,
  SlidesBlock,
  SlidesShown,
  SlidesUndrawn,
  TextBlock,
  VERSION_STATES,
} from './learning.words.ts'
import { Empty, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

const Text = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' })
const Why = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' })
const At = strict({ id: Id })
const Changed = Type.Object({ id: Id, version: Type.Integer() })
/** Percent of those who began, and the mean of at least five ratings in tenths. */
export const CourseFigures = Type.Object({
  enrolled: Type.Integer(),
  completed: Type.Integer(),
  rating: nullable(Type.Integer()),
})
export type CourseFigures = Static<typeof CourseFigures>

export const CourseRow = Type.Object({
  id: Id,
  title: Type.String(),
  column: oneOf(COURSE_COLUMNS),
  kind: oneOf(COURSE_KINDS),
  orgId: Id,
  orgName: Type.String(),
  state: oneOf(COURSE_STATES),
  /** The version that is being written or reviewed, if any. */
  openState: nullable(oneOf(VERSION_STATES)),
  liveVersion: nullable(Type.Integer()),
  isRequired: Type.Boolean(),
  isPublic: Type.Boolean(),
  quarters: Type.Integer(),
  minutes: Type.Integer(),
  audience: AudienceShown,
  ...CourseFigures.properties,
  changedAt: InstantAt,
})
export type CourseRow = Static<typeof CourseRow>

const courseFilter = {
  column: Type.Optional(oneOf(COURSE_COLUMNS)),
  kind: Type.Optional(oneOf(COURSE_KINDS)),
  state: Type.Optional(oneOf(COURSE_STATES)),
  openState: Type.Optional(oneOf(VERSION_STATES)),
  required: Type.Optional(Type.Boolean()),
  audience: Type.Optional(oneOf(['formal', 'probationary', 'activist', 'masses', 'public'] as const)),
  orgId: Type.Optional(Id),
  /** Fewer percent than this of those who began have finished. */
  completedBelow: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  text: Type.Optional(Text(60)),
}
export const listCourses = {
  method: 'GET',
  path: '/courses',
  permission: 'learning.read',
  summary: 'Courses of the scope, and those from above that are meant for it',
  query: strict({ ...pageQuery(['changedAt', 'title', 'enrolled'] as const), ...courseFilter }),
  reply: pageOf(CourseRow),
} as const satisfies Endpoint

const Hand = nullable(Type.Object({ by: Type.String(), at: InstantAt }))
export const VersionFacts = Type.Object({
  number: Type.Integer(),
  state: oneOf(VERSION_STATES),
  writers: Type.Array(Type.String()),
  submitted: Hand,
  reviewed: Hand,
  released: Hand,
  returnedReason: nullable(Type.String()),
  learners: Type.Integer(),
})
export type VersionFacts = Static<typeof VersionFacts>

/** What a block of others is called: by its id. `isGone` when it cannot be used any more. */
export const BlockCard = Type.Object({
  id: Id,
  title: Type.String(),
  minutes: nullable(Type.Integer()),
  isGone: Type.Boolean(),
})
export type BlockCard = Static<typeof BlockCard>

/** The content as a reader is given it: answers only to those who write or review. */
const ContentShown = Type.Object({
  ...CourseContent.properties,
  chapters: Type.Array(
    Type.Object({
      ...Chapter.properties,
      blocks: Type.Array(
        Type.Union([
          TextBlock,
          PicturesBlock,
          FileBlock,
          SlidesBlock,
          MediaBlock,
          PackageBlock,
          QuizBlock,
          Type.Object({
            ...CardBlock.properties,
            question: nullable(
              Type.Object({
                ...CardQuestion.properties,
                right: nullable(Type.Integer()),
                why: nullable(Type.String()),
              }),
            ),
          }),
        ]),
      ),
    }),
  ),
})
export type ContentShown = Static<typeof ContentShown>

export const CourseRecord = Type.Object({
  ...CourseRow.properties,
  /** The open version, or the released one when none is open. */
  content: ContentShown,
  contentVersion: Type.Integer(),
  prerequisiteTitles: Type.Record(Type.String(), Type.String()),
  cards: Type.Array(BlockCard),
  slides: Type.Array(SlidesShown),
  undrawn: Type.Array(SlidesUndrawn),
  versions: Type.Array(VersionFacts),
  withdrawnReason: nullable(Type.String()),
  version: Type.Integer(),
  can: Type.Object({
    write: Type.Boolean(),
    revise: Type.Boolean(),
    submit: Type.Boolean(),
    review: Type.Boolean(),
    release: Type.Boolean(),
    withdraw: Type.Boolean(),
    restore: Type.Boolean(),
    discard: Type.Boolean(),
  }),
})
export type CourseRecord = Static<typeof CourseRecord>

export const readCourse = {
  method: 'GET',
  path: '/courses/:id',
  permission: 'learning.read',
  summary: 'One course: its content, its versions and what may be done with it',
  params: At,
  reply: CourseRecord,
} as const satisfies Endpoint

/** One difference between two versions: where it is, before and after as text. */
export const ContentDifference = Type.Object({
  place: Type.Array(Type.String()),
  what: Type.String(),
  change: oneOf(['added', 'removed', 'changed', 'moved'] as const),
  before: nullable(Type.String()),
  after: nullable(Type.String()),
})
export type ContentDifference = Static<typeof ContentDifference>
export const compareVersions = {
  method: 'GET',
  path: '/courses/:id/differences',
  permission: 'learning.read',
  summary: 'What is different between two versions of a course',
  params: At,
  query: strict({ from: Type.Integer({ minimum: 1 }), to: Type.Integer({ minimum: 1 }) }),
  reply: Type.Object({ rows: Type.Array(ContentDifference) }),
} as const satisfies Endpoint

export const createCourse = {
  method: 'POST',
  path: '/courses',
  permission: 'learning.write',
  summary: 'Begin a course at an organisation of the scope',
  body: strict({ orgId: Id, title: Text(80), column: oneOf(COURSE_COLUMNS), kind: oneOf(COURSE_KINDS) }),
  reply: Changed,
} as const satisfies Endpoint

export const saveDraft = {
  method: 'PUT',
  path: '/courses/:id/draft',
  permission: 'learning.write',
  ifMatch: true,
  summary: 'Save the open draft of a course as a whole; its files become the course’s',
  params: At,
  body: CourseContent,
  reply: Changed,
} as const satisfies Endpoint

export const reviseCourse = {
  method: 'POST',
  path: '/courses/:id/draft',
  permission: 'learning.write',
  summary: 'Begin the next version from the released one; learners in the middle stay in theirs',
  params: At,
  body: Empty,
  reply: Changed,
} as const satisfies Endpoint

export const discardDraft = {
  method: 'POST',
  path: '/courses/:id/discard',
  permission: 'learning.write',
  ifMatch: true,
  summary: 'Give up the open draft of a course that has a released version',
  params: At,
  body: Empty,
  reply: Changed,
} as const satisfies Endpoint

export const drawSlidesAgain = {
  method: 'POST',
  path: '/courses/:id/slides/:fileId/drawing',
  permission: 'learning.write',
  summary: 'Have the pages of slides drawn again that could not be drawn',
  params: strict({ id: Id, fileId: Id }),
  body: Empty,
  reply: SlidesUndrawn,
} as const satisfies Endpoint

export const submitCourse = {
  method: 'POST',
  path: '/courses/:id/submit',
  permission: 'learning.write',
  ifMatch: true,
  summary: 'Hand the draft in for review: source card and content must be there',
  params: At,
  body: Empty,
  reply: Changed,
} as const satisfies Endpoint

const Verdict = Type.Union([
  strict({ verdict: Type.Literal('pass') }),
  strict({ verdict: Type.Literal('return'), reason: Why }),
])
export const reviewCourse = {
  method: 'POST',
  path: '/courses/:id/review',
  permission: 'learning.review',
  ifMatch: true,
  summary: 'Review the version that was handed in: by nobody who wrote at it',
  params: At,
  body: Verdict,
  reply: Changed,
} as const satisfies Endpoint

export const releaseCourse = {
  method: 'POST',
  path: '/courses/:id/release',
  permission: 'learning.review',
  ifMatch: true,
  summary: 'Release the reviewed version: by a third person; from then on it is frozen',
  params: At,
  body: Verdict,
  reply: Changed,
} as const satisfies Endpoint

export const withdrawCourse = {
  method: 'POST',
  path: '/courses/:id/withdraw',
  permission: 'learning.review',
  ifMatch: true,
  summary: 'Take a released course back, with the reason that learners read',
  params: At,
  body: strict({ reason: Why }),
  reply: Changed,
} as const satisfies Endpoint

export const restoreCourse = {
  method: 'POST',
  path: '/courses/:id/restore',
  permission: 'learning.review',
  ifMatch: true,
  summary: 'Open a withdrawn course again in its last released version',
  params: At,
  body: strict({ reason: Why }),
  reply: Changed,
} as const satisfies Endpoint

const Language = Type.Optional(oneOf(['zh-CN', 'en'] as const))
export const LEARNING_FILES = ['xlsx', 'csv', 'pdf'] as const
export type LearningFile = (typeof LEARNING_FILES)[number]
export const exportCourses = {
  method: 'POST',
  path: '/courses/export',
  permission: 'learning.read',
  summary: 'The list of courses with its figures as a table or a printed register',
  body: strict({ format: oneOf(LEARNING_FILES), language: Language, filter: strict(courseFilter) }),
  reply: FileReply,
  download: 'application/octet-stream',
} as const satisfies Endpoint
