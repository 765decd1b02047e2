import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Empty, Id, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import {
  LecturerShown,
  LecturerSlot,
  OfferFacts,
  TOPIC_STATES,
  TopicCard,
  TopicFacts,
  TopicLesson,
  TopicProposalShown,
} from './topics.words.ts'

const At = strict({ id: Id })
const Why = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' })
const Changed = Type.Object({ id: Id, state: Type.String() })

/** Which wishes: those that ask for support, those with a lesson, and what I wished or support. */
export const OWN_TOPIC_VIEWS = ['open', 'lessons', 'mine'] as const

export const OwnTopicCard = Type.Object({
  ...TopicCard.properties,
  isSupported: Type.Boolean(),
  isMine: Type.Boolean(),
})
export type OwnTopicCard = Static<typeof OwnTopicCard>

export const listMyTopics = {
  method: 'GET',
  path: '/my/topics',
  permission: 'signed-in',
  summary: 'What people of my branch and of the units above it want to learn',
  query: strict({
    ...pageQuery(['createdAt', 'supporters'] as const),
    view: Type.Optional(oneOf(OWN_TOPIC_VIEWS)),
    state: Type.Optional(oneOf(TOPIC_STATES)),
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  }),
  reply: pageOf(OwnTopicCard),
} as const satisfies Endpoint

export const OwnTopic = Type.Object({
  ...OwnTopicCard.properties,
  why: Type.String(),
  fromOn: Type.String(),
  untilOn: Type.String(),
  parts: Type.Array(Type.String()),
  lesson: nullable(TopicLesson),
  enrolled: Type.Integer(),
  isEnrolled: Type.Boolean(),
  attended: Type.Boolean(),
  stars: nullable(Type.Integer()),
  /** In tenths, from the third rating on. */
  mean: nullable(Type.Integer()),
  ratings: Type.Integer(),
  reason: nullable(Type.String()),
  mergedIntoId: nullable(Id),
  can: Type.Object({
    support: Type.Boolean(),
    withdraw: Type.Boolean(),
    enrol: Type.Boolean(),
    rate: Type.Boolean(),
  }),
})
export type OwnTopic = Static<typeof OwnTopic>

export const readMyTopic = {
  method: 'GET',
  path: '/my/topics/:id',
  permission: 'signed-in',
  summary: 'One wish with its lesson and what I can do',
  params: At,
  reply: OwnTopic,
} as const satisfies Endpoint

export const findSimilarTopics = {
  method: 'GET',
  path: '/my/topics/similar',
  permission: 'signed-in',
  summary: 'Wishes that say nearly the same, while one is written: better supported than doubled',
  query: strict({ title: Type.String({ minLength: 2, maxLength: 80 }) }),
  reply: Type.Object({ rows: Type.Array(OwnTopicCard) }),
} as const satisfies Endpoint

export const listTopicUnits = {
  method: 'GET',
  path: '/my/topics/units',
  permission: 'signed-in',
  summary: 'The units for which I can wish: my own and those above it; and the tags in use',
  reply: Type.Object({
    units: Type.Array(Type.Object({ id: Id, name: Type.String() })),
    tags: Type.Array(Type.String()),
  }),
} as const satisfies Endpoint

export const makeTopic = {
  method: 'POST',
  path: '/my/topics',
  permission: 'signed-in',
  summary: 'Wish for a topic; whoever wishes supports it',
  body: TopicFacts,
  reply: Changed,
} as const satisfies Endpoint

export const withdrawTopic = {
  method: 'POST',
  path: '/my/topics/:id/withdraw',
  permission: 'signed-in',
  summary: 'Take back a wish of my own that nobody else supports',
  params: At,
  body: strict({}),
  reply: Changed,
} as const satisfies Endpoint

export const supportTopic = {
  method: 'PUT',
  path: '/my/topics/:id/support',
  permission: 'signed-in',
  summary: 'Support a wish, or take the support back: once a person',
  params: At,
  body: strict({ isSupported: Type.Boolean() }),
  reply: Type.Object({ id: Id, state: oneOf(TOPIC_STATES), supporters: Type.Integer(), isSupported: Type.Boolean() }),
} as const satisfies Endpoint

export const enrolInTopic = {
  method: 'PUT',
  path: '/my/topics/:id/enrolment',
  permission: 'signed-in',
  summary: 'Say that I come to the lesson, or that I do not',
  params: At,
  body: strict({ isEnrolled: Type.Boolean() }),
  reply: Type.Object({ id: Id, enrolled: Type.Integer(), isEnrolled: Type.Boolean() }),
} as const satisfies Endpoint

export const rateTopic = {
  method: 'PUT',
  path: '/my/topics/:id/rating',
  permission: 'signed-in',
  summary: 'Rate a lesson that I attended, 1 to 5; shown only in the mean of at least three',
  params: At,
  body: strict({
    stars: Type.Integer({ minimum: 1, maximum: 5 }),
    remark: Type.Optional(Type.String({ minLength: 2, maxLength: 300, pattern: '\\S' })),
  }),
  reply: Type.Object({ id: Id, state: oneOf(TOPIC_STATES), stars: Type.Integer() }),
} as const satisfies Endpoint

export const readMyLecturing = {
  method: 'GET',
  path: '/my/lecturing',
  permission: 'signed-in',
  summary: 'My offer as a lecturer, and the lessons that are proposed to me',
  reply: Type.Object({
    offer: nullable(LecturerShown),
    proposals: Type.Array(TopicProposalShown),
    tags: Type.Array(Type.String()),
  }),
} as const satisfies Endpoint

export const offerLecturing = {
  method: 'PUT',
  path: '/my/lecturing',
  permission: 'signed-in',
  summary: 'Offer to teach; somebody else reviews the offer before it counts',
  body: OfferFacts,
  reply: Changed,
} as const satisfies Endpoint

export const setLecturingSlots = {
  method: 'PUT',
  path: '/my/lecturing/slots',
  permission: 'signed-in',
  summary: 'My free times from now on; times of lessons that are agreed stay',
  body: strict({ slots: Type.Array(LecturerSlot, { maxItems: 60 }) }),
  reply: Changed,
} as const satisfies Endpoint

export const endLecturing = {
  method: 'POST',
  path: '/my/lecturing/end',
  permission: 'signed-in',
  summary: 'Take back my offer; lessons that are agreed stay',
  body: Empty,
  reply: Changed,
} as const satisfies Endpoint

export const answerTopicProposalOfMine = {
  method: 'POST',
  path: '/my/lecturing/proposals/:id/answer',
  permission: 'signed-in',
  summary: 'Say yes or no to a lesson that is proposed to me',
  params: At,
  body: strict({ isAccepted: Type.Boolean(), reason: Type.Optional(Why) }),
  reply: Changed,
} as const satisfies Endpoint
