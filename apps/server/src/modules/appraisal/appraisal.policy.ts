import {
  APPRAISAL_GRADES,
  APPRAISAL_MARKS,
  type AppraisalGrade,
  type GroupResult,
  type RaterGroup,
  type RoundDates,
  type RoundState,
  type Weights,
} from '@tongxin/contract'
import { type AssessmentVoice, middleGrade, shownGroup } from '@tongxin/domain'

/** Pure decisions of the module: steps, what is shown of the assessment, what a grade needs. */

/** The last day of the running step. */
export function dueOf(state: RoundState, dates: RoundDates): string | null {
  switch (state) {
    case 'study':
    case 'reviewing':
      return dates.selfDueOn
    case 'assessing':
      return dates.sheetDueOn
    case 'grading':
    case 'checking':
      return dates.gradeDueOn
    case 'feedback':
      return dates.reportDueOn
    default:
      return null
  }
}

/** The acts that a state allows; who may do them is the service's question. */
const ACTS = {
  change: ['study', 'reviewing', 'assessing', 'grading', 'checking', 'feedback'],
  study: ['study'],
  comment: ['reviewing', 'assessing', 'grading'],
  openSheets: ['reviewing'],
  codes: ['assessing'],
  closeSheets: ['assessing'],
  grade: ['grading'],
  confirm: ['checking'],
  tell: ['feedback'],
  report: ['feedback'],
  close: ['reported'],
  cancel: ['study', 'reviewing', 'assessing', 'grading'],
} as const satisfies Record<string, readonly RoundState[]>
export type Act = keyof typeof ACTS

export const allows = (act: Act, state: RoundState): boolean => (ACTS[act] as readonly RoundState[]).includes(state)
/** From here on each person is told the own grade. */
export const isTold = (state: RoundState): boolean => ['feedback', 'reported', 'closed'].includes(state)
export const isCounted = (state: RoundState): boolean => ['grading', 'checking'].includes(state) || isTold(state)

export const inOrder = ({ selfDueOn, sheetDueOn, gradeDueOn, reportDueOn }: RoundDates): boolean =>
  selfDueOn <= sheetDueOn && sheetDueOn <= gradeDueOn && gradeDueOn <= reportDueOn

export type Voices = {
  readonly weights: Weights
  readonly least: number
  readonly self: AppraisalGrade | null
  /** By group, counts in the order of `APPRAISAL_MARKS`. */
  readonly counts: Readonly<Partial<Record<RaterGroup, readonly number[]>>>
}

/** What the page, the paper and the file may show of one group. */
export function shownResult(group: RaterGroup, counts: readonly number[] | undefined, least: number): GroupResult {
  const shown = shownGroup({ counts: counts ?? [0, 0, 0, 0, 0], least })
  return {
    group,
    kind: shown.kind,
    counts: shown.kind === 'counts' ? [...shown.counts] : null,
    band: shown.kind === 'band' ? (APPRAISAL_MARKS[shown.place] ?? null) : null,
  }
}

const alone = (grade: AppraisalGrade): number[] => APPRAISAL_GRADES.map((one) => (one === grade ? 1 : 0))

/** Voices that are heard: a group too small to be shown is not heard either, or the outcome would tell what it said. */
function heard({ weights, least, self, counts }: Voices): AssessmentVoice[] {
  const groups = (['members', 'masses'] as const).flatMap((group) => {
    const found = counts[group]
    if (!found || shownGroup({ counts: found, least }).kind === 'few') return []
    return [{ weight: group === 'members' ? weights.mutual : weights.masses, counts: found.slice(0, 4) }]
  })
  if (groups.length === 0) return []
  return self === null ? groups : [...groups, { weight: weights.self, counts: alone(self) }]
}

/** The grade that the voices lead to, before the organisation speaks; null when no group is large enough. */
export function indicatedGrade(voices: Voices): AppraisalGrade | null {
  const place = middleGrade(heard(voices))
  return place === null ? null : (APPRAISAL_GRADES[place] ?? null)
}

/**
 * Grades that agree with the assessment when the organisation's own weight is laid upon them (EVAL-4). Any other may
 * be given as well, with a reason.
 */
export function gradesWithin(voices: Voices): AppraisalGrade[] {
  const others = heard(voices)
  if (others.length === 0) return [...APPRAISAL_GRADES]
  return APPRAISAL_GRADES.filter(
    (grade, place) => middleGrade([...others, { weight: voices.weights.organisation, counts: alone(grade) }]) === place,
  )
}
