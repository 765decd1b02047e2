import { type Static, Type } from 'typebox'
import { electionFilter } from './elections.files.ts'
import {
  BoxCount,
  DIVIDED_POSTS,
  ELECTED_BODIES,
  ELECTION_FORMS,
  ELECTION_KINDS,
  ELECTION_LEFT_OUT,
  ELECTION_STATES,
  ElectionLetter,
  NamedMember,
  ROUND_KINDS,
  RoundResult,
} from './elections.words.ts'
import type { Endpoint } from './endpoint.ts'
import { RuleShown } from './membership.words.ts'
import { DateOn, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

const At = strict({ id: Id })
const CHANNELS = ['paper', 'electronic', 'mixed'] as const

export const ElectionRow = Type.Object({
  id: Id,
  kind: oneOf(ELECTION_KINDS),
  state: oneOf(ELECTION_STATES),
  orgId: Id,
  orgName: Type.String(),
  /** Number of the committee that is elected (第几届). */
  ordinal: nullable(Type.Integer()),
  /** Members of the committee, or delegates; 0 where the members' meeting elects the secretary itself. */
  seats: Type.Integer(),
  /** Delegates of the congress that elects; null where the members' meeting does. */
  delegates: nullable(Type.Integer()),
  plannedOn: DateOn,
  heldOn: nullable(DateOn),
  updatedAt: InstantAt,
  version: Type.Integer(),
})
export type ElectionRow = Static<typeof ElectionRow>

export const listElections = {
  method: 'GET',
  path: '/elections',
  permission: 'elections.read',
  summary: 'Elections of the scope',
  query: strict({ ...pageQuery(['plannedOn', 'updatedAt', 'orgName'] as const), ...electionFilter }),
  reply: pageOf(ElectionRow),
} as const satisfies Endpoint

export const ElectionCandidate = Type.Object({
  memberId: Id,
  name: Type.String(),
  body: oneOf(ELECTED_BODIES),
  /** Members who proposed the person on the phone. */
  proposals: Type.Integer(),
})
export type ElectionCandidate = Static<typeof ElectionCandidate>

export const ElectionRound = Type.Object({
  id: Id,
  number: Type.Integer(),
  body: oneOf(ELECTED_BODIES),
  kind: oneOf(ROUND_KINDS),
  state: oneOf(['open', 'counted', 'void'] as const),
  channel: oneOf(CHANNELS),
  seats: Type.Integer(),
  writeIn: Type.Boolean(),
  candidates: Type.Array(NamedMember),
  shouldAttend: Type.Integer(),
  present: Type.Integer(),
  voteId: nullable(Id),
  /** One of the two entries of a paper count is there. */
  enteredOnce: Type.Boolean(),
  enteredByMe: Type.Boolean(),
  count: nullable(BoxCount),
  /** Names of those written in, by member. */
  names: Type.Record(Type.String(), Type.String()),
  result: nullable(RoundResult),
  openedAt: InstantAt,
  closedAt: nullable(InstantAt),
})
export type ElectionRound = Static<typeof ElectionRound>

/** Acts that a file allows, those that carry it on in the order in which they are due. */
export const ELECTION_ACTS = [
  'change',
  'appointGroup',
  'request',
  'approve',
  'reportCandidates',
  'approveCandidates',
  'allot',
  'postPublicity',
  'closePublicity',
  'adoptMethod',
  'appointTellers',
  'roll',
  'openRound',
  'count',
  'reduce',
  'report',
  'approveResult',
  'cancel',
] as const
export type ElectionAct = (typeof ELECTION_ACTS)[number]

export const ElectionRecord = Type.Object({
  ...ElectionRow.properties,
  deputies: Type.Integer(),
  /** Members of the standing committee; 0 for none. */
  standing: Type.Integer(),
  scattered: Type.Boolean(),
  /** The congress for which delegates are elected. */
  congress: nullable(Type.Object({ id: Id, orgName: Type.String() })),
  electsSecretary: Type.Boolean(),
  reason: Type.String(),
  termUntil: nullable(DateOn),
  request: nullable(ElectionLetter),
  approval: nullable(ElectionLetter),
  candidatesRequest: nullable(ElectionLetter),
  candidatesApproval: nullable(ElectionLetter),
  returnedReason: nullable(Type.String()),
  /** Who prepares the election (换届领导小组). */
  leadingGroup: nullable(Type.Object({ leader: NamedMember, members: Type.Array(NamedMember) })),
  candidates: Type.Array(ElectionCandidate),
  nominations: Type.Array(Type.Object({ memberId: Id, name: Type.String(), proposals: Type.Integer() })),
  publicity: nullable(
    Type.Object({
      from: DateOn,
      until: DateOn,
      place: Type.String(),
      outcome: nullable(Type.String()),
      /** Why it was entered after its first day; null for one entered in time. */
      lateReason: nullable(Type.String()),
    }),
  ),
  method: nullable(Type.Object({ on: DateOn, present: Type.Integer(), inFavour: Type.Integer() })),
  tellers: Type.Object({ supervisors: Type.Array(NamedMember), counters: Type.Array(NamedMember) }),
  roll: Type.Object({
    drawnAt: nullable(InstantAt),
    formal: Type.Integer(),
    noRights: Type.Integer(),
    leftOut: Type.Integer(),
    consent: nullable(Type.Object({ documentNumber: nullable(Type.String()), meetingApproved: Type.Boolean() })),
    shouldAttend: Type.Integer(),
    present: Type.Integer(),
    quorum: Type.Boolean(),
  }),
  rounds: Type.Array(ElectionRound),
  elected: Type.Array(Type.Object({ memberId: Id, name: Type.String(), body: oneOf(ELECTED_BODIES) })),
  /** What the next round is, as the rules say it; null when nothing is to be voted on. */
  nextRound: nullable(
    Type.Object({
      body: oneOf(ELECTED_BODIES),
      kind: oneOf(ROUND_KINDS),
      seats: Type.Integer(),
      candidates: Type.Array(NamedMember),
    }),
  ),
  reduced: nullable(Type.Object({ seats: Type.Integer(), consenting: Type.Integer(), voters: Type.Integer() })),
  division: Type.Array(Type.Object({ memberId: Id, post: oneOf(DIVIDED_POSTS) })),
  report: nullable(ElectionLetter),
  reply: nullable(ElectionLetter),
  cancelledReason: nullable(Type.String()),
  rules: Type.Array(RuleShown),
  /** What is still missing before the vote may open. */
  missing: Type.Array(oneOf(['method', 'tellers', 'roll', 'quorum'] as const)),
  can: Type.Array(oneOf(ELECTION_ACTS)),
})
export type ElectionRecord = Static<typeof ElectionRecord>

export const readElection = {
  method: 'GET',
  path: '/elections/:id',
  permission: 'elections.read',
  summary: 'One election with every step, the rules behind it and what may be done now',
  params: At,
  reply: ElectionRecord,
} as const satisfies Endpoint

export const RollRow = Type.Object({
  memberId: Id,
  name: Type.String(),
  leftOut: nullable(oneOf(ELECTION_LEFT_OUT)),
  present: Type.Boolean(),
  isCandidate: Type.Boolean(),
})
export type RollRow = Static<typeof RollRow>

export const readElectionRoll = {
  method: 'GET',
  path: '/elections/:id/roll',
  permission: 'elections.read',
  summary: 'Everybody entitled to vote, in the order of strokes, with who is left out and who is present',
  params: At,
  reply: Type.Object({ rows: Type.Array(RollRow) }),
} as const satisfies Endpoint

export const printElectionForm = {
  method: 'GET',
  path: '/elections/:id/form',
  permission: 'elections.read',
  summary: 'A paper of the election: request, method, ballot, counting sheet, report, letter, certificate',
  params: At,
  query: strict({
    form: oneOf(ELECTION_FORMS),
    roundId: Type.Optional(Id),
    memberId: Type.Optional(Id),
    language: Type.Optional(oneOf(['zh-CN', 'en'])),
    format: Type.Optional(oneOf(['pdf', 'docx'])),
  }),
  reply: FileReply,
  download: 'application/octet-stream',
} as const satisfies Endpoint

export const electionsRefusals = defineRefusals('elections', {
  not_found: 'missing',
  no_such_org: 'missing',
  no_such_person: 'invalid',
  not_electing: 'conflict',
  already_open: 'conflict',
  wrong_state: 'conflict',
  in_past: 'invalid',
  in_future: 'invalid',
  too_far: 'invalid',
  committee_needed: 'invalid',
  no_committee: 'invalid',
  nothing_to_elect: 'invalid',
  not_from_above: 'forbidden',
  not_by_the_same: 'forbidden',
  no_rights: 'invalid',
  named_twice: 'invalid',
  too_few_candidates: 'invalid',
  not_equal: 'invalid',
  not_on_committee: 'invalid',
  too_many_nominated: 'conflict',
  nominated_already: 'conflict',
  publicity_short: 'invalid',
  publicity_long: 'invalid',
  publicity_before_approval: 'invalid',
  publicity_too_late: 'invalid',
  late_reason_missing: 'invalid',
  publicity_running: 'conflict',
  publicity_missing: 'conflict',
  method_not_adopted: 'invalid',
  method_beyond_roll: 'invalid',
  teller_is_candidate: 'invalid',
  not_on_roll: 'invalid',
  roll_missing: 'conflict',
  not_ready: 'conflict',
  no_quorum: 'conflict',
  round_open: 'conflict',
  no_round: 'missing',
  nothing_to_vote: 'conflict',
  round_closed: 'conflict',
  counted_elsewhere: 'conflict',
  count_by_candidate: 'forbidden',
  count_issued: 'invalid',
  count_invalid: 'invalid',
  count_sum: 'invalid',
  count_people: 'invalid',
  count_write_in: 'invalid',
  count_too_many: 'invalid',
  counts_differ: 'conflict',
  may_not_reduce: 'invalid',
  committee_small: 'invalid',
  standing_not_here: 'invalid',
  congress_not_here: 'invalid',
  no_congress: 'conflict',
  not_allotted: 'invalid',
  allotment_sum: 'invalid',
  allotment_unit: 'invalid',
  allotment_used: 'conflict',
  not_a_delegate: 'invalid',
  credentials_reason: 'invalid',
  credentials_open: 'conflict',
  all_count: 'conflict',
  no_electronic: 'conflict',
  form_too_early: 'conflict',
  no_handover: 'missing',
  handover_before_election: 'invalid',
  handover_settled: 'conflict',
  handover_confirmed: 'conflict',
})
