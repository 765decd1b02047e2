import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { CheckInFacts, meetingFacts } from './meetings.ts'
import {
  ATTENDEE_ANSWERS,
  ATTENDEE_PARTS,
  MEETING_KIND_NAMES,
  MEETING_STATES,
  Reason,
  SIGNED_AS,
} from './meetings.words.ts'
import { Empty, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

const At = strict({ id: Id })

export const OwnMeetingRow = Type.Object({
  id: Id,
  title: Type.String(),
  orgName: Type.String(),
  kinds: Type.Array(oneOf(MEETING_KIND_NAMES)),
  state: oneOf(MEETING_STATES),
  startsAt: InstantAt,
  endsAt: InstantAt,
  place: nullable(Type.String()),
  part: oneOf(ATTENDEE_PARTS),
  answer: oneOf(ATTENDEE_ANSWERS),
  checkIn: CheckInFacts,
  /** The window in which the code is taken. */
  opensAt: InstantAt,
  closesAt: InstantAt,
  leaveUntil: InstantAt,
})
export type OwnMeetingRow = Static<typeof OwnMeetingRow>

export const listOwnMeetings = {
  method: 'GET',
  path: '/my/meetings',
  permission: 'signed-in',
  summary: 'Meetings I am called to: coming ones, or past ones',
  query: strict({ ...pageQuery(['startsAt'] as const), when: Type.Optional(oneOf(['coming', 'past'] as const)) }),
  reply: pageOf(OwnMeetingRow),
} as const satisfies Endpoint

export const readOwnMeeting = {
  method: 'GET',
  path: '/my/meetings/:id',
  permission: 'signed-in',
  summary: 'One meeting I am called to; the record once it is archived or waits for my signature',
  params: At,
  reply: Type.Object({
    ...meetingFacts,
    /** Chair or recorder, before the record is filed. */
    mayAddPhotos: Type.Boolean(),
    part: oneOf(ATTENDEE_PARTS),
    answer: oneOf(ATTENDEE_ANSWERS),
    leaveReason: nullable(Type.String()),
    leaveNote: nullable(Type.String()),
    readAt: nullable(InstantAt),
    checkIn: CheckInFacts,
    opensAt: InstantAt,
    closesAt: InstantAt,
    leaveUntil: InstantAt,
    recordHash: nullable(Type.String()),
    maySignAs: nullable(oneOf(SIGNED_AS)),
  }),
} as const satisfies Endpoint

export const noteMeetingRead = {
  method: 'POST',
  path: '/my/meetings/:id/read',
  permission: 'signed-in',
  summary: 'I have read the invitation. Repeating it changes nothing',
  params: At,
  body: Empty,
  reply: Type.Object({ readAt: InstantAt }),
} as const satisfies Endpoint

export const confirmMeeting = {
  method: 'POST',
  path: '/my/meetings/:id/confirm',
  permission: 'signed-in',
  summary: 'I will come; takes back a leave that is not decided yet',
  params: At,
  body: Empty,
  reply: Type.Object({ answer: Type.String() }),
} as const satisfies Endpoint

export const askLeave = {
  method: 'POST',
  path: '/my/meetings/:id/leave',
  permission: 'signed-in',
  summary: 'Ask for leave with the reason, until the time the organiser has set',
  params: At,
  body: strict({ reason: Reason }),
  reply: Type.Object({ answer: Type.String() }),
} as const satisfies Endpoint

/**
 * Answered after the commit of a group of check-ins. Repeating it gives the same answer, with or without an
 * `Idempotency-Key`: a person is there once.
 */
export const checkIn = {
  method: 'POST',
  path: '/my/meetings/:id/check-in',
  permission: 'signed-in',
  summary: 'I am here: the scanned code or the six figures on the screen',
  unkept: true,
  params: At,
  body: strict({
    code: Type.String({ minLength: 6, maxLength: 40, pattern: '^([0-9]{6}|[0-9]{1,12}\\.[A-Za-z0-9_-]{22})$' }),
    /** When the device read the code, if it could not send it at once. A scanned code carries its own time. */
    capturedAt: Type.Optional(InstantAt),
  }),
  reply: Type.Object({ ordinal: Type.Integer(), at: InstantAt, late: Type.Boolean(), submittedLater: Type.Boolean() }),
} as const satisfies Endpoint
export type CheckInReply = Static<(typeof checkIn)['reply']>

export const readFeed = {
  method: 'GET',
  path: '/my/calendar',
  permission: 'signed-in',
  summary: 'Whether my calendar has an address, and since when; the address itself is shown only when it is made',
  reply: Type.Object({ madeAt: nullable(InstantAt) }),
} as const satisfies Endpoint

export const makeFeed = {
  method: 'POST',
  path: '/my/calendar',
  permission: 'signed-in',
  summary: 'A new address for my calendar; the old one stops at once',
  unkept: true,
  body: Empty,
  reply: Type.Object({ url: Type.String() }),
} as const satisfies Endpoint

export const endFeed = {
  method: 'DELETE',
  path: '/my/calendar',
  permission: 'signed-in',
  summary: 'The address of my calendar stops',
  reply: Empty,
} as const satisfies Endpoint

/** Calendar programs cannot sign in: whoever knows the address may read it. */
export const readCalendar = {
  method: 'GET',
  path: '/calendar/:file',
  permission: 'public',
  summary: 'Meetings of the person whose secret address this is (RFC 5545)',
  params: strict({ file: Type.String({ pattern: '^[A-Za-z0-9_-]{43}\\.ics$' }) }),
  download: 'text/calendar; charset=utf-8',
  reply: FileReply,
} as const satisfies Endpoint
