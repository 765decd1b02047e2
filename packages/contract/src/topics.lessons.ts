import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import {
  LECTURER_STATES,
  LecturerShown,
  OutsideLecturer,
  TOPIC_HURDLES,
  TOPIC_PROPOSAL_STATES,
  TopicProposalShown,
} from './topics.words.ts'

/** Who teaches: lecturers, matchings, and lessons that both sides agree to. */

const At = strict({ id: Id })
const Why = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' })
const Changed = Type.Object({ id: Id, state: Type.String() })
const Text = Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' })

export const listLecturers = {
  method: 'GET',
  path: '/lecturers',
  permission: 'learning.read',
  summary: 'Who offers to teach what',
  query: strict({
    ...pageQuery(['name', 'submittedAt'] as const),
    state: Type.Optional(oneOf(LECTURER_STATES)),
    tag: Type.Optional(Text),
    outside: Type.Optional(Type.Boolean()),
    text: Type.Optional(Text),
  }),
  reply: pageOf(LecturerShown),
} as const satisfies Endpoint

export const addLecturer = {
  method: 'POST',
  path: '/lecturers',
  permission: 'topics.write',
  summary: 'Name a lecturer from outside; somebody else reviews the credentials',
  body: OutsideLecturer,
  reply: Changed,
} as const satisfies Endpoint

export const reviewLecturer = {
  method: 'POST',
  path: '/lecturers/:id/review',
  permission: 'learning.review',
  summary: 'Accept the credentials of a lecturer, or send them back with the reason: never the own',
  params: At,
  body: strict({ isApproved: Type.Boolean(), reason: Type.Optional(Why) }),
  reply: Changed,
} as const satisfies Endpoint

export const endLecturer = {
  method: 'POST',
  path: '/lecturers/:id/end',
  permission: 'topics.write',
  summary: 'End the offer of a lecturer with the reason',
  params: At,
  body: strict({ reason: Why }),
  reply: Changed,
} as const satisfies Endpoint

export const MatchingRun = Type.Object({
  id: Id,
  at: InstantAt,
  by: Type.String(),
  wishes: Type.Integer(),
  lecturers: Type.Integer(),
  placed: Type.Integer(),
  /** Supporters of the wishes that were placed, and what the obvious way would have reached. */
  demand: Type.Integer(),
  greedyDemand: Type.Integer(),
  isOptimal: Type.Boolean(),
  milliseconds: Type.Integer(),
  leftOut: Type.Array(
    Type.Object({
      topicId: Id,
      title: Type.String(),
      supporters: Type.Integer(),
      /** Null: lecturers could come, but their times went to `takenBy`. */
      hurdle: nullable(oneOf(TOPIC_HURDLES)),
      stopped: Type.Array(Type.Object({ hurdle: oneOf(TOPIC_HURDLES), lecturers: Type.Integer() })),
      takenBy: Type.Array(Type.Object({ title: Type.String(), supporters: Type.Integer(), lecturer: Type.String() })),
    }),
  ),
})
export type MatchingRun = Static<typeof MatchingRun>

export const runMatching = {
  method: 'POST',
  path: '/topic-matchings',
  permission: 'topics.write',
  summary: 'Match supported wishes with free lecturers: the largest supported demand that slots, load and way allow',
  unkept: true,
  body: strict({}),
  reply: MatchingRun,
} as const satisfies Endpoint

export const readLastMatching = {
  method: 'GET',
  path: '/topic-matchings/last',
  permission: 'learning.read',
  summary: 'The last matching of the scope: what was placed, what was left out and why',
  reply: Type.Object({ run: nullable(MatchingRun) }),
} as const satisfies Endpoint

export const listTopicProposals = {
  method: 'GET',
  path: '/topic-proposals',
  permission: 'learning.read',
  summary: 'Lessons that were proposed, with both sides’ answers and the waiting list',
  query: strict({ ...pageQuery(['onDate'] as const), state: Type.Optional(oneOf(TOPIC_PROPOSAL_STATES)) }),
  reply: pageOf(TopicProposalShown),
} as const satisfies Endpoint

export const answerTopicProposal = {
  method: 'POST',
  path: '/topic-proposals/:id/answer',
  permission: 'topics.write',
  summary: 'The unit’s yes or no; for a lecturer from outside also what the lecturer said',
  params: At,
  body: strict({
    side: oneOf(['unit', 'lecturer'] as const),
    isAccepted: Type.Boolean(),
    reason: Type.Optional(Why),
  }),
  reply: Changed,
} as const satisfies Endpoint

export const scheduleTopicProposal = {
  method: 'POST',
  path: '/topic-proposals/:id/schedule',
  permission: 'topics.write',
  summary: 'Make a meeting out of a lesson that both sides agreed to',
  params: At,
  body: strict({
    startsAt: InstantAt,
    endsAt: InstantAt,
    place: Type.Optional(Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' })),
    onlineUrl: Type.Optional(Type.String({ maxLength: 500, pattern: '^https://' })),
  }),
  reply: Type.Object({ id: Id, state: Type.String(), meetingId: Id }),
} as const satisfies Endpoint

export const missTopicProposal = {
  method: 'POST',
  path: '/topic-proposals/:id/miss',
  permission: 'topics.write',
  summary: 'The lecturer did not come: the next of the waiting list is asked',
  params: At,
  body: strict({ reason: Why }),
  reply: Changed,
} as const satisfies Endpoint
