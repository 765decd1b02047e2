import { type Static, Type } from 'typebox'
import { nullable, oneOf, strict } from './page.ts'

/** Words of the development of members. Names of steps come with their definitions, labels from `words/development`. */
export const DEVELOPMENT_STAGES = ['application', 'activist', 'object', 'admission', 'probation'] as const
export type DevelopmentStage = (typeof DEVELOPMENT_STAGES)[number]
export const CASE_STATES = ['running', 'paused', 'returned', 'stopped', 'finished'] as const
export type CaseState = (typeof CASE_STATES)[number]
/** `recorded`: waits for the level above; `returned`: sent back by it; `void`: undone by a return to an earlier step. */
export const STEP_STATES = ['recorded', 'confirmed', 'returned', 'void'] as const
export type StepState = (typeof STEP_STATES)[number]
export const STEP_ACTORS = ['applicant', 'branch', 'contacts', 'above', 'department'] as const
export const LAMPS = ['green', 'yellow', 'red'] as const
/** The lists of the desk: by the category of the person, and the cases that have ended. */
export const DEVELOPMENT_LISTS = ['applicants', 'activists', 'objects', 'probationary', 'ended'] as const
export const REVIEW_KINDS = ['half_year', 'thought_report', 'probation_quarter', 'probation_half_year'] as const
export type ReviewKind = (typeof REVIEW_KINDS)[number]
export const REVIEW_VERDICTS = ['good', 'fair', 'poor'] as const
export const PUBLICITY_PURPOSES = ['activist', 'object', 'admission', 'conversion'] as const
export type PublicityPurpose = (typeof PUBLICITY_PURPOSES)[number]
export const PUBLICITY_PLACES = ['unit', 'study', 'residence', 'origin', 'destination'] as const
export const PUBLICITY_CHANNELS = ['board', 'website', 'group', 'meeting', 'other'] as const
export const PERSON_PARTS = ['contact', 'introducer'] as const
export const VETTING_METHODS = ['talk', 'files', 'letters', 'visits', 'known'] as const
export const VETTING_RESULTS = ['passed', 'failed'] as const
export const DEVELOPMENT_FORMS = [
  'full_record',
  'activist',
  'publicity',
  'vetting_letter',
  'vetting_reply',
  'examination_request',
  'ballot',
  'vote_summary',
  'conversion',
  'oath',
  'file_list',
] as const
export type DevelopmentForm = (typeof DEVELOPMENT_FORMS)[number]
export const STEP_PROOFS = [
  'application',
  'talk_record',
  'recommendation',
  'minutes',
  'report',
  'reply',
  'activist_record',
  'thought_report',
  'certificate',
  'booklet',
  'resolution',
  'photo',
  'probation_record',
  'conversion_application',
  'other',
] as const

export const StepNumber = Type.Integer({ minimum: 1, maximum: 25 })
export const DevelopmentReason = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' })
export const RuleText = Type.Object({ zh: Type.String(), en: Type.String() })

/** What a rule says about a step: `warn` must be acknowledged with a reason, `block` refuses. */
export const StepVerdict = Type.Object({
  ruleId: Type.String(),
  severity: oneOf(['info', 'warn', 'block'] as const),
  /** The refusal or warning whose reason and remedy the interface shows (`development.<code>`). Null: nothing to say. */
  code: nullable(Type.String()),
  citation: RuleText,
  text: RuleText,
  /** Edition of the rules that was applied: by the day of the event. */
  version: oneOf(['2014', '2026'] as const),
  /** True while the holidays of the year are not published: the answer may change. */
  provisional: Type.Boolean(),
  /** First and last day on which the step is in order by this rule, where it knows one. */
  earliestOn: nullable(Type.String({ format: 'date' })),
  latestOn: nullable(Type.String({ format: 'date' })),
  /** Why it was gone on with all the same. */
  reason: nullable(Type.String()),
  /** What the texts of `code` name: figures, the step to be taken first. */
  detail: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
})
export type StepVerdict = Static<typeof StepVerdict>

export const StepFieldRow = Type.Object({
  name: Type.String(),
  kind: oneOf(['text', 'long', 'date', 'count', 'yes', 'word', 'words', 'members'] as const),
  required: Type.Boolean(),
  words: nullable(Type.Array(Type.String())),
  least: nullable(Type.Integer()),
  most: nullable(Type.Integer()),
})
/** Values by the field names of the step's definition: texts, ISO dates, whole numbers, truth values, lists of ids. */
export const StepFactsBody = Type.Record(
  Type.String({ maxLength: 40 }),
  Type.Union([
    Type.String({ maxLength: 4000 }),
    Type.Integer(),
    Type.Boolean(),
    Type.Array(Type.String({ maxLength: 60 }), { maxItems: 20 }),
    Type.Null(),
  ]),
  { maxProperties: 40 },
)
export const Acknowledged = Type.Array(strict({ ruleId: Type.String({ maxLength: 20 }), reason: DevelopmentReason }), {
  maxItems: 20,
})
