export type AppraisalEvents = {
  /** `personIds`, here and below: who takes part; absent in what happened before they were told of it. */
  'appraisal.opened': { year: number; people: number; personIds?: string[] }
  'appraisal.dates_changed': { fields: string[] }
  'appraisal.cancelled': { year: number }
  'appraisal.study_recorded': { year: number; heldOn: string }
  'appraisal.self_review_handed_in': { year: number }
  'appraisal.comment_recorded': { year: number }
  'appraisal.comment_removed': { year: number }
  'appraisal.sheets_opened': { year: number; people: number; personIds?: string[] }
  'appraisal.codes_printed': { year: number; codes: number }
  /** Says that a sheet was returned, never what it holds; without an actor for sheets by code. */
  'appraisal.sheet_returned': { year: number; group: string }
  'appraisal.sheets_closed': { year: number; members: number; masses: number; early: boolean }
  'appraisal.grades_noted': { year: number; people: number }
  'appraisal.grades_submitted': { year: number; excellent: number; total: number }
  'appraisal.grades_returned': { year: number; makerId: string }
  'appraisal.grades_confirmed': { year: number; personIds?: string[] }
  'appraisal.told': { year: number; way: string }
  'appraisal.result_signed': { year: number }
  'appraisal.result_objected': { year: number }
  'appraisal.objection_answered': { year: number }
  'appraisal.reported': { year: number; documentNumber: string }
  'appraisal.closed': { year: number }
  'appraisal.printed': { form: string; format: string; rows: number }
  'appraisal.exported': { rows: number; format: string; sha256: string }
}
