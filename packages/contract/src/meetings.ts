import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { FILE_STATES } from './files.ts'
import { MeetingPhoto } from './meetings.photos.ts'
import {
  ATTENDEE_ANSWERS,
  ATTENDEE_PARTS,
  CHECK_IN_WAYS,
  Citation,
  Invites,
  MEETING_KIND_NAMES,
  MEETING_STATES,
  MeetingCounts,
  MeetingPlan,
  Minutes,
  Quorum,
  Reason,
  SIGNED_AS,
  VOTE_RULES,
  VoteResult,
} from './meetings.words.ts'
import { DateOn, Empty, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

const At = strict({ id: Id })
const Done = Type.Object({ id: Id, state: oneOf(MEETING_STATES), version: Type.Integer() })

export const MeetingRow = Type.Object({
  id: Id,
  orgId: Id,
  orgName: Type.String(),
  state: oneOf(MEETING_STATES),
  title: Type.String(),
  kinds: Type.Array(oneOf(MEETING_KIND_NAMES)),
  startsAt: InstantAt,
  endsAt: InstantAt,
  place: nullable(Type.String()),
  counts: MeetingCounts,
  /** Whole days since the meeting while its record is not archived, else null. */
  unfiledDays: nullable(Type.Integer()),
  version: Type.Integer(),
})
export type MeetingRow = Static<typeof MeetingRow>

const filters = {
  orgId: Type.Optional(Id),
  /** With the units below it, as long as nobody says otherwise. */
  below: Type.Optional(Type.Boolean()),
  kind: Type.Optional(oneOf(MEETING_KIND_NAMES)),
  state: Type.Optional(oneOf(MEETING_STATES)),
  heldFrom: Type.Optional(DateOn),
  heldTo: Type.Optional(DateOn),
  text: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  unfiled: Type.Optional(Type.Boolean()),
}

export const listMeetings = {
  method: 'GET',
  path: '/meetings',
  permission: 'meetings.read',
  summary: 'Meetings of the scope',
  query: strict({ ...pageQuery(['startsAt', 'title'] as const), ...filters }),
  reply: pageOf(MeetingRow),
} as const satisfies Endpoint

export const Candidate = Type.Object({
  memberId: Id,
  name: Type.String(),
  memberNo: Type.String(),
  category: Type.String(),
  part: oneOf(ATTENDEE_PARTS),
  ruleId: Type.String(),
  citation: Citation,
})
export type Candidate = Static<typeof Candidate>

export const listCandidates = {
  method: 'GET',
  path: '/meetings/candidates',
  permission: 'meetings.convene',
  summary: 'Who belongs to a meeting of an organisation, and as what; at most 500 by name, all counted',
  query: strict({ orgId: Id }),
  reply: Type.Object({
    rows: Type.Array(Candidate),
    voters: Type.Integer(),
    nonvoters: Type.Integer(),
    others: Type.Integer(),
  }),
} as const satisfies Endpoint

export const planMeeting = {
  method: 'POST',
  path: '/meetings',
  permission: 'meetings.convene',
  summary: 'Plan a meeting; nobody is told yet',
  body: MeetingPlan,
  reply: Done,
} as const satisfies Endpoint

export const changeMeeting = {
  method: 'PUT',
  path: '/meetings/:id',
  permission: 'meetings.convene',
  summary: 'Change a planned or convened meeting; those who are called are told',
  ifMatch: true,
  params: At,
  body: MeetingPlan,
  reply: Done,
} as const satisfies Endpoint

export const conveneMeeting = {
  method: 'POST',
  path: '/meetings/:id/convene',
  permission: 'meetings.convene',
  summary: 'Call the meeting: the people are fixed and told',
  ifMatch: true,
  params: At,
  body: Empty,
  reply: Done,
} as const satisfies Endpoint

export const cancelMeeting = {
  method: 'POST',
  path: '/meetings/:id/cancel',
  permission: 'meetings.convene',
  summary: 'Cancel a meeting that has not been recorded, with the reason',
  ifMatch: true,
  params: At,
  body: strict({ reason: Reason }),
  reply: Done,
} as const satisfies Endpoint

export const AgendaRow = Type.Object({
  id: Id,
  title: Type.String(),
  presenter: nullable(Type.String()),
  votes: oneOf(VOTE_RULES),
  resolution: nullable(Type.String()),
  vote: nullable(VoteResult),
  /** The electronic vote that was prepared for it. */
  ballotId: nullable(Id),
})
export type AgendaRow = Static<typeof AgendaRow>

/** A paper for an item of the agenda, or (`agendaId` null) for the whole meeting. `files.<fault>` tells of a fault. */
export const PaperRow = Type.Object({
  id: Id,
  agendaId: nullable(Id),
  fileId: Id,
  name: Type.String(),
  bytes: Type.Integer(),
  state: oneOf(FILE_STATES),
  mayOpen: Type.Boolean(),
  addedBy: Type.String(),
  addedAt: InstantAt,
  /** Only the desk sees what was removed. */
  removed: nullable(Type.Object({ by: Type.String(), at: InstantAt, reason: Type.String() })),
})
export type PaperRow = Static<typeof PaperRow>

export const SignatureRow = Type.Object({
  as: oneOf(SIGNED_AS),
  name: Type.String(),
  signedAt: InstantAt,
})

const Person = Type.Object({ memberId: Id, name: Type.String() })

/** All of a meeting that both the desk and an invited person may see. */
export const meetingFacts = {
  id: Id,
  orgId: Id,
  orgName: Type.String(),
  state: oneOf(MEETING_STATES),
  title: Type.String(),
  session: nullable(Type.String()),
  kinds: Type.Array(oneOf(MEETING_KIND_NAMES)),
  startsAt: InstantAt,
  endsAt: InstantAt,
  place: nullable(Type.String()),
  onlineUrl: nullable(Type.String()),
  chair: nullable(Person),
  recorder: nullable(Person),
  agenda: Type.Array(AgendaRow),
  papers: Type.Array(PaperRow),
  photos: Type.Array(MeetingPhoto),
  opensBefore: Type.Integer(),
  closesAfter: Type.Integer(),
  leaveBefore: Type.Integer(),
  cancelledReason: nullable(Type.String()),
  counts: MeetingCounts,
  /** The item of the agenda that the hall is at. */
  currentItem: nullable(Id),
  minutes: nullable(Minutes),
  signatures: Type.Array(SignatureRow),
  errata: Type.Array(Type.Object({ at: InstantAt, by: Type.String(), text: Type.String(), reason: Type.String() })),
  version: Type.Integer(),
}

export const readMeeting = {
  method: 'GET',
  path: '/meetings/:id',
  permission: 'meetings.read',
  summary: 'One meeting with agenda, quorum, record, signatures and errata',
  params: At,
  reply: Type.Object({
    ...meetingFacts,
    invites: Invites,
    superiorConsent: Type.Boolean(),
    meetingApproval: Type.Boolean(),
    /** For each way of voting on the agenda; before the notice from the record, afterwards from who is there. */
    quorums: Type.Array(Quorum),
    recordVersion: Type.Integer(),
    /** SHA-256 of the record as hex: what a signature is bound to. */
    recordHash: nullable(Type.String()),
    closedAt: nullable(InstantAt),
    archivedAt: nullable(InstantAt),
    fileBy: nullable(DateOn),
    unfiledDays: nullable(Type.Integer()),
    /** What the caller may sign as now, else null. */
    maySignAs: nullable(oneOf(SIGNED_AS)),
  }),
} as const satisfies Endpoint

export const CheckInFacts = nullable(
  Type.Object({
    ordinal: Type.Integer(),
    at: InstantAt,
    way: oneOf(CHECK_IN_WAYS),
    late: Type.Boolean(),
    submittedLater: Type.Boolean(),
    proxyReason: nullable(Type.String()),
    struckReason: nullable(Type.String()),
  }),
)

export const AttendeeRow = Type.Object({
  memberId: Id,
  name: Type.String(),
  memberNo: Type.String(),
  category: Type.String(),
  part: oneOf(ATTENDEE_PARTS),
  leftOutReason: nullable(Type.String()),
  answer: oneOf(ATTENDEE_ANSWERS),
  answeredAt: nullable(InstantAt),
  leaveReason: nullable(Type.String()),
  leaveNote: nullable(Type.String()),
  readAt: nullable(InstantAt),
  checkIn: CheckInFacts,
})
export type AttendeeRow = Static<typeof AttendeeRow>
export const ATTENDEE_MARKS = ['present', 'expected', 'on_leave', 'leave_asked', 'unread', 'submitted_later'] as const

export const listAttendees = {
  method: 'GET',
  path: '/meetings/:id/attendees',
  permission: 'meetings.read',
  summary: 'Who was called: answers, leave, check-in',
  params: At,
  query: strict({
    ...pageQuery(['name'] as const),
    mark: Type.Optional(oneOf(ATTENDEE_MARKS)),
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  }),
  reply: pageOf(AttendeeRow),
} as const satisfies Endpoint

export const exportMeetings = {
  method: 'POST',
  path: '/meetings/export',
  permission: 'meetings.read',
  summary: 'The list as a workbook, at most 10,000 meetings',
  body: strict({ ...filters, purpose: Reason, language: Type.Optional(oneOf(['zh-CN', 'en'] as const)) }),
  download: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  reply: FileReply,
} as const satisfies Endpoint
