import { type Static, Type } from 'typebox'
import { DateOn, Id, nullable, oneOf, strict } from './page.ts'

/** 优秀, 合格, 基本合格, 不合格 (EVAL-1), best first. */
export const APPRAISAL_GRADES = ['excellent', 'qualified', 'basic', 'unqualified'] as const
export type AppraisalGrade = (typeof APPRAISAL_GRADES)[number]
/** What a sheet says about one person: a grade or 弃权. */
export const APPRAISAL_MARKS = [...APPRAISAL_GRADES, 'abstained'] as const
export type AppraisalMark = (typeof APPRAISAL_MARKS)[number]

/** Where a round stands: 学习, 自评互评, 民主测评, 组织评定, 审核, 反馈本人, 已上报, 已办结. */
export const ROUND_STATES = [
  'study',
  'reviewing',
  'assessing',
  'grading',
  'checking',
  'feedback',
  'reported',
  'closed',
  'cancelled',
] as const
export type RoundState = (typeof ROUND_STATES)[number]

/** Who fills in sheets: the members of the branch by their accounts, people outside by one-time codes on paper. */
export const RATER_GROUPS = ['members', 'masses'] as const
export type RaterGroup = (typeof RATER_GROUPS)[number]

/** What a person looks at in himself (catalogue D10): 政治素质, 遵规守纪, 模范带头, 履职, 服务群众. */
export const CRITERIA = ['politics', 'discipline', 'example', 'duty', 'service'] as const
export type Criterion = (typeof CRITERIA)[number]

/** What follows 不合格 (DISP-1 to DISP-3). */
export const DISPOSALS = ['talk', 'rectify', 'urged_withdrawal', 'removal'] as const
export type Disposal = (typeof DISPOSALS)[number]

/** 支部委员会, or 党员大会 in a branch without one (EVAL-4). */
export const DECIDING_BODIES = ['committee', 'general_meeting'] as const
/** How far the result has come to the person. */
export const FEEDBACK_STATES = ['untold', 'signed', 'objected', 'answered'] as const
export type FeedbackState = (typeof FEEDBACK_STATES)[number]

export const APPRAISAL_FORMS = ['sheet', 'summary', 'registration', 'publicity'] as const
export type AppraisalForm = (typeof APPRAISAL_FORMS)[number]
/** The years of an appraisal; older ones stand in the record of each member. */
export const YearOf = Type.Integer({ minimum: 2010, maximum: 2100 })

export const Weights = strict({
  self: Type.Integer({ minimum: 0, maximum: 100 }),
  mutual: Type.Integer({ minimum: 0, maximum: 100 }),
  masses: Type.Integer({ minimum: 0, maximum: 100 }),
  organisation: Type.Integer({ minimum: 0, maximum: 100 }),
})
export type Weights = Static<typeof Weights>

/** Last days of the self-review, the sheets, the grading and the report, in this order. */
export const RoundDates = strict({ selfDueOn: DateOn, sheetDueOn: DateOn, gradeDueOn: DateOn, reportDueOn: DateOn })
export type RoundDates = Static<typeof RoundDates>

/** Counts in the order of `APPRAISAL_MARKS`; `few`: under the least number of raters; `band`: nearly all of a few agree. */
export const GroupResult = Type.Object({
  group: oneOf(RATER_GROUPS),
  kind: oneOf(['counts', 'band', 'few'] as const),
  counts: nullable(Type.Array(Type.Integer())),
  band: nullable(oneOf(APPRAISAL_MARKS)),
})
export type GroupResult = Static<typeof GroupResult>

export const SelfChecks = strict(
  Object.fromEntries(CRITERIA.map((name) => [name, Type.Optional(Type.String({ maxLength: 500 }))])) as Record<
    Criterion,
    ReturnType<typeof Type.Optional<ReturnType<typeof Type.String>>>
  >,
)
export type SelfChecks = Partial<Record<Criterion, string>>

const RatedMark = Type.Optional(oneOf(APPRAISAL_MARKS))
/** What a sheet says of a person by the criteria of the round; `abstained` for one that the rater leaves out. */
export const Ratings = strict(
  Object.fromEntries(CRITERIA.map((name) => [name, RatedMark])) as Record<Criterion, typeof RatedMark>,
)
export type Ratings = Static<typeof Ratings>
/** The criteria that each person is rated by; none: a sheet asks for the grade alone. */
export const RoundCriteria = Type.Array(oneOf(CRITERIA), { maxItems: CRITERIA.length, uniqueItems: true })
/** What the groups say by one criterion; hidden like the grades. */
export const CriterionResult = Type.Object({ criterion: oneOf(CRITERIA), groups: Type.Array(GroupResult) })

/** One line of a sheet. */
export const Mark = strict({ personId: Id, mark: oneOf(APPRAISAL_MARKS), ratings: Type.Optional(Ratings) })
export const Marks = Type.Array(Mark, { minItems: 1, maxItems: 300 })
/** Four groups of four letters and figures without those that are mistaken for others: 80 bits. */
export const SheetCode = Type.String({ minLength: 16, maxLength: 24, pattern: '^[0-9A-Za-z -]+$' })
