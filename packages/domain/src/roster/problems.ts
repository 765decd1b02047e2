/** The closed list of what a row's `problems` may say, with the outcome each one forces. */
export const PROBLEM_OUTCOMES = {
  'id.trimmed': 'accept',
  'id.fullwidth_normalised': 'accept',
  'name.space_removed': 'accept',
  'phone.normalised': 'accept',
  'date.dotted': 'accept',
  'date.compact': 'accept',
  'sex.contradicts_id': 'warn',
  'date.day_missing': 'warn',
  'phone.not_mobile': 'warn',
  'ethnic.colloquial': 'warn',
  'id.bad_check_digit': 'reject',
  'id.missing': 'reject',
  'id.precision_lost': 'reject',
  'id.duplicate_in_file': 'reject',
  'date.impossible': 'reject',
  'joined.before_eighteen': 'reject',
  'branch.unknown': 'reject',
  'name.formula': 'reject',
} as const satisfies Record<string, 'accept' | 'warn' | 'reject'>

export type ProblemCode = keyof typeof PROBLEM_OUTCOMES
export const PROBLEM_CODES = Object.keys(PROBLEM_OUTCOMES) as ProblemCode[]
export type Outcome = 'accept' | 'warn' | 'reject'

/** The gravest outcome of a row's problems. */
export function outcomeOf(problems: Iterable<ProblemCode>): Outcome {
  let outcome: Outcome = 'accept'
  for (const problem of problems) {
    if (PROBLEM_OUTCOMES[problem] === 'reject') return 'reject'
    if (PROBLEM_OUTCOMES[problem] === 'warn') outcome = 'warn'
  }
  return outcome
}

/** Remarks that change no outcome; `name.missing` alone also rejects, since nobody can be recorded without a name. */
export type RemarkCode =
  | 'name.missing'
  | 'id.malformed'
  | 'id.lowercase_x'
  | 'sex.missing'
  | 'sex.unread'
  | 'ethnic.unread'
  | 'education.unread'
  | 'education.read_as'
  | 'category.missing'
  | 'category.unread'
  | 'born.contradicts_id'
  | 'joined.missing'
  | 'date.serial'
  | 'date.read_as'
  | 'date.unread'
  | 'probation.over_year'
  | 'branch.missing'
  | 'branch.nearest'
  | 'duplicate.of_row'
  | 'cell.formula'

/** A remark; `field` names the column, `read` what was understood, `names` what is offered, `ofRow` the earlier row. */
export type Remark = {
  readonly code: RemarkCode
  readonly field?: string
  readonly read?: string
  readonly names?: readonly string[]
  readonly ofRow?: number
}
