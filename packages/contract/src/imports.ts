import { defineRefusals } from './refusal.ts'

/**
 * Refusals of a file as a whole: nothing of it was read into the organisation. `found` names sheets or headings,
 * `line` the first wrong line of a text file, `limit` the limit that was passed.
 */
export const importRefusals = defineRefusals('imports', {
  file_missing: 'missing',
  file_empty: 'invalid',
  file_too_large: 'invalid',
  legacy_workbook: 'invalid',
  encrypted: 'invalid',
  damaged: 'invalid',
  macros: 'invalid',
  unpacks_too_large: 'invalid',
  unsafe_xml: 'invalid',
  not_a_table: 'invalid',
  binary_workbook: 'invalid',
  too_many_rows: 'invalid',
  encoding_unknown: 'invalid',
  quotes_unbalanced: 'invalid',
  took_too_long: 'invalid',
  no_table: 'invalid',
  no_id_column: 'invalid',
  several_tables: 'invalid',
  no_rows: 'invalid',
  sheet_missing: 'invalid',
  commit_unavailable: 'conflict',
  not_found: 'missing',
  maker_unknown: 'forbidden',
  columns_wrong: 'invalid',
  wrong_state: 'conflict',
  nobody_to_register: 'invalid',
  maker_checks: 'forbidden',
  rows_changed: 'conflict',
  unit_kind_unknown: 'invalid',
  registered_meanwhile: 'conflict',
  checker_left: 'conflict',
  too_late: 'conflict',
  changed_since: 'conflict',
  stopped: 'conflict',
})

export type ImportRefusal = keyof typeof importRefusals
