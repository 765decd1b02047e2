import type { OrgKind, TopicState } from '@tongxin/contract'
import type { LessonLevel } from '@tongxin/domain/topics/lesson'

const LEVELS: Readonly<Record<LessonLevel, readonly OrgKind[]>> = {
  committee: ['committee', 'working_committee', 'leading_group'],
  general_branch: ['general_branch'],
  branch: ['branch', 'joint_branch', 'temporary_branch', 'group'],
}
export const levelOfUnit = (kind: OrgKind): LessonLevel =>
  (Object.keys(LEVELS) as LessonLevel[]).find((level) => LEVELS[level].includes(kind)) ?? 'branch'

/** Support is asked for and counted. */
export const SUPPORTABLE: readonly TopicState[] = ['gathering', 'reached', 'recruiting']
export const TAUGHT: readonly TopicState[] = ['taught', 'rated']

/** Nobody makes more open wishes at a time. */
export const MOST_OPEN = 5
/** The least number of ratings of which a mean is shown. */
export const LEAST_SHOWN = 3
/** Unanswered so long, a proposal goes to the next of the waiting list. */
export const ANSWER_DAYS = 7
/** Titles at least so alike are shown while one writes. */
export const ALIKE = 0.35

/** In tenths, from the least number of ratings on. */
export const meanOf = (ratings: number, sum: number): number | null =>
  ratings < LEAST_SHOWN ? null : Math.round((10 * sum) / ratings)
