import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Citation, MEETING_KIND_NAMES, MEETING_STATES, Reason } from './meetings.words.ts'
import { DateOn, FileReply, Id, InstantAt, nullable, oneOf, strict } from './page.ts'

const Year = Type.Integer({ minimum: 2000, maximum: 2100 })
const Language = Type.Optional(oneOf(['zh-CN', 'en'] as const))
/** `01` to `12`, `Q1` to `Q4`, or the year itself. */
export const Period = Type.String({ pattern: '^(0[1-9]|1[0-2]|Q[1-4]|20[0-9]{2})$' })

/**
 * held: was held; planned: stands in the calendar; due: the period runs and nothing is planned; missing: the period is
 * over; ahead: the period has not begun; waived: need not be held, for the reason that people gave.
 */
export const YEAR_STATES = ['held', 'planned', 'due', 'missing', 'ahead', 'waived'] as const
export type YearState = (typeof YEAR_STATES)[number]

export const YearCell = Type.Object({
  period: Type.String(),
  from: DateOn,
  until: DateOn,
  /** For one branch; null for the figures of many. */
  state: nullable(oneOf(YEAR_STATES)),
  /** Branches that held it in the period, from the rollup; 0 or 1 for one branch. */
  held: Type.Integer(),
  /** Branches of which it is asked: without those that waived it with a reason, or have no groups to meet (BR-9). */
  demanded: Type.Integer(),
  /** The day on which people want to hold it. */
  plannedOn: nullable(DateOn),
  note: nullable(Type.String()),
  waivedReason: nullable(Type.String()),
  meetings: Type.Array(
    Type.Object({ id: Id, title: Type.String(), startsAt: InstantAt, state: oneOf(MEETING_STATES) }),
  ),
})
export type YearCell = Static<typeof YearCell>

export const YearKind = Type.Object({
  kind: oneOf(MEETING_KIND_NAMES),
  frequency: oneOf(['month', 'quarter', 'year'] as const),
  ruleId: Type.String(),
  citation: Citation,
  cells: Type.Array(YearCell),
})
export type YearKind = Static<typeof YearKind>

export const readYear = {
  method: 'GET',
  path: '/meetings/year',
  permission: 'meetings.read',
  summary:
    'The year of a branch by kind and period: held, planned, due, missing; or how many branches of a unit held it',
  query: strict({ year: Year, orgId: Type.Optional(Id) }),
  reply: Type.Object({
    orgId: Id,
    orgName: Type.String(),
    isBranch: Type.Boolean(),
    /** Living branches at or below the unit. */
    branches: Type.Integer(),
    kinds: Type.Array(YearKind),
  }),
} as const satisfies Endpoint

export const adjustYear = {
  method: 'PUT',
  path: '/meetings/year',
  permission: 'meetings.convene',
  summary: 'Give a period of the year plan a day and a note, or waive it with the reason; all empty: as generated',
  body: strict({
    orgId: Id,
    year: Year,
    kind: oneOf(MEETING_KIND_NAMES),
    period: Period,
    plannedOn: nullable(DateOn),
    note: nullable(Type.String({ maxLength: 300 })),
    waivedReason: nullable(Reason),
  }),
  reply: Type.Object({ period: Type.String() }),
} as const satisfies Endpoint

export const exportLedger = {
  method: 'POST',
  path: '/meetings/ledger/export',
  permission: 'meetings.read',
  summary: 'The ledger of a year as a workbook: a line for each branch and kind, at most 5,000 branches',
  body: strict({ year: Year, orgId: Type.Optional(Id), purpose: Reason, language: Language }),
  download: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  reply: FileReply,
} as const satisfies Endpoint

export const exportAttendance = {
  method: 'POST',
  path: '/meetings/attendance/export',
  permission: 'meetings.read',
  summary: 'Attendance by member as a workbook, at most 10,000 people',
  body: strict({
    heldFrom: DateOn,
    heldTo: DateOn,
    orgId: Type.Optional(Id),
    belowRate: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    purpose: Reason,
    language: Language,
  }),
  download: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  reply: FileReply,
} as const satisfies Endpoint

export const printBook = {
  method: 'POST',
  path: '/meetings/book',
  permission: 'meetings.read',
  summary: 'The record book of a branch for a year: contents and every filed record, at most 200 meetings',
  body: strict({ orgId: Id, year: Year, purpose: Reason, language: Language }),
  download: 'application/pdf',
  reply: FileReply,
} as const satisfies Endpoint
