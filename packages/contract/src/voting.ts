import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'
import {
  AtVote,
  Bytes,
  Bytes32,
  CHANNELS,
  OPINIONS,
  QuestionShape,
  SECRECIES,
  ShortId,
  VOTE_STATES,
  VOTE_STEPS,
  VOTE_SUBJECTS,
  VOTE_WAYS,
  VoteCount,
  VoteOutcome,
  VoteRuleShape,
  VoteText,
} from './voting.words.ts'

export const VoteRow = Type.Object({
  id: Id,
  orgId: Id,
  orgName: Type.String(),
  title: Type.String(),
  subject: Type.Object({ kind: oneOf(VOTE_SUBJECTS), id: Id }),
  secrecy: oneOf(SECRECIES),
  channel: oneOf(CHANNELS),
  state: oneOf(VOTE_STATES),
  voters: VoteCount,
  /** How many have drawn a ballot paper or been given one; never how many have cast. */
  drawn: VoteCount,
  /** Until when ballot papers are drawn, or votes cast, by the clock of the database; null: until somebody closes it. */
  until: nullable(InstantAt),
  createdAt: InstantAt,
  version: Type.Integer(),
})
export type VoteRow = Static<typeof VoteRow>

/** The filters of the list, without its page. */
export const voteFilter = {
  orgId: Type.Optional(Id),
  state: Type.Optional(oneOf(VOTE_STATES)),
  secrecy: Type.Optional(oneOf(SECRECIES)),
  subjectKind: Type.Optional(oneOf(VOTE_SUBJECTS)),
  subjectId: Type.Optional(Id),
  text: Type.Optional(VoteText(60)),
}

export const listVotes = {
  method: 'GET',
  path: '/votes',
  permission: 'voting.read',
  summary: 'Votes of the scope',
  query: strict({ ...pageQuery(['createdAt', 'title'] as const), ...voteFilter }),
  reply: pageOf(VoteRow),
} as const satisfies Endpoint

export const Trustee = strict({
  name: VoteText(60),
  /** What he is in this vote: 监票人, 计票人, one from the level above. */
  duty: VoteText(60),
  publicKey: Bytes32,
})
export type Trustee = Static<typeof Trustee>

export const VoteRecord = Type.Object({
  ...VoteRow.properties,
  rule: VoteRuleShape,
  shouldAttend: VoteCount,
  writtenOpinions: Type.Boolean(),
  /** Named votes: whether a vote may be changed until the closing. */
  changeable: Type.Boolean(),
  meetingId: nullable(Id),
  questions: Type.Array(QuestionShape),
  /** Secret votes by phone: the grade shown to voters. */
  grade: nullable(oneOf(['V2'] as const)),
  trustees: Type.Array(Type.Object({ ...Trustee.properties, signed: Type.Boolean() })),
  threshold: nullable(Type.Integer()),
  /** The configuration of the election exactly as it is signed; null before the keys are there. */
  config: nullable(Type.String()),
  electionId: nullable(Bytes32),
  /** The election in eight words, the same that the telephones of voters work out themselves. */
  electionWords: nullable(Type.Array(Type.String())),
  castOrigin: nullable(Type.String()),
  opinions: Type.Array(
    Type.Object({
      memberId: Id,
      name: Type.String(),
      questionId: ShortId,
      optionId: ShortId,
      opinion: oneOf(OPINIONS),
      confirmed: Type.Boolean(),
      mayConfirm: Type.Boolean(),
    }),
  ),
  /** Hand counts that one officer entered and another is to enter again; the figures are not shown to the second. */
  handCounts: Type.Array(
    Type.Object({ questionId: ShortId, state: oneOf(['entered', 'confirmed'] as const), mayConfirm: Type.Boolean() }),
  ),
  outcome: nullable(VoteOutcome),
  cancelledReason: nullable(Type.String()),
  /** What this person may do now. */
  can: Type.Object({
    change: Type.Boolean(),
    key: Type.Boolean(),
    sign: Type.Boolean(),
    steps: Type.Array(oneOf(VOTE_STEPS)),
    cancel: Type.Boolean(),
    givePaper: Type.Boolean(),
    enterOpinion: Type.Boolean(),
    enterCount: Type.Boolean(),
    open: Type.Boolean(),
    recount: Type.Boolean(),
  }),
})
export type VoteRecord = Static<typeof VoteRecord>

export const readVote = {
  method: 'GET',
  path: '/votes/:id',
  permission: 'voting.read',
  summary: 'One vote: what is asked, how far it is, and the result once it is counted',
  params: AtVote,
  reply: VoteRecord,
} as const satisfies Endpoint

const Changed = Type.Object({ id: Id, version: Type.Integer() })

const pollBody = {
  title: VoteText(200),
  secrecy: oneOf(SECRECIES),
  channel: oneOf(CHANNELS),
  questions: Type.Array(QuestionShape, { minItems: 1, maxItems: 20 }),
  quorumPercent: nullable(Type.Integer({ minimum: 1, maximum: 100 })),
  sharePercent: nullable(Type.Integer({ minimum: 1, maximum: 100 })),
  changeable: Type.Boolean(),
}

export const makePoll = {
  method: 'POST',
  path: '/votes',
  permission: 'voting.hold',
  summary: 'Make a poll among the full members of an organisation, or of all its branches',
  idempotent: 'required',
  body: strict({
    orgId: Id,
    ...pollBody,
    /** Among the members of the unit alone or of everything below it. */
    electorate: oneOf(['unit', 'subtree'] as const),
    /** Probationary members may be asked too where nothing is decided by statute. */
    probationary: Type.Boolean(),
  }),
  reply: Changed,
} as const satisfies Endpoint

export const changePoll = {
  method: 'PUT',
  path: '/votes/:id',
  permission: 'voting.hold',
  summary: 'Change a poll that nothing has been frozen of',
  ifMatch: true,
  params: AtVote,
  body: strict(pollBody),
  reply: Changed,
} as const satisfies Endpoint

export const listRoll = {
  method: 'GET',
  path: '/votes/:id/roll',
  permission: 'voting.read',
  summary: 'Who is entitled to vote, and who has drawn a ballot paper; never who has cast',
  params: AtVote,
  query: strict({
    ...pageQuery(['name'] as const),
    way: Type.Optional(oneOf([...VOTE_WAYS, 'none'] as const)),
    text: Type.Optional(VoteText(60)),
  }),
  reply: pageOf(
    Type.Object({
      memberId: Id,
      name: Type.String(),
      hasAccount: Type.Boolean(),
      way: nullable(oneOf(VOTE_WAYS)),
      drawnAt: nullable(InstantAt),
    }),
  ),
} as const satisfies Endpoint

export const giveKeys = {
  method: 'POST',
  path: '/votes/:id/keys',
  permission: 'voting.hold',
  summary: 'Upload the public keys of the trustees’ ceremony: freezes the roll and composes the configuration',
  params: AtVote,
  body: strict({
    encryptionKey: Bytes32,
    trustees: Type.Array(Trustee, { minItems: 2, maxItems: 9 }),
    threshold: Type.Integer({ minimum: 2, maximum: 9 }),
  }),
  reply: Type.Object({ ...Changed.properties, config: Type.String(), electionId: Bytes32 }),
} as const satisfies Endpoint

export const giveSignatures = {
  method: 'POST',
  path: '/votes/:id/signatures',
  permission: 'voting.hold',
  summary: 'Upload signatures of trustees over the configuration; all of them are needed to announce',
  params: AtVote,
  body: strict({
    signatures: Type.Array(strict({ publicKey: Bytes32, signature: Bytes(86) }), { minItems: 1, maxItems: 9 }),
  }),
  reply: Changed,
} as const satisfies Endpoint

export const advanceVote = {
  method: 'POST',
  path: '/votes/:id/steps',
  permission: 'voting.hold',
  summary: 'Announce, open and close the phases, publish the result',
  params: AtVote,
  body: strict({
    to: oneOf(VOTE_STEPS),
    /** For `drawing` and `casting`: closes by itself after so many minutes, counted by the clock of the database. */
    minutes: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 60 * 24 * 60 }))),
    /** For `closed` of a vote outside a meeting on paper: 实到会有表决权. */
    present: Type.Optional(VoteCount),
  }),
  reply: Type.Object({ ...Changed.properties, state: oneOf(VOTE_STATES) }),
} as const satisfies Endpoint

export const cancelVoteRoute = {
  method: 'POST',
  path: '/votes/:id/cancel',
  permission: 'voting.hold',
  summary: 'Cancel a vote with a reason; all ballot papers lose their worth',
  params: AtVote,
  body: strict({ reason: VoteText(500) }),
  reply: Changed,
} as const satisfies Endpoint

export const readBoardFile = {
  method: 'GET',
  path: '/votes/:id/board/:file',
  permission: 'signed-in',
  summary: 'A file of the public bundle, for the electorate and for officers of the scope',
  params: strict({ id: Id, file: Type.String({ maxLength: 40 }) }),
  download: 'application/octet-stream',
  reply: FileReply,
} as const satisfies Endpoint

export const printVote = {
  method: 'POST',
  path: '/votes/:id/print',
  permission: 'voting.read',
  summary: 'The record of the count in print, with the root of the board in words',
  params: AtVote,
  download: 'application/octet-stream',
  body: strict({ format: oneOf(['pdf', 'docx'] as const), language: Type.Optional(oneOf(['zh-CN', 'en'] as const)) }),
  reply: FileReply,
} as const satisfies Endpoint

export const votingRefusals = defineRefusals('voting', {
  not_found: 'missing',
  no_such_org: 'missing',
  no_such_file: 'missing',
  no_such_question: 'invalid',
  wrong_state: 'conflict',
  frozen: 'conflict',
  not_a_poll: 'conflict',
  nobody_entitled: 'conflict',
  question_malformed: 'invalid',
  not_secret: 'conflict',
  no_cast_origin: 'conflict',
  key_malformed: 'invalid',
  trustees_malformed: 'invalid',
  signature_wrong: 'invalid',
  signatures_missing: 'conflict',
  not_checked_in: 'conflict',
  other_way: 'conflict',
  already_drawn: 'conflict',
  drawing_over: 'conflict',
  drawing_not_open: 'conflict',
  blinded_malformed: 'invalid',
  passkey_needed: 'forbidden',
  proof_needed: 'forbidden',
  casting_not_open: 'conflict',
  casting_over: 'conflict',
  cast_malformed: 'malformed',
  token_wrong: 'forbidden',
  already_cast: 'conflict',
  already_voted: 'conflict',
  choice_wrong: 'invalid',
  no_such_voter: 'missing',
  no_opinions: 'conflict',
  opinion_exists: 'conflict',
  not_by_the_same: 'forbidden',
  not_by_hand: 'conflict',
  papers_over: 'conflict',
  counts_impossible: 'invalid',
  counts_differ: 'conflict',
  counted_already: 'conflict',
  counts_missing: 'conflict',
  election_key_wrong: 'invalid',
  not_counted: 'conflict',
  present_impossible: 'invalid',
  too_many_rows: 'invalid',
})
