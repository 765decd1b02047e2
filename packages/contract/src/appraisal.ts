import { type Static, Type } from 'typebox'
import { ROUND_STATES, RoundCriteria, RoundDates, Weights, YearOf } from './appraisal.words.ts'
import type { Endpoint } from './endpoint.ts'
import { DateOn, FileReply, Id, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

const Text = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' })
const Why = Type.String({ minLength: 2, maxLength: 1000, pattern: '\\S' })
const At = strict({ id: Id })
const Language = Type.Optional(oneOf(['zh-CN', 'en'] as const))
const Changed = Type.Object({ id: Id, version: Type.Integer(), state: oneOf(ROUND_STATES) })

export const RoundRow = Type.Object({
  id: Id,
  year: YearOf,
  state: oneOf(ROUND_STATES),
  orgId: Id,
  orgName: Type.String(),
  people: Type.Integer(),
  selfHandedIn: Type.Integer(),
  sheetsReturned: Type.Integer(),
  told: Type.Integer(),
  dates: RoundDates,
  /** The last day of the step that runs; null when nothing is due. */
  dueOn: nullable(DateOn),
  isOverdue: Type.Boolean(),
  version: Type.Integer(),
})
export type RoundRow = Static<typeof RoundRow>

const roundFilter = {
  year: Type.Optional(YearOf),
  state: Type.Optional(oneOf(ROUND_STATES)),
  orgId: Type.Optional(Id),
  /** With the units below it, as long as nobody says otherwise. */
  below: Type.Optional(Type.Boolean()),
  /** Only those whose running step is past its last day. */
  overdue: Type.Optional(Type.Boolean()),
  text: Type.Optional(Text(60)),
}

export const listRounds = {
  method: 'GET',
  path: '/appraisals',
  permission: 'appraisal.read',
  summary: 'Rounds of the democratic appraisal: one a branch and year',
  query: strict({ ...pageQuery(['year', 'orgName', 'dueOn'] as const), ...roundFilter }),
  reply: pageOf(RoundRow),
} as const satisfies Endpoint

export const RoundPerson = Type.Object({
  id: Id,
  memberId: Id,
  name: Type.String(),
  category: oneOf(['formal', 'probationary'] as const),
  isGraded: Type.Boolean(),
  hasLeft: Type.Boolean(),
  selfHandedIn: Type.Boolean(),
  sheetReturned: Type.Boolean(),
})
export type RoundPerson = Static<typeof RoundPerson>
export const RoundComment = Type.Object({
  id: Id,
  byId: Id,
  byName: Type.String(),
  aboutId: Id,
  aboutName: Type.String(),
  text: Type.String(),
})
export type RoundComment = Static<typeof RoundComment>

export const RoundRecord = Type.Object({
  ...RoundRow.properties,
  weights: Weights,
  criteria: RoundCriteria,
  leastRaters: Type.Integer(),
  openedBy: Type.String(),
  study: nullable(Type.Object({ heldOn: DateOn, note: Type.String() })),
  sheetsOpenedOn: nullable(DateOn),
  sheetsClosedOn: nullable(DateOn),
  earlyReason: nullable(Type.String()),
  codes: Type.Object({ printed: Type.Integer(), returned: Type.Integer() }),
  decided: nullable(Type.Object({ by: Type.String(), on: DateOn })),
  submittedBy: nullable(Type.String()),
  confirmedBy: nullable(Type.String()),
  returnedReason: nullable(Type.String()),
  reported: nullable(Type.Object({ on: DateOn, documentNumber: Type.String() })),
  cancelledReason: nullable(Type.String()),
  persons: Type.Array(RoundPerson),
  comments: Type.Array(RoundComment),
  can: Type.Object({
    change: Type.Boolean(),
    study: Type.Boolean(),
    comment: Type.Boolean(),
    openSheets: Type.Boolean(),
    codes: Type.Boolean(),
    closeSheets: Type.Boolean(),
    grade: Type.Boolean(),
    confirm: Type.Boolean(),
    tell: Type.Boolean(),
    report: Type.Boolean(),
    close: Type.Boolean(),
    cancel: Type.Boolean(),
  }),
})
export type RoundRecord = Static<typeof RoundRecord>

export const readRound = {
  method: 'GET',
  path: '/appraisals/:id',
  permission: 'appraisal.read',
  summary: 'One round: its steps and how far everybody has come, never who graded what',
  params: At,
  reply: RoundRecord,
} as const satisfies Endpoint

export const openRounds = {
  method: 'POST',
  path: '/appraisals',
  permission: 'appraisal.write',
  summary: 'Open the appraisal of a year: for one branch, or for every branch below a committee',
  body: strict({ orgId: Id, year: YearOf, dates: RoundDates, criteria: Type.Optional(RoundCriteria) }),
  reply: Type.Object({ ids: Type.Array(Id), skipped: Type.Array(Type.String()) }),
} as const satisfies Endpoint

export const changeRoundDates = {
  method: 'PUT',
  path: '/appraisals/:id/dates',
  permission: 'appraisal.write',
  ifMatch: true,
  summary: 'Move the last days of the steps that are not over',
  params: At,
  body: RoundDates,
  reply: Changed,
} as const satisfies Endpoint

export const cancelRound = {
  method: 'POST',
  path: '/appraisals/:id/cancel',
  permission: 'appraisal.write',
  summary: 'Take back a round whose grades are not confirmed; the year may be opened again',
  params: At,
  body: strict({ reason: Why }),
  reply: Changed,
} as const satisfies Endpoint

export const recordAppraisalStudy = {
  method: 'POST',
  path: '/appraisals/:id/study',
  permission: 'appraisal.write',
  summary: 'Write down the study with which the appraisal begins',
  params: At,
  body: strict({ heldOn: DateOn, note: Text(2000) }),
  reply: Changed,
} as const satisfies Endpoint

export const recordComment = {
  method: 'POST',
  path: '/appraisals/:id/comments',
  permission: 'appraisal.write',
  summary: 'Write down what one member said of another at the meeting; read by the branch’s officers and the person',
  params: At,
  body: strict({ byId: Id, aboutId: Id, text: Text(1000) }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const removeComment = {
  method: 'POST',
  path: '/appraisals/:id/comments/:commentId/remove',
  permission: 'appraisal.write',
  summary: 'Take back a comment that was written down wrongly; it stays in the store with the reason',
  params: strict({ id: Id, commentId: Id }),
  body: strict({ reason: Why }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const openSheets = {
  method: 'POST',
  path: '/appraisals/:id/open-sheets',
  permission: 'appraisal.write',
  summary: 'Open the secret assessment: who is on the sheet is frozen now',
  params: At,
  body: strict({}),
  reply: Changed,
} as const satisfies Endpoint

export const printCodes = {
  method: 'POST',
  path: '/appraisals/:id/codes',
  permission: 'appraisal.write',
  summary: 'Make one-time codes for raters outside the branch and print them to be drawn; they stand nowhere else',
  params: At,
  download: 'application/octet-stream',
  body: strict({ codes: Type.Integer({ minimum: 1, maximum: 200 }), language: Language }),
  reply: FileReply,
} as const satisfies Endpoint

export const closeSheets = {
  method: 'POST',
  path: '/appraisals/:id/close-sheets',
  permission: 'appraisal.write',
  summary: 'Close the secret assessment: sheets are mixed and counted once; before the last day with a reason',
  params: At,
  body: strict({ reason: Type.Optional(Why) }),
  reply: Changed,
} as const satisfies Endpoint

export const reportRound = {
  method: 'POST',
  path: '/appraisals/:id/report',
  permission: 'appraisal.write',
  summary: 'Report the result to the organisation above, once everybody was told and every objection answered',
  params: At,
  body: strict({ on: DateOn, documentNumber: Text(60) }),
  reply: Changed,
} as const satisfies Endpoint

export const closeRound = {
  method: 'POST',
  path: '/appraisals/:id/close',
  permission: 'appraisal.approve',
  summary: 'The organisation above takes the report: the round is over',
  params: At,
  body: strict({}),
  reply: Changed,
} as const satisfies Endpoint

export const exportRounds = {
  method: 'POST',
  path: '/appraisals/export',
  permission: 'appraisal.read',
  summary: 'The list of rounds with their progress as a file',
  download: 'application/octet-stream',
  body: strict({
    filter: strict(roundFilter),
    format: oneOf(['xlsx', 'csv', 'pdf', 'docx'] as const),
    language: Language,
  }),
  reply: FileReply,
} as const satisfies Endpoint

export const appraisalRefusals = defineRefusals('appraisal', {
  not_found: 'missing',
  no_such_org: 'missing',
  no_branch: 'conflict',
  opened_already: 'conflict',
  nobody_to_appraise: 'conflict',
  dates_out_of_order: 'invalid',
  date_past: 'invalid',
  in_future: 'invalid',
  too_early: 'invalid',
  year_in_future: 'invalid',
  wrong_state: 'conflict',
  no_such_person: 'missing',
  about_oneself: 'invalid',
  no_such_comment: 'missing',
  reason_needed: 'invalid',
  too_many_codes: 'conflict',
  code_unknown: 'missing',
  not_yours: 'missing',
  self_review_closed: 'conflict',
  self_review_handed_in: 'conflict',
  self_review_incomplete: 'invalid',
  sheet_not_open: 'conflict',
  sheet_returned: 'conflict',
  sheet_incomplete: 'invalid',
  not_graded: 'invalid',
  grades_missing: 'invalid',
  too_many_excellent: 'invalid',
  departs_without_reason: 'invalid',
  measures_missing: 'invalid',
  disposal_missing: 'invalid',
  daily_missing: 'invalid',
  not_by_the_same: 'forbidden',
  not_from_above: 'forbidden',
  told_already: 'conflict',
  no_objection: 'conflict',
  not_all_told: 'conflict',
  objection_open: 'conflict',
  too_many_rows: 'invalid',
})
