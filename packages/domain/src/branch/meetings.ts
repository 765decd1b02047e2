import { type IsoDate, monthOf, quarterOf, yearOf } from '../general/dates.ts'
import type { CommitteeMembers, EligibleVoting, PresentVoters } from '../general/denominators.ts'
import { isFraction } from '../general/words.ts'
import { findParameter, PARAMETERS, type ParameterTable } from '../parameters.ts'
import { BRANCH_RULES } from '../rules/branch.ts'
import { judge, type Verdict } from '../verdict.ts'
import { type Frequency, MEETING_KINDS, type MeetingKind } from './meeting-kinds.ts'

/**
 * Ordinary resolution of the general meeting (BR-7): half or more of those who should attend are present, and
 * more than half of those who should attend are in favour. Admission and elections have stricter rules.
 */
export function resolution(input: {
  presentVoting: PresentVoters
  eligible: EligibleVoting
  for: number
}): Verdict<{ quorum: boolean; passed: boolean }> {
  const { presentVoting, eligible } = input
  const quorum = eligible > 0 && presentVoting <= eligible && isFraction('半数以上', presentVoting, eligible)
  const passed = quorum && input.for <= presentVoting && isFraction('超过半数', input.for, eligible)
  return judge(BRANCH_RULES['BR-7'], { quorum, passed }, passed)
}

/** Quorum alone of the general meeting (BR-7), to show while people are still arriving. */
export function generalMeetingQuorum(input: {
  presentVoting: PresentVoters
  eligible: EligibleVoting
}): Verdict<boolean> {
  const { quorum } = resolution({ ...input, for: 0 }).value
  return judge(BRANCH_RULES['BR-7'], quorum, quorum)
}

/** Quorum of a committee meeting (BR-8): half or more of its members. */
export function committeeQuorum(input: { present: number; members: CommitteeMembers }): Verdict<boolean> {
  const { present, members } = input
  const quorum = members > 0 && present <= members && isFraction('半数以上', present, members)
  return judge(BRANCH_RULES['BR-8'], quorum, quorum)
}

/** How often a kind of meeting is held: the organisation's parameter when there is one, else the usual. */
export function meetingFrequency(
  kind: MeetingKind,
  onDate: IsoDate,
  parameters: ParameterTable = PARAMETERS,
): Frequency {
  const set = findParameter(parameters, `meeting.${kind}.frequency`, onDate)
  if (set === undefined) return MEETING_KINDS[kind].frequency
  if (set === 'month' || set === 'quarter' || set === 'year') return set
  throw new RangeError(`Parameter meeting.${kind}.frequency must be month, quarter or year: ${set}`)
}

type Period = { label: string; endsOn: IsoDate }

function periodsOf(frequency: Frequency, year: number): Period[] {
  const y = String(year).padStart(4, '0')
  if (frequency === 'year') return [{ label: y, endsOn: `${y}-12-31` }]
  if (frequency === 'quarter') {
    return ['03-31', '06-30', '09-30', '12-31'].map((end, i) => ({ label: `Q${i + 1}`, endsOn: `${y}-${end}` }))
  }
  // Only compared with dates, so the 31st serves every month.
  const months = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0'))
  return months.map((month) => ({ label: month, endsOn: `${y}-${month}-31` }))
}

function labelOf(date: IsoDate, frequency: Frequency): string {
  if (frequency === 'year') return date.slice(0, 4)
  return frequency === 'quarter' ? `Q${quarterOf(date)}` : String(monthOf(date)).padStart(2, '0')
}

/**
 * The periods of `year` without a meeting of the kind (BR-7..15): `Q1`..`Q4`, `01`..`12` or the year itself.
 * With `until` only periods that ended before that day are reported, because a running one can still be met.
 */
export function missingPeriods(
  input: { kind: MeetingKind; year: number; dates: readonly IsoDate[]; until?: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<string[]> {
  const { kind, year, until } = input
  const frequency = meetingFrequency(kind, `${String(year).padStart(4, '0')}-12-31`, parameters)
  const held = new Set(input.dates.filter((date) => yearOf(date) === year).map((date) => labelOf(date, frequency)))
  const missing = periodsOf(frequency, year)
    .filter((period) => until === undefined || period.endsOn < until)
    .map((period) => period.label)
    .filter((label) => !held.has(label))
  return judge(BRANCH_RULES[MEETING_KINDS[kind].ruleId], missing, missing.length === 0, 'warn')
}
