import { addMonths, canBeObject, canDiscussConversion, editionOn, wholeParameter } from '@tongxin/domain'
import { type Clock, clocksOf } from '../development.clocks.ts'
import { effectiveOn, liveStep, nextStep, type Road } from '../development.road.ts'
import { type Finding, found } from './findings.ts'
import { publicityFindings, reviewFindings, runningEnd } from './judge-step.ts'

/** Which clock tells until when a step is to be taken. */
const CLOCK_OF: Readonly<Record<number, string>> = {
  2: 'talk',
  6: 'review',
  15: 'meeting',
  17: 'approval',
  20: 'oath',
  21: 'probation_review',
  23: 'probation_end',
  24: 'conversion_approval',
}

export type Next = {
  readonly step: number
  readonly earliestOn: string | null
  readonly clock: Clock | null
  readonly findings: readonly Finding[]
}

/** The step to be taken next, from when, until when, and what stands against it today. */
export function nextOf(road: Road, today: string): Next {
  const step = nextStep(road)
  const clocks = clocksOf(road)
  const clock = clocks.find(({ kind }) => kind === CLOCK_OF[step]) ?? null
  const findings = findingsOf(road, step, today)
  const days = findings.flatMap(({ earliestOn }) => earliestOn ?? []).sort()
  return { step, earliestOn: days.at(-1) ?? null, clock, findings }
}

function findingsOf(road: Road, step: number, today: string): Finding[] {
  const version = editionOn(today)
  const { one, parameters } = road
  if (step === 6 || step === 7) {
    const activistDate = one.activistOn ?? today
    const months = wholeParameter(parameters, 'admission.activistMonths', today)
    const verdict = canBeObject({ activistDate, decisionDate: today }, parameters)
    const year = found(verdict, { version, word: 'year_not_reached', earliestOn: addMonths(activistDate, months) })
    return step === 6 ? reviewFindings(road, today) : [year, ...reviewFindings(road, today)]
  }
  if (step >= 9 && step <= 11) return publicityFindings(road, today)
  if (step === 15) {
    const examined = liveStep(road, 13)
    const months = wholeParameter(parameters, 'admission.branchMeetingMonths', today)
    return examined ? [latest('DEV-14', addMonths(effectiveOn(examined), months), today)] : []
  }
  if (step === 22 || step === 23) {
    const meetingDate = one.admittedOn ?? today
    const earliestOn = runningEnd(road, meetingDate)
    if (step === 22) return []
    const verdict = canDiscussConversion({ meetingDate, discussOn: today }, parameters)
    const ok = today >= earliestOn
    return [
      found(
        { ...verdict, ok, severity: ok ? ('info' as const) : ('block' as const) },
        { version, word: 'probation_runs', earliestOn },
      ),
    ]
  }
  return []
}

function latest(ruleId: string, latestOn: string, today: string): Finding {
  const ok = today <= latestOn
  return {
    ruleId,
    ok,
    severity: ok ? 'info' : 'block',
    word: ok ? null : 'meeting_late',
    version: editionOn(today),
    provisional: false,
    earliestOn: null,
    latestOn,
    detail: {},
    field: '/body/heldOn',
  }
}
