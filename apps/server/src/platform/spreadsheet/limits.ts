/**
 * What a workbook may cost before it is refused. Counted while inflating, never taken from a header, since headers are
 * written by whoever made the file.
 */
export const LIMITS = {
  fileBytes: 50 * 1024 * 1024,
  entries: 2000,
  unpackedBytes: 200 * 1024 * 1024,
  /** Inflated over compressed bytes; small entries compress well by nature and are not measured. */
  ratio: 100,
  ratioFromBytes: 1024 * 1024,
  rows: 200_000,
  /** Columns beyond are left unread: a roster has a few dozen. */
  columns: 512,
  /** No spreadsheet program writes more cells into one row (ECMA-376 limits of Excel). */
  cellsInRow: 16_384,
  merges: 200_000,
  sheets: 50,
  /** Rows of every sheet shown for recognition. */
  headRows: 120,
  xmlDepth: 64,
  /** Shared texts of a workbook are kept in memory: their number and characters together. */
  sharedStrings: 2_500_000,
  sharedCharacters: 40_000_000,
  /** Longest cell text; the same as in spreadsheet programs. */
  cellCharacters: 32_767,
  csvRecordCharacters: 1_000_000,
  /** Heap of the reading thread, in MB. */
  heapMegabytes: 112,
  answerMilliseconds: 20_000,
} as const
