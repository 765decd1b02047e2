export type DeadlinesEvents = {
  /** One a person a day. `keys` are at most 50 of the deadlines; `due` and `overdue` count all of them. */
  'deadlines.digest': { due: number; overdue: number; keys: string[] }
  'deadlines.exported': { rows: number; purpose: string; sha256: string }
}
