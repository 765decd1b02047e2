import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { MeetingRow } from './meetings.ts'
import { Citation, MEETING_KIND_NAMES } from './meetings.words.ts'
import { DateOn, Id, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

/** One kind of one branch in a year: what is demanded, what was held, what is missing (labels `01`, `Q1`, `2026`). */
export const LedgerKind = Type.Object({
  kind: oneOf(MEETING_KIND_NAMES),
  frequency: oneOf(['month', 'quarter', 'year'] as const),
  /** Days on which one was held. */
  held: Type.Array(DateOn),
  missing: Type.Array(Type.String()),
  ruleId: Type.String(),
  citation: Citation,
})
export const LedgerRow = Type.Object({
  orgId: Id,
  orgName: Type.String(),
  kinds: Type.Array(LedgerKind),
  missing: Type.Integer(),
})
export type LedgerRow = Static<typeof LedgerRow>

export const readLedger = {
  method: 'GET',
  path: '/meetings/ledger',
  permission: 'meetings.read',
  summary: 'Per branch and kind: what should have been held in the year, what was, what is missing',
  query: strict({
    ...pageQuery(['name'] as const),
    year: Type.Integer({ minimum: 2000, maximum: 2100 }),
    orgId: Type.Optional(Id),
  }),
  reply: pageOf(LedgerRow),
} as const satisfies Endpoint

export const AttendanceRow = Type.Object({
  memberId: Id,
  name: Type.String(),
  memberNo: Type.String(),
  orgName: Type.String(),
  called: Type.Integer(),
  present: Type.Integer(),
  late: Type.Integer(),
  onLeave: Type.Integer(),
  absent: Type.Integer(),
  /** Per cent, whole; null when never called. */
  rate: nullable(Type.Integer()),
})
export type AttendanceRow = Static<typeof AttendanceRow>

export const readAttendance = {
  method: 'GET',
  path: '/meetings/attendance',
  permission: 'meetings.read',
  summary: 'Per member: how often called, present, late, on leave, absent',
  query: strict({
    ...pageQuery(['name'] as const),
    heldFrom: DateOn,
    heldTo: DateOn,
    orgId: Type.Optional(Id),
    belowRate: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  }),
  reply: pageOf(AttendanceRow),
} as const satisfies Endpoint

/** The organised life of the scope as a post sees it first thing in the morning. */
export const readMeetingFigures = {
  method: 'GET',
  path: '/meetings/figures',
  permission: 'meetings.read',
  summary: 'Today, records due and overdue, leave to decide, this month, missing kinds',
  reply: Type.Object({
    today: Type.Array(MeetingRow),
    unfiled: Type.Array(MeetingRow),
    toSign: Type.Array(MeetingRow),
    leaves: Type.Array(
      Type.Object({ meetingId: Id, title: Type.String(), memberId: Id, name: Type.String(), reason: Type.String() }),
    ),
    month: Type.Array(MeetingRow),
    monthHeld: Type.Integer(),
    /** Of the meetings of this month that are over: people who should have come, and who came. */
    called: Type.Integer(),
    present: Type.Integer(),
    /** Branches in the scope that lack a monthly kind this month. */
    missing: Type.Array(Type.Object({ kind: oneOf(MEETING_KIND_NAMES), branches: Type.Integer() })),
    branches: Type.Integer(),
  }),
} as const satisfies Endpoint
