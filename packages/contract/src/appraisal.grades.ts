import { type Static, Type } from 'typebox'
import {
  APPRAISAL_FORMS,
  APPRAISAL_GRADES,
  CriterionResult,
  DECIDING_BODIES,
  DISPOSALS,
  FEEDBACK_STATES,
  GroupResult,
  ROUND_STATES,
  SelfChecks,
} from './appraisal.words.ts'
import type { Endpoint } from './endpoint.ts'
import { DateOn, FileReply, Id, nullable, oneOf, strict } from './page.ts'

const Text = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' })
const Why = Type.String({ minLength: 2, maxLength: 1000, pattern: '\\S' })
const At = strict({ id: Id })
const OfPerson = strict({ id: Id, personId: Id })
const Language = Type.Optional(oneOf(['zh-CN', 'en'] as const))
const Changed = Type.Object({ id: Id, version: Type.Integer(), state: oneOf(ROUND_STATES) })

/** One person in the table of grades: what he says, what the groups said, what the organisation says. */
export const GradeRow = Type.Object({
  id: Id,
  memberId: Id,
  name: Type.String(),
  isGraded: Type.Boolean(),
  self: nullable(Type.Object({ text: Type.String(), checks: SelfChecks, grade: nullable(oneOf(APPRAISAL_GRADES)) })),
  groups: Type.Array(GroupResult),
  /** By the criteria of the round; they inform the grade and do not decide it. */
  criteria: Type.Array(CriterionResult),
  /** The grade that the voices heard so far lead to; null when every group is too small to be heard. */
  indicated: nullable(oneOf(APPRAISAL_GRADES)),
  /** Grades that the organisation may give without saying why: its own voice counts in them. */
  within: Type.Array(oneOf(APPRAISAL_GRADES)),
  /** 日常表现: what the committee knows of the person through the year. */
  daily: nullable(Type.String()),
  grade: nullable(oneOf(APPRAISAL_GRADES)),
  reason: nullable(Type.String()),
  measures: nullable(Type.String()),
  disposal: nullable(oneOf(DISPOSALS)),
  feedback: oneOf(FEEDBACK_STATES),
  toldOn: nullable(DateOn),
  objection: nullable(Type.String()),
  answer: nullable(Type.String()),
})
export type GradeRow = Static<typeof GradeRow>

export const GradeTable = Type.Object({
  rows: Type.Array(GradeRow),
  cap: Type.Object({
    total: Type.Integer(),
    most: Type.Integer(),
    excellent: Type.Integer(),
    ok: Type.Boolean(),
    ruleId: Type.String(),
    citation: Type.Object({ zh: Type.String(), en: Type.String() }),
  }),
  returned: Type.Object({ members: Type.Integer(), masses: Type.Integer() }),
  version: Type.Integer(),
})
export type GradeTable = Static<typeof GradeTable>

export const readGrades = {
  method: 'GET',
  path: '/appraisals/:id/grades',
  permission: 'appraisal.read',
  summary: 'Results of the assessment after its closing, daily performance and grades, by name and never as a ranking',
  params: At,
  reply: GradeTable,
} as const satisfies Endpoint

export const noteGrades = {
  method: 'PUT',
  path: '/appraisals/:id/grades',
  permission: 'appraisal.write',
  ifMatch: true,
  summary: 'Note grades with their reasons; the rules are asked when they are submitted',
  params: At,
  body: strict({
    rows: Type.Array(
      strict({
        id: Id,
        grade: nullable(oneOf(APPRAISAL_GRADES)),
        daily: Type.Optional(nullable(Text(1000))),
        reason: Type.Optional(nullable(Text(1000))),
        measures: Type.Optional(nullable(Text(1000))),
        disposal: Type.Optional(nullable(oneOf(DISPOSALS))),
      }),
      { minItems: 1, maxItems: 300 },
    ),
  }),
  reply: Changed,
} as const satisfies Endpoint

export const submitGrades = {
  method: 'POST',
  path: '/appraisals/:id/submit-grades',
  permission: 'appraisal.write',
  summary: 'Submit the grades that the committee or the general meeting gave: at most a third excellent (EVAL-2)',
  params: At,
  body: strict({ by: oneOf(DECIDING_BODIES), on: DateOn }),
  reply: Changed,
} as const satisfies Endpoint

export const confirmGrades = {
  method: 'POST',
  path: '/appraisals/:id/confirm-grades',
  permission: 'appraisal.approve',
  summary: 'Another person confirms the grades: from now on each member is told the own one',
  params: At,
  body: strict({}),
  reply: Changed,
} as const satisfies Endpoint

export const returnGrades = {
  method: 'POST',
  path: '/appraisals/:id/return-grades',
  permission: 'appraisal.approve',
  summary: 'Another person sends the grades back with a reason',
  params: At,
  body: strict({ reason: Why }),
  reply: Changed,
} as const satisfies Endpoint

export const tellOnPaper = {
  method: 'POST',
  path: '/appraisals/:id/persons/:personId/told',
  permission: 'appraisal.write',
  summary: 'Write down that a member without a phone read the result on paper and signed it, or what he objects',
  params: OfPerson,
  body: strict({ on: DateOn, objection: Type.Optional(Why) }),
  reply: Type.Object({ id: Id, feedback: oneOf(FEEDBACK_STATES) }),
} as const satisfies Endpoint

export const answerObjection = {
  method: 'POST',
  path: '/appraisals/:id/persons/:personId/answer',
  permission: 'appraisal.write',
  summary: 'Answer what a member objects to the result',
  params: OfPerson,
  body: strict({ text: Why }),
  reply: Type.Object({ id: Id, feedback: oneOf(FEEDBACK_STATES) }),
} as const satisfies Endpoint

export const printAppraisal = {
  method: 'POST',
  path: '/appraisals/:id/print',
  permission: 'appraisal.read',
  summary: '测评表, 汇总表, 登记表 with a line to sign, and the publicity of the results',
  params: At,
  download: 'application/octet-stream',
  body: strict({
    form: oneOf(APPRAISAL_FORMS),
    personId: Type.Optional(Id),
    format: oneOf(['pdf', 'docx'] as const),
    language: Language,
  }),
  reply: FileReply,
} as const satisfies Endpoint

export const exportGrades = {
  method: 'POST',
  path: '/appraisals/:id/grades/export',
  permission: 'appraisal.read',
  summary: 'The table of grades as a file, groups that are too small hidden as on the page',
  params: At,
  download: 'application/octet-stream',
  body: strict({ format: oneOf(['xlsx', 'csv'] as const), language: Language }),
  reply: FileReply,
} as const satisfies Endpoint
