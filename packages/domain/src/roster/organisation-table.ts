import { readDate } from '../identity/written-date.ts'
import { saysNothing, trimmed } from '../identity/written-text.ts'
import { bareHeading } from './columns.ts'
import { findHeader } from './header.ts'
import { kindOfRow } from './row-kinds.ts'
import { cellAt, type SheetHead, type SheetRow } from './sheet.ts'

/** Kinds of organisation as people write them, most particular first. */
const KINDS = [
  ['joint_branch', /联合(?:党)?支部/],
  ['temporary_branch', /临时(?:党)?支部/],
  ['general_branch', /总支/],
  ['group', /党小组|^小组$/],
  ['branch', /支部/],
  ['working_committee', /工委|工作委员会/],
  ['leading_group', /党组/],
  ['committee', /党委|委员会/],
] as const
export type OrganisationKind = (typeof KINDS)[number][0]

/** The kind that a word or a name tells (联合党支部, 机关党委 …), or null. */
export function readOrganisationKind(written: string): OrganisationKind | null {
  return KINDS.find(([, words]) => words.test(written))?.[0] ?? null
}

/** An organisation as one row of the workbook's own sheet tells it; `kind` is read from its kind or name, `parent` is as written. */
export type OrganisationRow = {
  readonly row: number
  readonly name: string
  readonly shortName: string | null
  readonly kind: OrganisationKind | null
  readonly parent: string | null
  readonly foundedOn: string | null
  readonly code: string | null
}

type Field = Exclude<keyof OrganisationRow, 'row'>
type Columns = { [F in Field]?: number }

const MEANINGS: readonly (readonly [Field, RegExp])[] = [
  ['shortName', /简称/],
  ['parent', /上级|隶属|所属(?:党)?组织/],
  ['foundedOn', /成立|建立|设立/],
  ['code', /编码|代码|^(?:党)?组织编号$/],
  ['kind', /类别|类型|^(?:党)?组织性质$/],
  ['name', /^(?:基层)?(?:党)?(?:组织|支部)(?:的)?(?:全称|名称)?$|^(?:全称|名称)$/],
]

/** A sheet that lists organisations: where it is, and how its rows are read. */
export type OrganisationTable = {
  readonly sheetIndex: number
  readonly headingRow: number
  /** The organisation of a row below the headings; null for blank, total and note rows. */
  readonly read: (row: SheetRow) => OrganisationRow | null
}

/** Finds the sheet of organisations: a heading row with their name and a kind or superior, and no roster. */
export function findOrganisationTable(heads: readonly SheetHead[]): OrganisationTable | null {
  for (const [sheetIndex, head] of heads.entries()) {
    if (findHeader(head) !== null) continue
    for (const row of head.rows.slice(0, 20)) {
      const columns = columnsOf(row)
      if (columns.name === undefined || (columns.kind === undefined && columns.parent === undefined)) continue
      return { sheetIndex, headingRow: row.row, read: (below) => readOrganisation(below, row.row, columns) }
    }
  }
  return null
}

function columnsOf(row: SheetRow): Columns {
  const columns: Columns = {}
  for (const [column, cell] of row.cells.entries()) {
    const bare = bareHeading(cell.text)
    const field = MEANINGS.find(([, words]) => words.test(bare))?.[0]
    if (field !== undefined && columns[field] === undefined) columns[field] = column
  }
  return columns
}

function readOrganisation(row: SheetRow, headingRow: number, columns: Columns): OrganisationRow | null {
  if (row.row <= headingRow) return null
  const textOf = (field: Field): string | null => {
    const column = columns[field]
    const text = column === undefined ? '' : trimmed(cellAt(row, column).text)
    return saysNothing(text) ? null : text
  }
  const name = textOf('name')
  const kind = kindOfRow(row, columns.name === undefined ? {} : { name: columns.name })
  if (name === null || kind === 'total' || kind === 'footnote' || kind === 'example') return null
  const founded = textOf('foundedOn')
  return {
    row: row.row,
    name,
    shortName: textOf('shortName'),
    kind: readOrganisationKind(textOf('kind') ?? '') ?? readOrganisationKind(name),
    parent: textOf('parent'),
    foundedOn: founded === null ? null : readDate(founded).iso,
    code: textOf('code'),
  }
}
