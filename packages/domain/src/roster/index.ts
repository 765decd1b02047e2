export { type ColumnMapping, JUDGED_FIELDS, OTHER_DATE_FIELDS, type RosterField, TEXT_FIELDS } from './columns.ts'
export { type Header, namedHeadings } from './header.ts'
export type { RosterRecord, RowJudgement } from './judge-row.ts'
export { nearestNames, organisationKey } from './nearest.ts'
export {
  findOrganisationTable,
  type OrganisationKind,
  type OrganisationRow,
  type OrganisationTable,
  readOrganisationKind,
} from './organisation-table.ts'
export {
  type Outcome,
  PROBLEM_CODES,
  PROBLEM_OUTCOMES,
  type ProblemCode,
  type Remark,
  type RemarkCode,
} from './problems.ts'
export { type ReportedRow, type RosterTally, type Totals, tallyRoster } from './report.ts'
export {
  absentColumns,
  type JudgedRow,
  openRoster,
  type Roster,
  type RosterChoice,
  type RosterFault,
  type RosterOpening,
  type RosterOptions,
} from './roster.ts'
export type { Cell, CellKind, Merge, SheetHead, SheetRow } from './sheet.ts'
