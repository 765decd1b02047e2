import type { RowJudgement } from './judge-row.ts'
import type { Outcome, ProblemCode, Remark } from './problems.ts'

export type ReportedRow = { readonly row: number; readonly outcome: Outcome; readonly problems: readonly ProblemCode[] }
export type Totals = { readonly accept: number; readonly warn: number; readonly reject: number }

/** What an import reports of a whole file: rows with something to say, in order, and remarks that change nothing. */
export type RosterTally = {
  readonly members: number
  readonly totals: Totals
  readonly rows: readonly ReportedRow[]
  readonly remarks: readonly { readonly row: number; readonly remarks: readonly Remark[] }[]
  /** Rows with remarks beyond those listed. */
  readonly unlistedRemarks: number
}

/** Remarks are for reading; a file that earns more than this needs another look, not a longer list. */
const LISTED_REMARKS = 5000

/** Counts judgements as they come. */
export function tallyRoster(): { add: (judgement: RowJudgement) => void; tally: () => RosterTally } {
  const counts = { accept: 0, warn: 0, reject: 0 }
  const rows: ReportedRow[] = []
  const remarks: { row: number; remarks: readonly Remark[] }[] = []
  let unlistedRemarks = 0
  return {
    add: (judgement) => {
      const { row, outcome, problems } = judgement
      counts[outcome] += 1
      if (problems.length > 0 || outcome !== 'accept') rows.push({ row, outcome, problems })
      if (judgement.remarks.length === 0) return
      if (remarks.length < LISTED_REMARKS) remarks.push({ row, remarks: judgement.remarks })
      else unlistedRemarks += 1
    },
    tally: () => ({
      members: counts.accept + counts.warn + counts.reject,
      totals: { ...counts },
      rows,
      remarks,
      unlistedRemarks,
    }),
  }
}
