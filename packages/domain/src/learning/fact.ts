/** What a person did with something to learn. The words are those of ADL's verbs (`http://adlnet.gov/expapi/verbs/…`). */
export const FACT_VERBS = [
  'initialized',
  'progressed',
  'completed',
  'passed',
  'failed',
  'attended',
  'mastered',
  'scored',
] as const
export type FactVerb = (typeof FACT_VERBS)[number]

/** What can be learned from, examined in, or attended. */
export const ACTIVITY_KINDS = [
  'course',
  'chapter',
  'micro',
  'exam',
  'quiz',
  'package',
  'meeting',
  'homework',
  'reflection',
  'group',
  'programme',
  'certificate',
] as const
export type ActivityKind = (typeof ACTIVITY_KINDS)[number]

/** Facts from which credit-hours may follow; the others are told for the record only. */
export const COUNTING_VERBS = ['completed', 'passed', 'attended'] as const satisfies readonly FactVerb[]

/**
 * One fact of learning, stated once per member, verb, activity and registration by the module that knows it.
 * `memberId`: the member record. `at`: when it became true. `result.scaled`: -1 to 1; `result.minutes`: how long the
 * thing is by its rules, never the time somebody spent before a screen. `registration`: which attempt (a UUID).
 */
export type LearningFact = {
  readonly memberId: string
  readonly verb: FactVerb
  readonly activity: { readonly kind: ActivityKind; readonly id: string; readonly name: string }
  // biome-ignore lint/style/noRestrictedGlobals: an instant that is passed on, nothing is computed with it
  readonly at: Date
  readonly result?: {
    readonly scaled?: number
    readonly success?: boolean
    readonly completion?: boolean
    readonly minutes?: number
  }
  readonly registration?: string
}
