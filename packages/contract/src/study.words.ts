import { type Static, Type } from 'typebox'
import { Audience } from './learning.words.ts'
import { DateOn, Id, InstantAt, nullable, oneOf, strict } from './page.ts'

/** 作业, 心得体会. */
export const STUDY_TASK_KINDS = ['homework', 'reflection'] as const
export type StudyTaskKind = (typeof STUDY_TASK_KINDS)[number]
export const STUDY_TASK_STATES = ['open', 'closed'] as const
export type StudyTaskState = (typeof STUDY_TASK_STATES)[number]
/** 待批阅, 已退回, 已批阅. */
export const STUDY_WORK_STATES = ['handed_in', 'returned', 'marked'] as const
export type StudyWorkState = (typeof STUDY_WORK_STATES)[number]
/** 优秀, 良好, 合格, 不合格. */
export const STUDY_GRADES = ['excellent', 'good', 'pass', 'fail'] as const
export type StudyGrade = (typeof STUDY_GRADES)[number]
export const STUDY_GROUP_STATES = ['active', 'ended'] as const
export const STUDY_SESSION_STATES = ['planned', 'held', 'cancelled'] as const
export const CAMPAIGN_STATES = ['draft', 'open', 'closed'] as const
export type CampaignState = (typeof CAMPAIGN_STATES)[number]
/** 读, 学, 考, 议, 写, 志愿服务. */
export const CAMPAIGN_TASK_KINDS = ['read', 'learn', 'exam', 'discuss', 'write', 'volunteer'] as const
/** 待审核, 已展示, 未展示, 已撤回. */
export const CAMPAIGN_POST_STATES = ['waiting', 'shown', 'hidden', 'withdrawn'] as const
export type CampaignPostState = (typeof CAMPAIGN_POST_STATES)[number]
/** What somebody notes of a day for oneself. */
export const CHECKIN_KINDS = ['read', 'listen', 'write', 'discuss', 'practise'] as const

/** Who of the unit and below it is asked: kinds of people, narrowed by post and level of the post, as for courses. */
export const StudyAudience = strict({
  kinds: Audience.properties.kinds,
  posts: Audience.properties.posts,
  levels: Audience.properties.levels,
})
export type StudyAudience = Static<typeof StudyAudience>

export const saying = (maxLength: number, minLength = 1) => Type.String({ minLength, maxLength, pattern: '\\S' })
export const StudyFiles = Type.Array(Id, { maxItems: 6, uniqueItems: true })
export const StudyFile = Type.Object({ id: Id, name: Type.String() })
export type StudyFile = Static<typeof StudyFile>
export const StudyChanged = Type.Object({ id: Id, state: Type.String() })

/** Where in a course a note was made: the block, and in a video or sound the second. */
export const NotePlace = strict({
  courseId: Id,
  blockId: Type.Optional(Id),
  second: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400 })),
  quote: Type.Optional(saying(500)),
})
export type NotePlace = Static<typeof NotePlace>
const placed = {
  courseId: nullable(Id),
  courseTitle: nullable(Type.String()),
  blockId: nullable(Id),
  second: nullable(Type.Integer()),
  quote: nullable(Type.String()),
}
export const OwnNote = Type.Object({
  id: Id,
  ...placed,
  body: Type.String(),
  isShared: Type.Boolean(),
  isRemoved: Type.Boolean(),
  createdAt: InstantAt,
  updatedAt: InstantAt,
})
export type OwnNote = Static<typeof OwnNote>
export const SharedNote = Type.Object({
  id: Id,
  ...placed,
  body: Type.String(),
  writer: Type.String(),
  isMine: Type.Boolean(),
  sharedAt: InstantAt,
})
export type SharedNote = Static<typeof SharedNote>

export const StudyTaskFacts = strict({
  orgId: Id,
  kind: oneOf(STUDY_TASK_KINDS),
  title: saying(80, 2),
  brief: saying(3000, 2),
  courseId: Type.Optional(Id),
  minWords: Type.Integer({ minimum: 0, maximum: 20_000 }),
  maxWords: Type.Integer({ minimum: 1, maximum: 20_000 }),
  needsFile: Type.Boolean(),
  audience: StudyAudience,
  dueOn: DateOn,
})
export type StudyTaskFacts = Static<typeof StudyTaskFacts>
export const StudyTaskCard = Type.Object({
  id: Id,
  kind: oneOf(STUDY_TASK_KINDS),
  orgId: Id,
  orgName: Type.String(),
  title: Type.String(),
  brief: Type.String(),
  courseId: nullable(Id),
  courseTitle: nullable(Type.String()),
  minWords: Type.Integer(),
  maxWords: Type.Integer(),
  needsFile: Type.Boolean(),
  audience: StudyAudience,
  dueOn: DateOn,
  state: oneOf(STUDY_TASK_STATES),
  madeBy: Type.String(),
  createdAt: InstantAt,
})
export type StudyTaskCard = Static<typeof StudyTaskCard>

export const StudyWorkCard = Type.Object({
  id: Id,
  kind: oneOf(STUDY_TASK_KINDS),
  taskId: nullable(Id),
  title: Type.String(),
  writer: Type.String(),
  orgName: Type.String(),
  words: Type.Integer(),
  round: Type.Integer(),
  state: oneOf(STUDY_WORK_STATES),
  grade: nullable(oneOf(STUDY_GRADES)),
  isLate: Type.Boolean(),
  wantsShow: Type.Boolean(),
  isShown: Type.Boolean(),
  handedInAt: InstantAt,
})
export type StudyWorkCard = Static<typeof StudyWorkCard>
/** One hand-in and what came back; all of them are kept. */
export const StudyRound = Type.Object({
  round: Type.Integer(),
  body: Type.String(),
  files: Type.Array(StudyFile),
  handedInAt: InstantAt,
  result: nullable(oneOf(['returned', 'marked'] as const)),
  grade: nullable(oneOf(STUDY_GRADES)),
  comment: nullable(Type.String()),
  markedBy: nullable(Type.String()),
  markedAt: nullable(InstantAt),
})
export type StudyRound = Static<typeof StudyRound>
export const StudyRemark = Type.Object({
  id: Id,
  writer: Type.String(),
  body: Type.String(),
  isMine: Type.Boolean(),
  at: InstantAt,
})
export type StudyRemark = Static<typeof StudyRemark>

export const StudyWorkRecord = Type.Object({
  ...StudyWorkCard.properties,
  rounds: Type.Array(StudyRound),
  remarks: Type.Array(StudyRemark),
})
export type StudyWorkRecord = Static<typeof StudyWorkRecord>
