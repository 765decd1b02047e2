import { type Static, Type } from 'typebox'
import {
  APPRAISAL_GRADES,
  FEEDBACK_STATES,
  Marks,
  ROUND_STATES,
  RoundCriteria,
  SelfChecks,
  SheetCode,
  YearOf,
} from './appraisal.words.ts'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Id, nullable, oneOf, strict } from './page.ts'

const At = strict({ id: Id })
const Why = Type.String({ minLength: 2, maxLength: 1000, pattern: '\\S' })

export const OwnRound = Type.Object({
  id: Id,
  year: YearOf,
  orgName: Type.String(),
  state: oneOf(ROUND_STATES),
  selfDueOn: DateOn,
  sheetDueOn: DateOn,
  /** What waits for me: the self-review, the sheet, my result. */
  waits: nullable(oneOf(['self', 'sheet', 'result'] as const)),
  grade: nullable(oneOf(APPRAISAL_GRADES)),
})
export type OwnRound = Static<typeof OwnRound>

export const listMyAppraisals = {
  method: 'GET',
  path: '/my/appraisals',
  permission: 'signed-in',
  summary: 'The appraisals that I take part in, newest first',
  reply: Type.Object({ rows: Type.Array(OwnRound) }),
} as const satisfies Endpoint

/** A sheet that may be filled in; the label says before what is secret and who has to be trusted. */
export const OpenSheet = Type.Object({
  year: YearOf,
  orgName: Type.String(),
  dueOn: DateOn,
  leastRaters: Type.Integer(),
  criteria: RoundCriteria,
  persons: Type.Array(Type.Object({ personId: Id, name: Type.String() })),
})
export type OpenSheet = Static<typeof OpenSheet>

export const OwnAppraisal = Type.Object({
  ...OwnRound.properties,
  self: Type.Object({
    text: Type.String(),
    checks: SelfChecks,
    grade: nullable(oneOf(APPRAISAL_GRADES)),
    handedIn: Type.Boolean(),
    canChange: Type.Boolean(),
  }),
  /** What was said of me at the meeting, by name. */
  comments: Type.Array(Type.Object({ byName: Type.String(), text: Type.String() })),
  sheetReturned: Type.Boolean(),
  sheet: nullable(OpenSheet),
  result: nullable(
    Type.Object({
      grade: nullable(oneOf(APPRAISAL_GRADES)),
      reason: nullable(Type.String()),
      daily: nullable(Type.String()),
      measures: nullable(Type.String()),
      disposal: nullable(Type.String()),
      feedback: oneOf(FEEDBACK_STATES),
      objection: nullable(Type.String()),
      answer: nullable(Type.String()),
    }),
  ),
})
export type OwnAppraisal = Static<typeof OwnAppraisal>

export const readMyAppraisal = {
  method: 'GET',
  path: '/my/appraisals/:id',
  permission: 'signed-in',
  summary: 'My self-review, my sheet while it is open, my result once it is confirmed',
  params: At,
  reply: OwnAppraisal,
} as const satisfies Endpoint

export const draftSelfReview = {
  method: 'PUT',
  path: '/my/appraisals/:id/self-review',
  permission: 'signed-in',
  summary: 'Keep the draft of my self-review',
  params: At,
  body: strict({
    text: Type.String({ maxLength: 5000 }),
    checks: SelfChecks,
    grade: nullable(oneOf(APPRAISAL_GRADES)),
  }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const handInSelfReview = {
  method: 'POST',
  path: '/my/appraisals/:id/self-review/hand-in',
  permission: 'signed-in',
  summary: 'Hand my self-review in',
  params: At,
  body: strict({}),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const returnSheet = {
  method: 'POST',
  path: '/my/appraisals/:id/sheet',
  permission: 'signed-in',
  summary: 'Put my sheet into the box: once, unchangeable, kept apart from who returned it',
  params: At,
  // A kept repetition would hold the sheet beside the person.
  unkept: true,
  body: strict({ marks: Marks }),
  reply: Type.Object({ returned: Type.Literal(true) }),
} as const satisfies Endpoint

export const acknowledgeResult = {
  method: 'POST',
  path: '/my/appraisals/:id/result',
  permission: 'signed-in',
  summary: 'Sign that I have read my result, or say what I object to',
  params: At,
  body: strict({ objection: Type.Optional(Why) }),
  reply: Type.Object({ id: Id, feedback: oneOf(FEEDBACK_STATES) }),
} as const satisfies Endpoint

export const readSheetByCode = {
  method: 'POST',
  path: '/appraisal-codes/read',
  permission: 'public',
  summary: 'The sheet of a one-time code on paper: nobody knows who drew it',
  body: strict({ code: SheetCode }),
  reply: OpenSheet,
} as const satisfies Endpoint

export const returnSheetByCode = {
  method: 'POST',
  path: '/appraisal-codes/return',
  permission: 'public',
  summary: 'Put the sheet of a code into the box; the code is used up',
  unkept: true,
  body: strict({ code: SheetCode, marks: Marks }),
  reply: Type.Object({ returned: Type.Literal(true) }),
} as const satisfies Endpoint
