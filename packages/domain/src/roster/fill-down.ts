import { type Cell, cellAt, type Merge, type SheetRow } from './sheet.ts'

/** How a branch reaches the rows below it: merged cells, blanks below it, or written in every row. */
export type FillStyle = 'merged' | 'blank-below' | 'written'

/**
 * Decides from the first rows. Merged ranges in the column settle it; otherwise a column that names the same branch
 * again and again is written out, and a blank in it is somebody's omission, not a continuation.
 */
export function fillStyleOf(rows: readonly SheetRow[], column: number, merges: readonly Merge[]): FillStyle {
  if (merges.some((merge) => merge.left <= column && merge.right >= column && merge.bottom > merge.top)) return 'merged'
  let before = ''
  let repeats = 0
  let blanks = 0
  for (const row of rows) {
    const text = cellAt(row, column).text.trim()
    if (text === '') {
      blanks += 1
      continue
    }
    if (text === before) repeats += 1
    before = text
  }
  return repeats > blanks || blanks === 0 ? 'written' : 'blank-below'
}

/** Gives every cell inside a vertical merge the value of its first cell. Rows must come in ascending order. */
export function unmerge(merges: readonly Merge[], skip: ReadonlySet<number>): (row: SheetRow) => SheetRow {
  const vertical = merges
    .filter((merge) => merge.bottom > merge.top && !skip.has(merge.left))
    .sort((a, b) => a.top - b.top)
  let next = 0
  let open: { merge: Merge; cell: Cell }[] = []
  return (row) => {
    while (next < vertical.length && (vertical[next]?.top ?? Number.POSITIVE_INFINITY) <= row.row) {
      const merge = vertical[next] as Merge
      next += 1
      if (merge.bottom < row.row) continue
      open.push({ merge, cell: merge.top === row.row ? cellAt(row, merge.left) : { kind: 'empty', text: '' } })
    }
    open = open.filter(({ merge }) => merge.bottom >= row.row)
    if (open.every(({ merge }) => merge.top === row.row)) return row
    const cells = [...row.cells]
    for (const { merge, cell } of open) {
      while (cells.length <= merge.left) cells.push({ kind: 'empty', text: '' })
      if (merge.top < row.row) cells[merge.left] = cell
    }
    return { row: row.row, cells }
  }
}
