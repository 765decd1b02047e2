export type MembersEvents = {
  'members.registered': { memberId: string; orgId: string; category: string; status: string; source: string }
  'members.corrected': {
    memberId: string
    fields: string[]
    version: number
    orgId: string
    categoryFrom: string
    categoryTo: string
    statusFrom: string
    statusTo: string
  }
  /** The record went over to another branch, with its history. */
  'members.placed': {
    memberId: string
    fromOrgId: string
    toOrgId: string
    category: string
    status: string
    source: string
  }
  'members.entry_changed': { memberId: string; entryId: string; kind: string; change: string }
  /** `photoId` null: the photo was taken out. */
  'members.photo_set': { memberId: string; photoId: string | null }
  'members.deleted': { memberId: string; orgId: string; category: string; status: string }
  'members.restored': { memberId: string; orgId: string; category: string; status: string }
  'members.purged': { memberId: string }
  /** `goneId` is closed; what referred to it went over to `memberId`, as many rows as told by kind. */
  'members.merged': { mergeId: string; memberId: string; goneId: string; fields: string[]; rows: number }
  'members.merge_undone': { mergeId: string; memberId: string; goneId: string }
  'members.dossier_placed': { memberId: string }
  'members.paper_added': { memberId: string; entryId: string; document: string }
  'members.paper_removed': { memberId: string; entryId: string; document: string }
  'members.loan_asked': { memberId: string; loanId: string; dueOn: string }
  'members.loan_decided': { memberId: string; loanId: string; decision: string }
  'members.loan_returned': { memberId: string; loanId: string }
  'members.loan_extended': { memberId: string; loanId: string; from: string; dueOn: string }
  'members.loan_withdrawn': { memberId: string; loanId: string }
  'members.pair_dismissed': { pairId: string; memberId: string; otherId: string }
  'members.revealed': { memberId: string; field: string }
  'members.exported': { rows: number; sha256: string; columns: string[]; format: string; unmasked: boolean }
  'members.lacking_exported': { rows: number; sha256: string; format: string }
  'members.loans_exported': { rows: number; sha256: string; format: string }
  'members.findings_exported': { rows: number; sha256: string; format: string }
  'members.scores_exported': { rows: number; sha256: string; format: string }
  'members.structure_exported': { on: string; rows: number; sha256: string; format: string }
  'members.printed': { form: string; rows: number; format: string }
  'members.proposed': { changeId: string; memberId: string | null; kind: string; fields: string[] }
  'members.reviewed': { changeId: string; memberId: string | null; step: string; verdict: string; makerId: string }
  /** 政治生日: how many of a branch have the day soon, and those who have it today, by the years since. */
  'members.birthdays_near': { orgId: string; people: number; until: string }
  'members.birthday': { years: number; personIds: string[] }
  'members.withdrawn': { changeId: string }
  'members.assigned': { orgId: string; dataSet: string }
  'members.unassigned': { orgId: string; dataSet: string }
  'members.finding_explained': { findingId: string; orgId: string; code: string }
  'members.error_found': { errorId: string; memberId: string; orgId: string; field: string; foundHow: string }
  /** Told to the person named; `handling` says what it is. */
  'members.error_handled': {
    errorId: string
    memberId: string
    orgId: string
    field: string
    link: string
    handling: string
  }
  'members.error_answered': { errorId: string; memberId: string; field: string; appeal: boolean }
  'members.error_decided': { errorId: string; memberId: string; orgId: string; field: string; upheld: boolean }
  'members.error_closed': { errorId: string; memberId: string; orgId: string; field: string; outcome: string }
  /** The seed is published: drawing again from the approved rows of the quarter gives the same rows. */
  'members.sample_drawn': {
    sampleId: string
    quarter: string
    percent: number
    approved: number
    drawn: number
    seed: string
  }
  'members.sample_checked': { sampleId: string; rowId: string; verdict: string }
  /** People counted in or out directly in units by a whole batch. */
  'members.batch_counted': {
    batchId: string
    deltas: { unitId: string; orgPath: string; category: string; delta: number }[]
  }
}
