import type { MeetingRow } from '@tongxin/contract'
import { unfiledDays } from './meetings.policy.ts'
import type { Attendee, Counts } from './queries/attendees.queries.ts'
import type { ListedMeeting } from './queries/meetings.queries.ts'

/** Rows of the database as the contract shows them: instants as text, check-in in one place. */

export function rowOf(row: ListedMeeting, today: string): MeetingRow {
  const { voters, nonvoters, observers, leftOut, present, presentVoters, heldOn: _, ...rest } = row
  return {
    ...rest,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    counts: { voters, nonvoters, observers, leftOut, present, presentVoters },
    unfiledDays: unfiledDays(row, today),
  }
}

type CheckInColumns = Pick<
  Attendee,
  'ordinal' | 'checkedInAt' | 'way' | 'late' | 'submittedLater' | 'proxyReason' | 'struckReason'
>
export function checkInOf(row: CheckInColumns) {
  if (row.ordinal === null || !row.checkedInAt || !row.way) return null
  return {
    ordinal: row.ordinal,
    at: row.checkedInAt.toISOString(),
    way: row.way,
    late: row.late ?? false,
    submittedLater: row.submittedLater ?? false,
    proxyReason: row.proxyReason,
    struckReason: row.struckReason,
  }
}

export function attendeeOf(row: Attendee) {
  return {
    memberId: row.memberId,
    name: row.name,
    memberNo: row.memberNo,
    category: row.category,
    part: row.part,
    leftOutReason: row.leftOutReason,
    answer: row.answer,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    leaveReason: row.leaveReason,
    leaveNote: row.leaveNote,
    readAt: row.readAt?.toISOString() ?? null,
    checkIn: checkInOf(row),
  }
}

export const isPresent = (row: Attendee): boolean => row.ordinal !== null && row.struckReason === null
export const calledOf = (counts: Counts): number => counts.voters + counts.nonvoters + counts.observers
