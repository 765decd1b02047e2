import { type Static, Type } from 'typebox'
import { DateOn, Id, InstantAt, nullable, oneOf, strict } from './page.ts'

/** Kinds of the organised life; the same words as `MEETING_KINDS` of the statutes. */
export const MEETING_KIND_NAMES = [
  'generalMeeting',
  'committeeMeeting',
  'groupMeeting',
  'partyLesson',
  'themeDay',
  'lifeMeeting',
  'democraticReview',
  'talk',
] as const
export type MeetingKindName = (typeof MEETING_KIND_NAMES)[number]
export const MEETING_STATES = [
  'planned',
  'noticed',
  'in_progress',
  'record_pending',
  'awaiting_signatures',
  'archived',
  'cancelled',
] as const
export type MeetingState = (typeof MEETING_STATES)[number]
/** As what a person is called: with vote, without, as observer, or left out of those who should attend. */
export const ATTENDEE_PARTS = ['voter', 'nonvoter', 'observer', 'left_out'] as const
export type AttendeePart = (typeof ATTENDEE_PARTS)[number]
export const ATTENDEE_ANSWERS = ['none', 'confirmed', 'leave_asked', 'leave_approved', 'leave_refused'] as const
/** The five groups that may be left out of those who should attend (DEV-18). */
export const LEFT_OUT_REASONS = ['illness', 'abroad', 'sentence', 'bedridden', 'moved_away'] as const
/** What is voted on, which decides quorum and majority. */
export const VOTE_RULES = ['none', 'ordinary', 'admission', 'committee'] as const
export const VOTE_METHODS = ['hands', 'ballot'] as const
export const SIGNED_AS = ['chair', 'secretary', 'recorder'] as const
export const CHECK_IN_WAYS = ['scanned', 'typed', 'organiser'] as const

export const Reason = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' })
export const Citation = Type.Object({ zh: Type.String(), en: Type.String() })

/** Who is called. Parts follow from the record by the statutes; here stand only choices and exceptions. */
export const Invites = strict({
  /** `all`: every member of the organisation and below; `chosen`: the people named in `memberIds`. */
  who: oneOf(['all', 'chosen'] as const),
  memberIds: Type.Optional(Type.Array(Id, { maxItems: 2000, uniqueItems: true })),
  /** Called without a vote: activists, applicants, representatives of the public, guests. */
  observerIds: Type.Optional(Type.Array(Id, { maxItems: 500, uniqueItems: true })),
  leftOut: Type.Optional(Type.Array(strict({ memberId: Id, reason: oneOf(LEFT_OUT_REASONS) }), { maxItems: 500 })),
  /** Full members whose voting right rests (留党察看, suspended). */
  withoutVoteIds: Type.Optional(Type.Array(Id, { maxItems: 500, uniqueItems: true })),
})
export type Invites = Static<typeof Invites>

export const AgendaItem = strict({
  id: Type.Optional(Id),
  title: Type.String({ minLength: 1, maxLength: 300, pattern: '\\S' }),
  presenter: Type.Optional(nullable(Type.String({ maxLength: 60 }))),
  votes: oneOf(VOTE_RULES),
})

/** A meeting as it is planned. Instants are UTC; minutes are before or after the start. */
export const MeetingPlan = strict({
  orgId: Id,
  title: Type.String({ minLength: 2, maxLength: 120, pattern: '\\S' }),
  session: Type.Optional(nullable(Type.String({ maxLength: 60 }))),
  kinds: Type.Array(oneOf(MEETING_KIND_NAMES), { minItems: 1, maxItems: 4, uniqueItems: true }),
  startsAt: InstantAt,
  endsAt: InstantAt,
  place: Type.Optional(nullable(Type.String({ maxLength: 200 }))),
  onlineUrl: Type.Optional(nullable(Type.String({ maxLength: 500, pattern: '^https://\\S+$' }))),
  chairId: Type.Optional(nullable(Id)),
  recorderId: Type.Optional(nullable(Id)),
  agenda: Type.Array(AgendaItem, { maxItems: 40 }),
  invites: Invites,
  opensBefore: Type.Optional(Type.Integer({ minimum: 0, maximum: 240 })),
  closesAfter: Type.Optional(Type.Integer({ minimum: 0, maximum: 240 })),
  leaveBefore: Type.Optional(Type.Integer({ minimum: 0, maximum: 2880 })),
  superiorConsent: Type.Optional(Type.Boolean()),
  meetingApproval: Type.Optional(Type.Boolean()),
})
export type MeetingPlan = Static<typeof MeetingPlan>

export const VoteResult = Type.Object({
  method: oneOf(VOTE_METHODS),
  eligible: Type.Integer(),
  present: Type.Integer(),
  inFavour: Type.Integer(),
  against: Type.Integer(),
  abstained: Type.Integer(),
  invalid: Type.Integer(),
  written: Type.Integer(),
  writtenInFavour: Type.Integer(),
  carried: Type.Boolean(),
  ruleId: Type.String(),
  citation: Citation,
})
export type VoteResult = Static<typeof VoteResult>

/** Whether a vote may be held: who should attend, who is there, how many are needed, and the article. */
export const Quorum = Type.Object({
  votes: oneOf(VOTE_RULES),
  eligible: Type.Integer(),
  present: Type.Integer(),
  needed: Type.Integer(),
  isMet: Type.Boolean(),
  ruleId: Type.String(),
  citation: Citation,
})
export type Quorum = Static<typeof Quorum>

export const Minutes = Type.Object({
  discussion: Type.Array(Type.Object({ speaker: Type.String(), words: Type.String() })),
  tasks: Type.Array(
    Type.Object({
      id: Id,
      what: Type.String(),
      who: Type.String(),
      whoId: nullable(Id),
      dueOn: nullable(DateOn),
      doneOn: nullable(DateOn),
      doneNote: nullable(Type.String()),
    }),
  ),
})

export const MeetingCounts = Type.Object({
  voters: Type.Integer(),
  nonvoters: Type.Integer(),
  observers: Type.Integer(),
  leftOut: Type.Integer(),
  present: Type.Integer(),
  presentVoters: Type.Integer(),
})
export type MeetingCounts = Static<typeof MeetingCounts>
