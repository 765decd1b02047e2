import { Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Id, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { AtVote, Bytes32, ChoiceShape, OPINIONS, ShortId, VoteCount } from './voting.words.ts'

const Changed = Type.Object({ id: Id, version: Type.Integer() })

export const givePapers = {
  method: 'POST',
  path: '/votes/:id/papers',
  permission: 'voting.hold',
  summary: 'Strike people off the electronic roll: they are given a paper in the hall',
  params: AtVote,
  body: strict({ memberIds: Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true }) }),
  reply: Type.Object({ given: VoteCount }),
} as const satisfies Endpoint

export const enterOpinion = {
  method: 'POST',
  path: '/votes/:id/opinions',
  permission: 'voting.hold',
  summary: 'Enter the formal written opinion of an absent member (DEV-16)',
  params: AtVote,
  body: strict({ memberId: Id, questionId: ShortId, optionId: ShortId, opinion: oneOf(OPINIONS) }),
  reply: Changed,
} as const satisfies Endpoint

export const confirmOpinion = {
  method: 'POST',
  path: '/votes/:id/opinions/:memberId/confirm',
  permission: 'voting.hold',
  summary: 'A second officer has seen the paper with the opinion',
  params: strict({ id: Id, memberId: Id }),
  body: strict({ questionId: ShortId, optionId: ShortId, opinion: oneOf(OPINIONS) }),
  reply: Changed,
} as const satisfies Endpoint

export const enterHandCount = {
  method: 'POST',
  path: '/votes/:id/hand-counts',
  permission: 'voting.hold',
  summary: 'Enter the count of the papers of a question; it stands when a second officer has entered the same',
  params: AtVote,
  body: strict({
    questionId: ShortId,
    issued: VoteCount,
    returned: VoteCount,
    valid: VoteCount,
    invalid: VoteCount,
    options: Type.Array(strict({ optionId: ShortId, for: VoteCount, against: VoteCount, abstain: VoteCount }), {
      minItems: 1,
      maxItems: 60,
    }),
    writtenIn: Type.Array(strict({ memberId: Id, votes: Type.Integer({ minimum: 1, maximum: 10_000_000 }) }), {
      maxItems: 200,
    }),
  }),
  reply: Type.Object({ ...Changed.properties, state: oneOf(['entered', 'confirmed'] as const) }),
} as const satisfies Endpoint

export const openBallots = {
  method: 'POST',
  path: '/votes/:id/election-key',
  permission: 'voting.hold',
  summary: 'Give the election key joined by the trustees after the closing: ballots are opened and counted',
  params: AtVote,
  // The key is published with the result, but a kept request would hold it before that.
  unkept: true,
  body: strict({ privateKey: Bytes32 }),
  reply: Changed,
} as const satisfies Endpoint

export const recountVote = {
  method: 'POST',
  path: '/votes/:id/recount',
  permission: 'voting.hold',
  summary: 'Count everything again from what is stored and compare',
  params: AtVote,
  body: strict({}),
  reply: Type.Object({ same: Type.Boolean() }),
} as const satisfies Endpoint

export const readNamedVotes = {
  method: 'GET',
  path: '/votes/:id/named-votes',
  permission: 'voting.read',
  summary: 'Who voted how in a named vote, after the closing',
  params: AtVote,
  query: strict({ ...pageQuery(['name'] as const) }),
  reply: pageOf(Type.Object({ memberId: Id, name: Type.String(), questionId: ShortId, choice: nullable(ChoiceShape) })),
} as const satisfies Endpoint
