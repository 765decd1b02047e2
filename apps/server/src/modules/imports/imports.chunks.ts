import type { MemberFacts } from '@tongxin/domain/members/fields'
import type { JudgedRow } from '@tongxin/domain/roster/index'
import type { Vault } from '../../platform/vault.ts'

/** A row of a batch as it is kept until the batch is done with. */
export type BatchRow = {
  readonly row: number
  readonly outcome: 'accept' | 'warn' | 'reject'
  readonly problems: readonly string[]
  readonly remarks: JudgedRow['judgement']['remarks']
  readonly name: string
  readonly branch: string
  /** What will be registered; null when the row is rejected. */
  readonly facts: MemberFacts | null
  /** The record of someone registered already: its id when it can be updated, empty when it lies elsewhere. */
  readonly existing?: string
  /** The row as the file has it, kept for the error workbook of rows that need somebody's hand. */
  readonly written?: readonly string[]
}

export const ROWS_PER_CHUNK = 1000
const place = (chunkId: string) => ({ table: 'imports_chunk', column: 'sealed', rowId: chunkId })

export function sealRows(vault: Vault, chunkId: string, rows: readonly BatchRow[], now: Date): Buffer {
  return vault.seal(place(chunkId), JSON.stringify(rows), now)
}

export function openRows(vault: Vault, chunk: { readonly id: string; readonly sealed: Buffer }): BatchRow[] {
  return JSON.parse(vault.open(place(chunk.id), chunk.sealed)) as BatchRow[]
}

/** Whether a row has something to say to a person. */
export function speaks(row: BatchRow): boolean {
  return row.outcome !== 'accept' || row.problems.length > 0 || row.existing !== undefined
}

/** What becomes of a row, given what is done with people registered already. */
export function outcomeOf(
  row: BatchRow,
  existing: 'skip' | 'update',
): 'accept' | 'warn' | 'reject' | 'update' | 'skip' {
  if (row.existing === undefined || row.outcome === 'reject') return row.outcome
  return row.existing !== '' && existing === 'update' ? 'update' : 'skip'
}
