/**
 * A cell as the file holds it. `text` is what a person would read: dates as `YYYY-MM-DD`, whole numbers without
 * exponent as far as a number cell is exact (2^53), of a formula the result that the file carries. Nothing is evaluated.
 */
export type CellKind = 'text' | 'number' | 'date' | 'bool' | 'formula' | 'error' | 'empty'
export type Cell = { readonly kind: CellKind; readonly text: string }

/** A row that is not wholly empty; `row` counts from 1 as the spreadsheet shows it, `cells` from column A. */
export type SheetRow = { readonly row: number; readonly cells: readonly Cell[] }

/** A merged range: rows from 1, columns from 0, all inclusive. */
export type Merge = { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }

/** The beginning of a sheet, enough to recognise it. `name` is null for a file without sheets, such as CSV. */
export type SheetHead = {
  readonly name: string | null
  readonly isHidden: boolean
  readonly rows: readonly SheetRow[]
  readonly merges: readonly Merge[]
}

const EMPTY: Cell = { kind: 'empty', text: '' }

/** The cell of a column; an empty one beyond the end of the row. */
export function cellAt(row: SheetRow, column: number): Cell {
  return row.cells[column] ?? EMPTY
}
