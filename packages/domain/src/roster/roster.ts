import { type ColumnMapping, JUDGED_FIELDS } from './columns.ts'
import { type FillStyle, fillStyleOf, unmerge } from './fill-down.ts'
import { findHeader, type Header, namedHeadings } from './header.ts'
import { RowJudge, type RowJudgement } from './judge-row.ts'
import { branchInTitle, kindOfRow, sectionName } from './row-kinds.ts'
import { cellAt, type SheetHead, type SheetRow } from './sheet.ts'

/** A person's correction of what was recognised: the sheet, its last heading row (from 1), and every column. */
export type RosterChoice = { readonly sheet?: string; readonly headingRow?: number; readonly columns?: ColumnMapping }

export type RosterOptions = {
  readonly today: string
  /** Names a branch may have; empty on a new installation, and then branches are taken as written. */
  readonly knownBranches: readonly string[]
  /** Short name to full name. */
  readonly aliases?: Readonly<Record<string, string>>
  readonly choice?: RosterChoice
  /** Whether a row without ID number is rejected; default true. */
  readonly requireId?: boolean
}

/** Why no roster can be read: nothing looks like one, it has no ID column, several do, or it holds nobody. */
export type RosterFault = {
  readonly code: 'no_table' | 'no_id_column' | 'several_tables' | 'no_rows'
  /** Sheets for `several_tables`, else the headings or first words that were found. */
  readonly found: readonly string[]
}
export type RosterOpening =
  | { readonly ok: true; readonly roster: Roster }
  | { readonly ok: false; readonly fault: RosterFault }

/** A roster whose sheet and columns are known. Feed it every row of that sheet, in order. */
export type Roster = {
  readonly sheetIndex: number
  readonly sheetName: string | null
  readonly header: Header
  /** Where a row's branch comes from. */
  readonly branchFrom: FillStyle | 'section' | 'title' | 'nowhere'
  /** Judges a member row; null for headings, blank rows, totals, sections and notes. */
  readonly judge: (row: SheetRow) => JudgedRow | null
}

/** A judgement and its row with merged cells filled down, as it can be given back for correction. */
export type JudgedRow = { readonly judgement: RowJudgement; readonly filled: SheetRow }

type Candidate = { readonly sheetIndex: number; readonly head: SheetHead; readonly header: Header }

/** Finds the one roster among the sheets and prepares its judgement. */
export function openRoster(heads: readonly SheetHead[], options: RosterOptions): RosterOpening {
  const candidates = candidatesOf(heads, options.choice)
  const requireId = options.requireId ?? true
  const identified = candidates.filter(({ header }) => !requireId || header.columns.idNumber !== undefined)
  const [nearMiss] = candidates
  if (nearMiss === undefined) return fault('no_table', firstWords(heads))
  if (identified.length === 0) return fault('no_id_column', namedHeadings(nearMiss.header.headings))
  const peopled = identified.filter(hasMembers)
  const visible = peopled.filter(({ head }) => !head.isHidden)
  const chosen = fullest(visible.length > 0 ? visible : peopled)
  const [only] = chosen
  if (only === undefined)
    return fault(
      'no_rows',
      identified.map(({ head }) => head.name ?? '').filter((name) => name !== ''),
    )
  if (chosen.length > 1)
    return fault(
      'several_tables',
      chosen.map(({ head }) => head.name ?? ''),
    )
  return { ok: true, roster: prepare(only, options, requireId) }
}

function fault(code: RosterFault['code'], found: readonly string[]): RosterOpening {
  return { ok: false, fault: { code, found } }
}

function candidatesOf(heads: readonly SheetHead[], choice: RosterChoice | undefined): Candidate[] {
  return [...heads.entries()].flatMap(([sheetIndex, head]) => {
    if (choice?.sheet !== undefined && head.name !== choice.sheet) return []
    const found = findHeader(head)
    if (choice?.columns === undefined) return found === null ? [] : [{ sheetIndex, head, header: found }]
    const lastRow = choice.headingRow ?? found?.lastRow
    if (lastRow === undefined) return []
    const row = head.rows.find((candidate) => candidate.row === lastRow)
    const headings = found?.lastRow === lastRow ? found.headings : (row?.cells.map((cell) => cell.text) ?? [])
    return [{ sheetIndex, head, header: { firstRow: lastRow, lastRow, columns: choice.columns, headings } }]
  })
}

function hasMembers({ head, header }: Candidate): boolean {
  return head.rows.some((row) => row.row > header.lastRow && kindOfRow(row, header.columns) === 'member')
}

/** Lists that hold less than half of what the fullest one tells (dues, attendance) are not meant. */
function fullest(candidates: readonly Candidate[]): readonly Candidate[] {
  const known = ({ header }: Candidate): number => JUDGED_FIELDS.length - absentColumns(header.columns).length
  const most = Math.max(0, ...candidates.map(known))
  return candidates.filter((candidate) => known(candidate) * 2 >= most)
}

function firstWords(heads: readonly SheetHead[]): string[] {
  return heads
    .flatMap((head) => head.rows.slice(0, 5).flatMap((row) => row.cells.map((cell) => cell.text.trim())))
    .filter((text) => text !== '' && !/\d{6}/.test(text))
    .map((text) => text.slice(0, 40))
    .slice(0, 20)
}

function prepare({ sheetIndex, head, header }: Candidate, options: RosterOptions, requireId: boolean): Roster {
  const { columns } = header
  const below = head.rows.filter((row) => row.row > header.lastRow)
  const members = below.filter((row) => kindOfRow(row, columns) === 'member')
  const hasSections = columns.branch === undefined && below.some((row) => kindOfRow(row, columns) === 'section')
  const titles = head.rows
    .filter((row) => row.row < header.firstRow)
    .flatMap((row) => row.cells.map((cell) => cell.text))
  const titled = branchInTitle([...titles, head.name ?? ''], options.knownBranches)
  const branchFrom =
    columns.branch !== undefined
      ? fillStyleOf(members, columns.branch, head.merges)
      : hasSections
        ? 'section'
        : titled !== null
          ? 'title'
          : 'nowhere'
  const { today, knownBranches, aliases = {} } = options
  const judge = new RowJudge({ today, columns, knownBranches, aliases, requireId })
  const personal = new Set([columns.name, columns.idNumber].filter((column) => column !== undefined))
  const whole = unmerge(head.merges, personal)
  let branch = branchFrom === 'title' ? (titled ?? '') : ''
  const branchOf = (row: SheetRow): string => {
    const written = columns.branch === undefined ? '' : cellAt(row, columns.branch).text
    if (branchFrom === 'merged' || branchFrom === 'written') return written
    if (written.trim() !== '') branch = written
    return branch
  }
  return {
    sheetIndex,
    sheetName: head.name,
    header,
    branchFrom,
    judge: (raw) => {
      const kind = raw.row > header.lastRow ? kindOfRow(raw, columns) : 'heading'
      const row = whole(raw)
      if (kind === 'section') branch = sectionName(raw.cells.find((cell) => cell.text.trim() !== '')?.text ?? '')
      if (kind !== 'member') return null
      const home = branchOf(row)
      return { judgement: judge.judge(row, home), filled: withBranch(row, columns.branch, home) }
    },
  }
}

function withBranch(row: SheetRow, column: number | undefined, branch: string): SheetRow {
  if (column === undefined || branch === '' || cellAt(row, column).text === branch) return row
  const cells = Array.from({ length: Math.max(row.cells.length, column + 1) }, (_, index) => cellAt(row, index))
  cells[column] = { kind: 'text', text: branch }
  return { row: row.row, cells }
}

/** Judged fields that the file has no column for. */
export function absentColumns(columns: ColumnMapping): string[] {
  return JUDGED_FIELDS.filter((field) => columns[field] === undefined)
}
