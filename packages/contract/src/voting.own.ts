import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Id, InstantAt, nullable, oneOf, strict } from './page.ts'
import {
  AtVote,
  Bytes,
  Bytes32,
  CHANNELS,
  ChoiceShape,
  QuestionShape,
  SECRECIES,
  ShortId,
  VOTE_STATES,
  VOTE_WAYS,
  VoteCount,
  VoteOutcome,
  VoteRuleShape,
} from './voting.words.ts'

export const MyVoteRow = Type.Object({
  id: Id,
  title: Type.String(),
  orgName: Type.String(),
  secrecy: oneOf(SECRECIES),
  channel: oneOf(CHANNELS),
  state: oneOf(VOTE_STATES),
  until: nullable(InstantAt),
  way: nullable(oneOf(VOTE_WAYS)),
  /** What waits for this person: to draw a ballot paper, to cast (secret: the server cannot know), to vote by name. */
  todo: nullable(oneOf(['draw', 'cast', 'vote'] as const)),
})
export type MyVoteRow = Static<typeof MyVoteRow>

export const listMyVotes = {
  method: 'GET',
  path: '/my/votes',
  permission: 'signed-in',
  summary: 'Votes in which I am entitled to vote, open ones first',
  reply: Type.Object({ rows: Type.Array(MyVoteRow) }),
} as const satisfies Endpoint

export const MyVote = Type.Object({
  ...MyVoteRow.properties,
  rule: VoteRuleShape,
  shouldAttend: VoteCount,
  voters: VoteCount,
  drawn: VoteCount,
  changeable: Type.Boolean(),
  meetingId: nullable(Id),
  questions: Type.Array(QuestionShape),
  grade: nullable(oneOf(['V2'] as const)),
  /** Fewer than eight voters: the result itself may reveal votes; said before voting. */
  isSmall: Type.Boolean(),
  config: nullable(Type.String()),
  electionId: nullable(Bytes32),
  castOrigin: nullable(Type.String()),
  /** My own salt of the roll: proves with `roll.json` that I am on it. */
  salt: nullable(Bytes32),
  /** Whether drawing needs one of my passkeys, by which nobody else can draw in my name. */
  needsPasskey: Type.Boolean(),
  /** What I drew: the blinded values as I sent them and their blind signatures, so that a lost answer can be had again. */
  papers: Type.Array(Type.Object({ questionId: ShortId, blinded: Bytes(512), blindSignature: Bytes(512) })),
  /** My own named votes. */
  choices: Type.Array(Type.Object({ questionId: ShortId, choice: ChoiceShape, at: InstantAt })),
  outcome: nullable(VoteOutcome),
  cancelledReason: nullable(Type.String()),
})
export type MyVote = Static<typeof MyVote>

export const readMyVote = {
  method: 'GET',
  path: '/my/votes/:id',
  permission: 'signed-in',
  summary: 'A vote in which I am entitled to vote',
  params: AtVote,
  reply: MyVote,
} as const satisfies Endpoint

const Papers = Type.Array(strict({ questionId: ShortId, blinded: Bytes(512) }), { minItems: 1, maxItems: 20 })

export const optionsToDraw = {
  method: 'POST',
  path: '/my/votes/:id/draw/options',
  permission: 'signed-in',
  summary: 'What a passkey must sign to draw: a challenge bound to these blinded values; null without passkeys',
  params: AtVote,
  body: strict({ papers: Papers }),
  reply: Type.Object({
    /** WebAuthn `publicKey` request options. */
    options: nullable(Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true })),
  }),
} as const satisfies Endpoint

export const drawPapers = {
  method: 'POST',
  path: '/my/votes/:id/draw',
  permission: 'signed-in',
  summary: 'Draw ballot papers: blind signatures, once for each question; the same values get the same answer',
  params: AtVote,
  // Repeatable by nature; a kept copy would be a second place that ties a person to a ballot paper.
  unkept: true,
  body: strict({
    papers: Papers,
    /** WebAuthn assertion over the challenge of these papers; needed where the person has a passkey. */
    assertion: Type.Optional(Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true })),
  }),
  reply: Type.Object({
    papers: Type.Array(Type.Object({ questionId: ShortId, blindSignature: Bytes(512) })),
  }),
} as const satisfies Endpoint

export const voteByName = {
  method: 'POST',
  path: '/my/votes/:id/choices',
  permission: 'signed-in',
  summary: 'Vote by name in a named vote',
  params: AtVote,
  body: strict({
    choices: Type.Array(strict({ questionId: ShortId, choice: ChoiceShape }), { minItems: 1, maxItems: 20 }),
  }),
  reply: Type.Object({ at: InstantAt }),
} as const satisfies Endpoint

/** Who drew: open to the electorate, so that a ballot paper drawn for somebody absent is noticed. */
export const listDrawn = {
  method: 'GET',
  path: '/my/votes/:id/drawn',
  permission: 'signed-in',
  summary: 'Who has drawn a ballot paper, for everybody entitled to vote',
  params: AtVote,
  reply: Type.Object({
    rows: Type.Array(Type.Object({ name: Type.String(), way: oneOf(VOTE_WAYS), byPasskey: Type.Boolean() })),
  }),
} as const satisfies Endpoint

/** `id` is SHA-256("cpb-name-v1" ‖ salt ‖ name), as in docs/ballot-format.md. */
const VoteName = Type.Object({ id: Bytes32, name: Type.String(), salt: Bytes32 })
export type VoteName = Static<typeof VoteName>

/** Who may be written in, for the electorate alone: the configuration, which is public, has only `id`. */
export const listVoteNames = {
  method: 'GET',
  path: '/my/votes/:id/names',
  permission: 'signed-in',
  summary: 'Names of those who may be written in, each provable against the signed configuration',
  params: AtVote,
  reply: Type.Object({ rows: Type.Array(VoteName) }),
} as const satisfies Endpoint
