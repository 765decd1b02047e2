import type { Permission } from '@tongxin/contract'
import { activistReviewDueDates, addDays, addMonths, daysBetween, wholeParameter } from '@tongxin/domain'
import { doneStep, effectiveOn, liveStep, type Road } from './development.road.ts'
import { runningEnd } from './rules/judge-step.ts'

/** An open deadline of a case. `permission` and `ofPerson` say who acts or is concerned. */
export type Clock = {
  readonly kind: string
  readonly startsOn: string
  readonly yellowOn: string
  readonly dueOn: string
  readonly remind: readonly number[]
  readonly permission: Permission | null
  readonly ofPerson: boolean
}

/** Every kind there is: those not running are ended. */
export const CLOCK_KINDS = [
  'talk',
  'review',
  'report',
  'year',
  'publicity',
  'meeting',
  'approval',
  'last_approval',
  'oath',
  'probation_review',
  'probation_end',
  'conversion_approval',
] as const
type Kind = (typeof CLOCK_KINDS)[number]

export const clockKey = (kind: string, caseId: string): string => `development.${kind}/${caseId}`

const between = (start: string, due: string, share: number): string =>
  addDays(start, Math.floor(daysBetween(start, due) * share))

function clock(
  kind: Kind,
  startsOn: string,
  dueOn: string,
  more: { yellowOn?: string; remind: readonly number[]; permission?: Permission | null; ofPerson?: boolean },
): Clock {
  const { yellowOn = between(startsOn, dueOn, 0.5), remind, permission = 'development.write', ofPerson = false } = more
  return { kind, startsOn, yellowOn: yellowOn > dueOn ? dueOn : yellowOn, dueOn, remind, permission, ofPerson }
}
/** Days before the end at which half, four fifths and all of the time is over (catalogue D26). */
const shares = (start: string, due: string): number[] => {
  const days = daysBetween(start, due)
  return [Math.ceil(days * 0.5), Math.ceil(days * 0.2), 0]
}

/** Clocks that run for a case; none while it is paused or has ended. */
export function clocksOf(road: Road): Clock[] {
  const { state } = road.one
  if (state !== 'running' && state !== 'returned') return []
  return [...ofTalk(road), ...ofActivist(road), ...ofPublicity(road), ...ofAdmission(road), ...ofProbation(road)]
}

function ofTalk(road: Road): Clock[] {
  if (liveStep(road, 2) || !doneStep(road, 1)) return []
  const start = road.one.appliedOn
  const due = addMonths(start, wholeParameter(road.parameters, 'admission.talkMonths', start))
  // Reminded on the 20th and 27th day and on the last (catalogue D26).
  const left = [20, 27].map((day) => daysBetween(addDays(start, day), due)).filter((days) => days > 0)
  return [clock('talk', start, due, { yellowOn: addDays(start, 20), remind: [...left, 0] })]
}

function ofActivist(road: Road): Clock[] {
  const start = road.one.activistOn
  if (!start) return []
  const clocks: Clock[] = []
  if (!liveStep(road, 7)) {
    const every = wholeParameter(road.parameters, 'admission.reviewEveryMonths', start)
    const held = road.reviews.filter(({ kind }) => kind === 'half_year').length
    const due = activistReviewDueDates(
      { activistDate: start, until: addMonths(start, every * (held + 1)) },
      road.parameters,
    ).value.at(-1)
    if (due) clocks.push(clock('review', start, due, { yellowOn: addDays(due, -14), remind: [14, 3, 0] }))
    const year = addMonths(start, wholeParameter(road.parameters, 'admission.activistMonths', start))
    // From that day the branch may decide; the next half-yearly review is when it has to look at the person again.
    clocks.push(
      clock('year', start, addMonths(year, every), {
        yellowOn: year,
        remind: [daysBetween(year, addMonths(year, every)), 0],
      }),
    )
  }
  if (!road.one.admittedOn) {
    // No article names a day for thought reports: the practice is one in three months, counted from the last.
    const handed = road.reviews.filter(({ kind }) => kind === 'thought_report').map(({ heldOn }) => heldOn)
    const last = [start, ...handed].sort().at(-1) ?? start
    const due = addMonths(last, 3)
    clocks.push(
      clock('report', start, due, {
        yellowOn: addDays(due, -14),
        remind: [14, 3, 0],
        permission: null,
        ofPerson: true,
      }),
    )
  }
  return clocks
}

function ofPublicity({ publicities }: Road): Clock[] {
  const open = publicities.find(({ closedOn }) => closedOn === null)
  if (!open) return []
  return [clock('publicity', open.from, addDays(open.until, 3), { yellowOn: open.until, remind: [3, 0] })]
}

function ofAdmission(road: Road): Clock[] {
  const { parameters } = road
  const months = (code: string, on: string) => addMonths(on, wholeParameter(parameters, code, on))
  const clocks: Clock[] = []
  const examined = doneStep(road, 13)
  const met = liveStep(road, 15)
  if (examined && !met) {
    const start = effectiveOn(examined)
    const due = months('admission.branchMeetingMonths', start)
    clocks.push(clock('meeting', start, due, { remind: shares(start, due) }))
  }
  const reported = liveStep(road, 17)
  if (met && reported?.state !== 'confirmed') {
    // Until the branch has reported, the day of the meeting is the careful start (art. 25).
    const start = reported?.heldOn ?? met.heldOn
    const permission = reported ? 'development.approve' : 'development.write'
    const due = months('admission.approvalMonths', start)
    const last = months('admission.longestApprovalMonths', start)
    clocks.push(clock('approval', start, due, { remind: shares(start, due), permission }))
    clocks.push(clock('last_approval', start, last, { yellowOn: due, remind: [30, 7, 0], permission }))
  }
  const approved = doneStep(road, 17)
  if (approved && !liveStep(road, 20)) {
    const start = effectiveOn(approved)
    const due = months('admission.oathMonths', start)
    clocks.push(clock('oath', start, due, { remind: [7, 0] }))
  }
  return clocks
}

function ofProbation(road: Road): Clock[] {
  const start = road.one.admittedOn
  if (!start) return []
  const clocks: Clock[] = []
  const end = runningEnd(road, start)
  const meeting = liveStep(road, 23)
  if (!meeting) {
    const held = road.reviews.filter(({ kind }) => kind === 'probation_quarter').length
    const next = addMonths(start, 3 * (held + 1))
    if (next <= end)
      clocks.push(clock('probation_review', start, next, { yellowOn: addDays(next, -14), remind: [14, 3, 0] }))
    const due = road.one.postponedUntil ?? end
    clocks.push(
      clock('probation_end', start, due, { yellowOn: addDays(end, -60), remind: [60, 30, 7, 0], ofPerson: true }),
    )
  }
  const reported = liveStep(road, 24)
  if (meeting && reported?.state !== 'confirmed') {
    const from = reported?.heldOn ?? meeting.heldOn
    const due = addMonths(from, wholeParameter(road.parameters, 'admission.approvalMonths', from))
    const permission = reported ? 'development.approve' : 'development.write'
    clocks.push(clock('conversion_approval', from, due, { remind: shares(from, due), permission }))
  }
  return clocks
}
