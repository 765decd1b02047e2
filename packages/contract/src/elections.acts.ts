import { Type } from 'typebox'
import {
  BoxCount,
  DIVIDED_POSTS,
  ELECTED_BODIES,
  ELECTION_KINDS,
  ELECTION_LEFT_OUT,
  ELECTION_STATES,
} from './elections.words.ts'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Id, nullable, oneOf, strict } from './page.ts'

const At = strict({ id: Id })
const Done = Type.Object({ id: Id, state: oneOf(ELECTION_STATES), version: Type.Integer() })
const Text = (max: number) => Type.String({ minLength: 2, maxLength: max, pattern: '\\S' })
const Number = Text(60)
const People = (max: number) => Type.Array(Id, { maxItems: max, uniqueItems: true })
const letter = { documentNumber: Number, on: DateOn }

const Plan = {
  kind: oneOf(ELECTION_KINDS),
  plannedOn: DateOn,
  /** 0: no committee, the members' meeting elects the secretary (支部工作条例 art. 20). */
  seats: Type.Integer({ minimum: 0, maximum: 60 }),
  deputies: Type.Integer({ minimum: 0, maximum: 5 }),
  electsSecretary: Type.Boolean(),
  /** Members of the standing committee, where the level above agrees to one (ELEC-8). */
  standing: Type.Optional(Type.Integer({ minimum: 0, maximum: 30 })),
  /** A congress of so many delegates elects instead of the members' meeting (ELEC-2); null or absent: the meeting. */
  delegates: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 1000 }))),
  /** The organisations below are at scattered sites, so a congress may elect with fewer than 500 members. */
  scattered: Type.Optional(Type.Boolean()),
  ordinal: nullable(Type.Integer({ minimum: 1, maximum: 200 })),
  reason: Text(1000),
}

export const createElection = {
  method: 'POST',
  path: '/elections',
  permission: 'elections.write',
  summary: 'Open the file of an election',
  body: strict({ orgId: Id, ...Plan }),
  reply: Done,
} as const satisfies Endpoint

export const changeElection = {
  method: 'PUT',
  path: '/elections/:id',
  permission: 'elections.write',
  summary: 'Change a file that was not yet sent up',
  ifMatch: true,
  params: At,
  body: strict(Plan),
  reply: Done,
} as const satisfies Endpoint

const act = <const P extends string, const S extends string>(name: P, summary: S) =>
  ({ method: 'POST', path: `/elections/:id/${name}`, permission: 'elections.write', summary, params: At }) as const
const above = <const P extends string, const S extends string>(name: P, summary: S) =>
  ({ ...act(name, summary), permission: 'elections.approve' }) as const

export const requestElection = {
  ...act('request', 'Ask the level above for the election'),
  body: strict({ documentNumber: Number }),
  reply: Done,
} as const satisfies Endpoint

export const approveElection = {
  ...above('approve', 'The level above approves the election and its number of seats'),
  stepUp: true,
  body: strict(letter),
  reply: Done,
} as const satisfies Endpoint

export const returnElection = {
  ...above('return', 'The level above sends request, candidates or report back with a reason'),
  body: strict({ reason: Text(500) }),
  reply: Done,
} as const satisfies Endpoint

export const appointGroup = {
  ...act('leading-group', 'Who prepares the election; the list replaces the one before'),
  body: strict({ leaderId: Id, memberIds: Type.Array(Id, { minItems: 1, maxItems: 30, uniqueItems: true }) }),
  reply: Done,
} as const satisfies Endpoint

export const reportCandidates = {
  ...act('candidates', 'The outgoing committee decides on the candidates and asks the level above to agree'),
  body: strict({
    documentNumber: Number,
    /** Those who stand for the seats: of the committee, or as delegates. */
    committee: People(80),
    standing: Type.Optional(People(40)),
    secretary: nullable(Id),
    deputies: People(5),
  }),
  reply: Done,
} as const satisfies Endpoint

export const approveCandidates = {
  ...above('candidates/approve', 'The level above agrees to the candidates'),
  stepUp: true,
  body: strict(letter),
  reply: Done,
} as const satisfies Endpoint

export const postCandidates = {
  ...act('publicity', 'Make the candidates public'),
  body: strict({
    from: DateOn,
    until: DateOn,
    place: Text(200),
    /** Demanded where it is entered after its first day. */
    lateReason: Type.Optional(Text(500)),
  }),
  reply: Done,
} as const satisfies Endpoint

export const closeCandidates = {
  ...act('publicity/close', 'Enter what came of the publicity'),
  body: strict({ outcome: Text(1000) }),
  reply: Done,
} as const satisfies Endpoint

export const adoptMethod = {
  ...act('method', 'The meeting adopted the method of the election'),
  body: strict({
    on: DateOn,
    present: Type.Integer({ minimum: 1, maximum: 100_000 }),
    inFavour: Type.Integer({ minimum: 0, maximum: 100_000 }),
  }),
  reply: Done,
} as const satisfies Endpoint

export const appointTellers = {
  ...act('tellers', 'Those who supervise and those who count, adopted by the meeting; no candidate is one'),
  body: strict({
    supervisors: Type.Array(Id, { minItems: 1, maxItems: 20, uniqueItems: true }),
    counters: Type.Array(Id, { minItems: 1, maxItems: 40, uniqueItems: true }),
  }),
  reply: Done,
} as const satisfies Endpoint

export const drawRoll = {
  ...act('roll', 'Write down everybody who is entitled to vote, as the records are now'),
  body: strict({}),
  reply: Done,
} as const satisfies Endpoint

export const leaveOut = {
  ...act('roll/left-out', 'Who is left out of those who should attend, with both consents'),
  body: strict({
    people: Type.Array(strict({ memberId: Id, reason: oneOf(ELECTION_LEFT_OUT) }), { maxItems: 2000 }),
    /** Consent from above; without it the absent stay in the base. */
    documentNumber: nullable(Number),
    meetingApproved: Type.Boolean(),
  }),
  reply: Done,
} as const satisfies Endpoint

export const enterPresence = {
  ...act('roll/present', 'Who of the roll is present'),
  body: strict({ memberIds: People(5000) }),
  reply: Done,
} as const satisfies Endpoint

export const openRound = {
  ...act('rounds', 'Open the round that is due; the roll of those present is frozen'),
  body: strict({
    body: oneOf(ELECTED_BODIES),
    channel: oneOf(['paper', 'electronic', 'mixed'] as const),
    writeIn: Type.Boolean(),
    /** The plenum of the committee: who of those elected is present. */
    present: Type.Optional(People(80)),
    /** A separate election may have other candidates than those who were not elected. */
    candidates: Type.Optional(People(80)),
  }),
  reply: Done,
} as const satisfies Endpoint

const RoundAt = strict({ id: Id, roundId: Id })

export const countRound = {
  method: 'POST',
  path: '/elections/:id/rounds/:roundId/count',
  permission: 'elections.write',
  summary: 'Enter what was counted; a second person enters the same once more before it holds',
  params: RoundAt,
  body: strict(BoxCount.properties),
  reply: Type.Object({ ...Done.properties, entries: Type.Integer() }),
} as const satisfies Endpoint

export const collectRound = {
  method: 'POST',
  path: '/elections/:id/rounds/:roundId/collect',
  permission: 'elections.write',
  summary: 'Take over the result of an electronic round once it is counted',
  params: RoundAt,
  body: strict({}),
  reply: Done,
} as const satisfies Endpoint

export const reduceSeats = {
  ...act('reduce', 'The voters agree to fewer seats because the number elected is close to them'),
  body: strict({
    consenting: Type.Integer({ minimum: 0, maximum: 100_000 }),
    closeToNumber: Type.Boolean(),
    /** At a congress its presidium may decide instead (ELEC-15). */
    presidium: Type.Optional(Type.Boolean()),
  }),
  reply: Done,
} as const satisfies Endpoint

export const reportElection = {
  ...act('report', 'Report the result: secretary and deputy for approval, members on record'),
  body: strict({
    ...letter,
    division: Type.Array(strict({ memberId: Id, post: oneOf(DIVIDED_POSTS) }), { maxItems: 60 }),
  }),
  reply: Done,
} as const satisfies Endpoint

export const approveResult = {
  ...above('report/approve', 'The level above approves the result; term and posts are written'),
  stepUp: true,
  body: strict({ ...letter, untilOn: Type.Optional(DateOn) }),
  reply: Done,
} as const satisfies Endpoint

export const cancelElection = {
  ...act('cancel', 'Give the election up with a reason'),
  body: strict({ reason: Text(500) }),
  reply: Done,
} as const satisfies Endpoint
