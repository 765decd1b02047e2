import { saysNothing } from '../identity/written-text.ts'
import { type ColumnMapping, meaningOf, type RosterField } from './columns.ts'
import { cellAt, type Merge, type SheetHead, type SheetRow } from './sheet.ts'

/** Where a table's headings are and what its columns mean. `headings` are as written, by column. */
export type Header = {
  readonly firstRow: number
  readonly lastRow: number
  readonly columns: ColumnMapping
  readonly headings: readonly string[]
}

const SEARCHED_ROWS = 40
const MAX_HEADING_ROWS = 3
/** A table is a roster when it has names and any two of these. */
const TELLING: readonly RosterField[] = [
  'idNumber',
  'branch',
  'sex',
  'ethnic',
  'bornOn',
  'education',
  'category',
  'joinedOn',
  'convertedOn',
  'phone',
]

/** Finds the heading rows of a roster by meaning, in any column order, below titles and with up to three grouped rows. */
export function findHeader(head: SheetHead): Header | null {
  let best: Header | null = null
  let bestScore = 0
  const rows = head.rows.slice(0, SEARCHED_ROWS)
  for (const [start] of rows.entries()) {
    for (let height = 1; height <= MAX_HEADING_ROWS; height += 1) {
      const band = rows.slice(start, start + height)
      if (band.length < height || !isOneBand(band)) break
      const header = readBand(band, head.merges)
      const score = scoreOf(header.columns)
      if (score > bestScore) [best, bestScore] = [header, score]
    }
  }
  return best
}

/** Heading rows follow one another and hold words, not a person's numbers; a single word above them is a title. */
function isOneBand(band: readonly SheetRow[]): boolean {
  const labels = new Set(band[0]?.cells.map((cell) => cell.text.trim()).filter((text) => text !== ''))
  if (band.length > 1 && labels.size < 2) return false
  return band.every((row, index) => {
    const before = band[index - 1]
    return (
      (before === undefined || row.row === before.row + 1) &&
      row.cells.every((cell) => cell.kind !== 'date' && !/\d{6}/.test(cell.text))
    )
  })
}

function readBand(band: readonly SheetRow[], merges: readonly Merge[]): Header {
  const width = Math.max(...band.map((row) => row.cells.length))
  const lines = band.map((row, index) => labelsOf(row, width, merges, index < band.length - 1))
  const headings: string[] = []
  const columns: { [F in RosterField]?: number } = {}
  for (let column = 0; column < width; column += 1) {
    const stack = lines.map((line) => line[column] ?? '').filter((text) => text !== '')
    headings.push(stack.join(' / '))
    const field = meaningOfStack(stack)
    if (field !== null && columns[field] === undefined) columns[field] = column
  }
  return { firstRow: band[0]?.row ?? 0, lastRow: band.at(-1)?.row ?? 0, columns, headings }
}

/** The lowest heading decides; under a group about somebody else (介绍人 over 姓名) the group does. */
function meaningOfStack(stack: readonly string[]): RosterField | null {
  const lowest = stack.at(-1)
  if (lowest === undefined) return null
  for (const group of stack.slice(0, -1)) {
    if (/家庭|亲属|社会关系|联系人[^方]*$/.test(group)) return null
    const meaning = meaningOf(group)
    if (meaning === 'introducers' || meaning === 'emergencyContact') return meaning
    const together = meaningOf(`${group}${lowest}`)
    if (together === 'fullTimeEducation' || together === 'inServiceEducation') return together
  }
  const own = meaningOf(lowest)
  if (own === 'serial') return null
  if (own !== null || stack.length < 2) return own
  const above = meaningOf(stack.at(-2) ?? '')
  return above === 'serial' ? null : above
}

/** Labels of a heading row; a group's label reaches over its merged columns, or over blanks to its right where nothing is merged. */
function labelsOf(row: SheetRow, width: number, merges: readonly Merge[], isGroup: boolean): string[] {
  const labels = Array.from({ length: width }, (_, column) => cellAt(row, column).text.trim())
  const across = merges.filter((merge) => merge.top <= row.row && merge.bottom >= row.row && merge.right > merge.left)
  for (const { left, right } of across) labels.fill(labels[left] ?? '', left, Math.min(right + 1, width))
  if (isGroup && merges.length === 0) {
    for (let column = 1; column < width; column += 1)
      if (labels[column] === '') labels[column] = labels[column - 1] ?? ''
  }
  return new Set(labels).size === 1 && width > 1 ? labels.fill('') : labels
}

/** Number of fields found, 0 when this is no roster; each further heading row must earn its place. */
function scoreOf(columns: ColumnMapping): number {
  const telling = TELLING.filter((field) => columns[field] !== undefined).length
  return columns.name === undefined || telling < 2
    ? 0
    : Object.keys(columns).length + (columns.idNumber === undefined ? 0 : 2)
}

/** Headings that a person can recognise the table by, for a refusal that says what was found. */
export function namedHeadings(headings: readonly string[]): string[] {
  return headings
    .map((text) => text.split(' / ').at(-1) ?? '')
    .filter((text) => !saysNothing(text))
    .slice(0, 30)
}
