import { type Static, Type } from 'typebox'
import { DateOn, Id, InstantAt, nullable, oneOf } from './page.ts'

/** 换届选举 at the end of a term, 补选 within it, 选举代表 for a congress of the level above. */
export const ELECTION_KINDS = ['term', 'by_election', 'delegates'] as const
export type ElectionKind = (typeof ELECTION_KINDS)[number]

/**
 * The road of an election file. `nominating` begins with the approval from above, `publicity` with the approval of the
 * candidates, `plenum` is the committee's first meeting, `reported` waits for the letter from above.
 */
export const ELECTION_STATES = [
  'draft',
  'requested',
  'nominating',
  'candidates_reported',
  'publicity',
  'preparing',
  'voting',
  'plenum',
  'reporting',
  'reported',
  'done',
  'cancelled',
] as const
export type ElectionState = (typeof ELECTION_STATES)[number]

/**
 * What a round elects, in the order in which it is elected. The plenum elects the standing committee from the committee
 * (ELEC-8), then secretary and deputy without difference (ELEC-7).
 */
export const ELECTED_BODIES = ['delegate', 'committee', 'standing', 'secretary', 'deputy'] as const
export type ElectedBody = (typeof ELECTED_BODIES)[number]

/** `run_off`: between the tied (ELEC-14); `separate`: for open seats (ELEC-15). A void one is held again as it was. */
export const ROUND_KINDS = ['first', 'run_off', 'separate'] as const
export type RoundKind = (typeof ROUND_KINDS)[number]

/** Where a delegate's credentials stand (代表资格审查). */
export const CREDENTIAL_STATES = ['elected', 'confirmed', 'refused'] as const
export type CredentialState = (typeof CREDENTIAL_STATES)[number]

/** Groups that may be left out of those who should attend, with both consents (DEV-18, ELEC-5). */
export const ELECTION_LEFT_OUT = ['illness', 'abroad', 'sentence', 'bedridden', 'moved_away', 'retired_home'] as const
export type ElectionLeftOut = (typeof ELECTION_LEFT_OUT)[number]

/** Papers of an election (catalogue D27). */
export const ELECTION_FORMS = [
  'request',
  'approval',
  'candidates_request',
  'method',
  'ballot',
  'ballot_write_in',
  'counting_sheet',
  'tellers_report',
  'result_report',
  'reply',
  'certificate',
] as const
export type ElectionForm = (typeof ELECTION_FORMS)[number]

/** Posts that the plenum divides among those elected besides secretary and deputy (分工). */
export const DIVIDED_POSTS = ['organisation', 'publicity', 'discipline', 'youth', 'committee_member'] as const
export type DividedPost = (typeof DIVIDED_POSTS)[number]

/** Somebody named in the file: always a member record. */
export const NamedMember = Type.Object({ memberId: Id, name: Type.String() })
export type NamedMember = Static<typeof NamedMember>

/** A letter with its number, its day and who entered it. */
export const ElectionLetter = Type.Object({
  documentNumber: Type.String(),
  on: DateOn,
  by: nullable(Type.String()),
  at: InstantAt,
})
export type ElectionLetter = Static<typeof ElectionLetter>

/** One line of a count. `for + against + abstain` is the number of valid ballots. */
export const ElectionTally = Type.Object({
  memberId: Id,
  for: Type.Integer({ minimum: 0, maximum: 100_000 }),
  against: Type.Integer({ minimum: 0, maximum: 100_000 }),
  abstain: Type.Integer({ minimum: 0, maximum: 100_000 }),
})
export type ElectionTally = Static<typeof ElectionTally>

const people = Type.Integer({ minimum: 0, maximum: 100_000 })
/** What came out of the box, as two people entered it independently. */
export const BoxCount = Type.Object({
  issued: people,
  returned: people,
  invalid: people,
  tallies: Type.Array(ElectionTally),
  writtenIn: Type.Array(Type.Object({ memberId: Id, votes: Type.Integer({ minimum: 1, maximum: 100_000 }) })),
})
export type BoxCount = Static<typeof BoxCount>

export const RoundResult = Type.Object({
  /** No more ballots came back than were given out (ELEC-11). */
  valid: Type.Boolean(),
  elected: Type.Array(NamedMember),
  tie: Type.Array(NamedMember),
  remaining: Type.Integer(),
  action: oneOf(['complete', 'run-off', 're-elect-or-reduce', 'vote-again'] as const),
  /** Fewest votes that elect (ELEC-13); null in a run-off, where more votes win. */
  needed: nullable(Type.Integer()),
})
export type RoundResult = Static<typeof RoundResult>
