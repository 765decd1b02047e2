import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, FileReply, Id, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { TOPIC_LEVELS, TOPIC_STATES, TopicCard, TopicLesson, TopicProposalShown } from './topics.words.ts'

const At = strict({ id: Id })
const Why = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' })
const Changed = Type.Object({ id: Id, state: Type.String() })
const Text = Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' })

export const listTopics = {
  method: 'GET',
  path: '/topics',
  permission: 'learning.read',
  summary: 'What people of the scope want to learn',
  query: strict({
    ...pageQuery(['createdAt', 'supporters', 'closesOn'] as const),
    state: Type.Optional(oneOf(TOPIC_STATES)),
    level: Type.Optional(oneOf(TOPIC_LEVELS)),
    orgId: Type.Optional(Id),
    below: Type.Optional(Type.Boolean()),
    tag: Type.Optional(Text),
    text: Type.Optional(Text),
  }),
  reply: pageOf(TopicCard),
} as const satisfies Endpoint

export const TopicRecord = Type.Object({
  ...TopicCard.properties,
  why: Type.String(),
  madeBy: Type.String(),
  fromOn: DateOn,
  untilOn: DateOn,
  parts: Type.Array(Type.String()),
  lesson: nullable(TopicLesson),
  courseId: nullable(Id),
  enrolled: Type.Integer(),
  completed: Type.Integer(),
  ratings: Type.Integer(),
  mean: nullable(Type.Integer()),
  reason: nullable(Type.String()),
  mergedInto: nullable(Type.Object({ id: Id, title: Type.String() })),
  similar: Type.Array(TopicCard),
  proposals: Type.Array(TopicProposalShown),
  can: Type.Object({
    hide: Type.Boolean(),
    restore: Type.Boolean(),
    merge: Type.Boolean(),
    unmerge: Type.Boolean(),
    call: Type.Boolean(),
    makeCourse: Type.Boolean(),
  }),
})
export type TopicRecord = Static<typeof TopicRecord>

export const readTopic = {
  method: 'GET',
  path: '/topics/:id',
  permission: 'learning.read',
  summary: 'One wish with its proposals, its lesson and what is alike',
  params: At,
  reply: TopicRecord,
} as const satisfies Endpoint

export const moderateTopic = {
  method: 'POST',
  path: '/topics/:id/moderate',
  permission: 'topics.write',
  summary: 'Hide a wish with the reason, which its author reads, or show it again',
  params: At,
  body: strict({ isHidden: Type.Boolean(), reason: Why }),
  reply: Changed,
} as const satisfies Endpoint

export const planTopicMerge = {
  method: 'POST',
  path: '/topics/:id/merge/plan',
  permission: 'topics.write',
  summary: 'What a merge would do: supporters of both, counted once',
  params: At,
  body: strict({ intoId: Id }),
  reply: Type.Object({
    from: TopicCard,
    into: TopicCard,
    both: Type.Integer(),
    supportersAfter: Type.Integer(),
    reaches: Type.Boolean(),
  }),
} as const satisfies Endpoint

export const mergeTopic = {
  method: 'POST',
  path: '/topics/:id/merge',
  permission: 'topics.write',
  summary: 'Merge a wish into one that says the same; its supporters go over',
  params: At,
  body: strict({ intoId: Id, reason: Why }),
  reply: Changed,
} as const satisfies Endpoint

export const undoTopicMerge = {
  method: 'POST',
  path: '/topics/:id/merge/undo',
  permission: 'topics.write',
  summary: 'Take a merge back while the other wish has no lesson yet',
  params: At,
  body: strict({}),
  reply: Changed,
} as const satisfies Endpoint

export const callForLecturers = {
  method: 'POST',
  path: '/topics/:id/call',
  permission: 'topics.write',
  summary: 'Ask everybody who offers one of the tags to teach this',
  params: At,
  body: strict({}),
  reply: Changed,
} as const satisfies Endpoint

export const makeTopicCourse = {
  method: 'POST',
  path: '/topics/:id/course',
  permission: 'learning.write',
  summary: 'Begin a course out of a topic, as a draft with its title and its purpose',
  params: At,
  body: strict({}),
  reply: Type.Object({ id: Id, courseId: Id }),
} as const satisfies Endpoint

const wantedFilter = {
  from: Type.Optional(DateOn),
  until: Type.Optional(DateOn),
  level: Type.Optional(oneOf(TOPIC_LEVELS)),
  orgId: Type.Optional(Id),
}
export const WantedTopics = Type.Object({
  from: DateOn,
  until: DateOn,
  rows: Type.Array(
    Type.Object({
      id: Id,
      title: Type.String(),
      orgName: Type.String(),
      level: oneOf(TOPIC_LEVELS),
      supporters: Type.Integer(),
      enrolled: Type.Integer(),
      completed: Type.Integer(),
      ratings: Type.Integer(),
      /** In tenths; null below the least number of ratings. */
      mean: nullable(Type.Integer()),
      /** In tenths. */
      score: Type.Integer(),
    }),
  ),
  /** The terms of the formula: the prior in hundredths, its weight, and how many ratings count at least. */
  terms: Type.Object({ prior: Type.Integer(), priorWeight: Type.Integer(), leastRatings: Type.Integer() }),
})
export type WantedTopics = Static<typeof WantedTopics>

export const readWantedTopics = {
  method: 'GET',
  path: '/topics/most-wanted',
  permission: 'learning.read',
  summary: 'The ten most wanted topics of a time, by a printed formula',
  query: strict(wantedFilter),
  reply: WantedTopics,
} as const satisfies Endpoint

export const exportWantedTopics = {
  method: 'POST',
  path: '/topics/most-wanted/export',
  permission: 'learning.read',
  summary: 'The ten most wanted topics as a workbook or on paper, with the formula',
  download: 'application/octet-stream',
  body: strict({
    filter: strict(wantedFilter),
    format: oneOf(['xlsx', 'docx', 'pdf'] as const),
    language: Type.Optional(oneOf(['zh-CN', 'en'] as const)),
  }),
  reply: FileReply,
} as const satisfies Endpoint
