import { type Static, Type } from 'typebox'
import { DateOn, Id, InstantAt, nullable, oneOf, strict } from './page.ts'

/** 征集中, 已达标, 招募讲师, 已排期, 已开课, 已评价, 未达标归档, 已合并, 已屏蔽, 已撤回. */
export const TOPIC_STATES = [
  'gathering',
  'reached',
  'recruiting',
  'scheduled',
  'taught',
  'rated',
  'unmet',
  'merged',
  'hidden',
  'withdrawn',
] as const
export type TopicState = (typeof TOPIC_STATES)[number]
export const TOPIC_LEVELS = ['committee', 'general_branch', 'branch'] as const
export const TOPIC_FORMATS = ['lecture', 'seminar', 'case', 'on_site'] as const
export const TOPIC_PLACES = ['unit', 'online'] as const
export const TOPIC_PARTS = ['weekday', 'evening', 'weekend'] as const
export const LECTURER_STATES = ['submitted', 'approved', 'returned', 'ended'] as const
export type LecturerState = (typeof LECTURER_STATES)[number]
/** 候补, 待双方确认, 双方同意, 已排期, 已授课, 已谢绝, 已逾期, 未到场. */
export const TOPIC_PROPOSAL_STATES = [
  'waiting',
  'proposed',
  'agreed',
  'scheduled',
  'taught',
  'declined',
  'lapsed',
  'no_show',
] as const
export type TopicProposalState = (typeof TOPIC_PROPOSAL_STATES)[number]
/** What kept every lecturer from a wish; the order in which it is asked. */
export const TOPIC_HURDLES = ['tags', 'level', 'format', 'online', 'distance', 'slots', 'load', 'declined'] as const

export const TopicTag = Type.String({ minLength: 1, maxLength: 20, pattern: '^\\S(.*\\S)?$' })
const Tags = Type.Array(TopicTag, { minItems: 1, maxItems: 8, uniqueItems: true })
const listOf = <const T extends readonly string[]>(words: T, minItems = 1) =>
  Type.Array(oneOf(words), { minItems, maxItems: words.length, uniqueItems: true })

/** What somebody wants to learn, for whom, how and when. */
export const TopicFacts = strict({
  title: Type.String({ minLength: 4, maxLength: 80, pattern: '\\S' }),
  why: Type.String({ minLength: 4, maxLength: 500, pattern: '\\S' }),
  orgId: Id,
  tags: Tags,
  format: oneOf(TOPIC_FORMATS),
  place: oneOf(TOPIC_PLACES),
  /** Empty: any part of the day. */
  parts: listOf(TOPIC_PARTS, 0),
  fromOn: DateOn,
  untilOn: DateOn,
  threshold: Type.Integer({ minimum: 2, maximum: 1000 }),
  closesOn: DateOn,
})
export type TopicFacts = Static<typeof TopicFacts>

export const TopicCard = Type.Object({
  id: Id,
  title: Type.String(),
  orgId: Id,
  orgName: Type.String(),
  level: oneOf(TOPIC_LEVELS),
  tags: Type.Array(Type.String()),
  format: oneOf(TOPIC_FORMATS),
  place: oneOf(TOPIC_PLACES),
  state: oneOf(TOPIC_STATES),
  supporters: Type.Integer(),
  threshold: Type.Integer(),
  closesOn: DateOn,
  createdAt: InstantAt,
})
export type TopicCard = Static<typeof TopicCard>

export const TopicLesson = Type.Object({
  lecturer: Type.String(),
  startsAt: InstantAt,
  endsAt: InstantAt,
  place: nullable(Type.String()),
  onlineUrl: nullable(Type.String()),
  meetingId: Id,
})
export type TopicLesson = Static<typeof TopicLesson>

export const LecturerSlot = strict({ onDate: DateOn, part: oneOf(TOPIC_PARTS) })
const OfferParts = {
  bio: Type.String({ minLength: 10, maxLength: 1000, pattern: '\\S' }),
  tags: Tags,
  topics: Type.Array(Type.String({ minLength: 2, maxLength: 80, pattern: '\\S' }), { minItems: 1, maxItems: 10 }),
  formats: listOf(TOPIC_FORMATS),
  levels: listOf(TOPIC_LEVELS),
  isOnline: Type.Boolean(),
  maxPerMonth: Type.Integer({ minimum: 1, maximum: 20 }),
  /** Steps in the tree of units; 0 is the own unit alone. */
  maxDistance: Type.Integer({ minimum: 0, maximum: 12 }),
  slots: Type.Array(LecturerSlot, { maxItems: 60 }),
  sampleFileId: Type.Optional(Id),
}
export const OfferFacts = strict(OfferParts)
export type OfferFacts = Static<typeof OfferFacts>
export const OutsideLecturer = strict({
  ...OfferParts,
  name: Type.String({ minLength: 2, maxLength: 40, pattern: '\\S' }),
  employer: Type.String({ minLength: 2, maxLength: 80, pattern: '\\S' }),
  /** The unit that knows the lecturer: distances are counted from it. */
  orgId: Id,
})
export type OutsideLecturer = Static<typeof OutsideLecturer>

export const LecturerShown = Type.Object({
  id: Id,
  name: Type.String(),
  employer: nullable(Type.String()),
  isOutside: Type.Boolean(),
  orgName: Type.String(),
  bio: Type.String(),
  tags: Type.Array(Type.String()),
  topics: Type.Array(Type.String()),
  formats: Type.Array(oneOf(TOPIC_FORMATS)),
  levels: Type.Array(oneOf(TOPIC_LEVELS)),
  isOnline: Type.Boolean(),
  maxPerMonth: Type.Integer(),
  maxDistance: Type.Integer(),
  slots: Type.Array(Type.Object({ onDate: DateOn, part: oneOf(TOPIC_PARTS), isTaken: Type.Boolean() })),
  sampleFileId: nullable(Id),
  sampleFileName: nullable(Type.String()),
  state: oneOf(LECTURER_STATES),
  reason: nullable(Type.String()),
  submittedBy: nullable(Type.String()),
  reviewedBy: nullable(Type.String()),
  canReview: Type.Boolean(),
})
export type LecturerShown = Static<typeof LecturerShown>

export const TopicProposalReasons = Type.Object({
  supporters: Type.Integer(),
  sharedTags: Type.Array(Type.String()),
  distance: nullable(Type.Integer()),
  load: Type.Integer(),
  maxPerMonth: Type.Integer(),
  others: Type.Integer(),
})
export const TopicProposalShown = Type.Object({
  id: Id,
  topicId: Id,
  title: Type.String(),
  orgName: Type.String(),
  lecturerId: Id,
  lecturer: Type.String(),
  isOutside: Type.Boolean(),
  onDate: DateOn,
  part: oneOf(TOPIC_PARTS),
  place: oneOf(TOPIC_PLACES),
  format: oneOf(TOPIC_FORMATS),
  state: oneOf(TOPIC_PROPOSAL_STATES),
  /** 0 is the first choice; the waiting list goes on from 1. */
  rank: Type.Integer(),
  unitSaidYes: Type.Boolean(),
  lecturerSaidYes: Type.Boolean(),
  reasons: nullable(TopicProposalReasons),
  reason: nullable(Type.String()),
  meetingId: nullable(Id),
})
export type TopicProposalShown = Static<typeof TopicProposalShown>
