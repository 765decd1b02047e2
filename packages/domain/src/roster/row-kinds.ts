import { plain } from '../identity/written-text.ts'
import { type ColumnMapping, meaningOf, type RosterField } from './columns.ts'
import { cellAt, type SheetRow } from './sheet.ts'

/** What a row below the headings is. Only `member` rows are judged and counted. */
export type RowKind = 'member' | 'blank' | 'total' | 'section' | 'footnote' | 'heading' | 'example'

const TOTAL =
  /(?:合计|总计|小计|共计|累计)(?:$|[:：(（,，]|[\d一二三四五六七八九十百]|人|数|党员)|^(?:总人数|人数|统计)(?:[:：]|$)|^(?:总|一)?共(?:有|计)?(?:党员)?\d+(?:人|名)/
const FOOTNOTE =
  /^(?:注|注意|说明|备注|填表|制表|填报|审核|审批|单位负责|负责人|联系人|联系电话|经办|盖章|\(?盖章\)?|打印|截止|截至|填写|日期|第\d+页|共\d+页)[:：(（\d]|^[※*★]/
const EXAMPLE = /^(?:示例|样例|范例|填写示例|例)[:：]?\d*$/
const ORGANISATION = /(?:支部|党总支|党委|党组|委员会)(?:[(（【:：].*)?$/
/** Cells that belong to a person and not to a list; a row with fewer than three and no name or number is no person. */
const PERSONAL: readonly RosterField[] = [
  'sex',
  'ethnic',
  'bornOn',
  'education',
  'category',
  'joinedOn',
  'convertedOn',
  'phone',
]

/** Tells members from blank lines, totals, sections (a branch's name alone), footnotes and repeated headings. */
export function kindOfRow(row: SheetRow, columns: ColumnMapping): RowKind {
  const filled = row.cells.filter((cell) => cell.kind !== 'empty').map((cell) => plain(cell.text))
  const words = filled.filter((text) => text !== '')
  const [first] = words
  if (first === undefined) return 'blank'
  const number = columns.idNumber === undefined ? '' : plain(cellAt(row, columns.idNumber).text)
  if (number.length < 15 && words.slice(0, 4).some((text) => TOTAL.test(text))) return 'total'
  const name = columns.name === undefined ? '' : plain(cellAt(row, columns.name).text)
  if (words.length === 1) return kindOfLone(first, name)
  if (name !== '' && meaningOf(name) === 'name') return 'heading'
  if (words.length > 2 && words.every((text) => /^[(（]?\d{1,2}[)）]?$/.test(text))) return 'heading'
  if (EXAMPLE.test(first)) return 'example'
  if (number === '' && FOOTNOTE.test(first) && words.length < 5) return 'footnote'
  if (name !== '' || number !== '') return 'member'
  return PERSONAL.filter((field) => hasText(row, columns[field])).length >= 3 ? 'member' : 'blank'
}

function hasText(row: SheetRow, column: number | undefined): boolean {
  return column !== undefined && plain(cellAt(row, column).text) !== ''
}

/** A single filled cell: a section title, a note, or a person of whom only the name is known. */
function kindOfLone(text: string, name: string): RowKind {
  if (text !== name)
    return ORGANISATION.test(text) ? 'section' : FOOTNOTE.test(text) || text.length > 12 ? 'footnote' : 'blank'
  if (ORGANISATION.test(text)) return 'section'
  return FOOTNOTE.test(text) || /[:：。，,、;；]/.test(text) || text.length > 30 ? 'footnote' : 'member'
}

/** The organisation that a section row or a title names, without a count in brackets behind it. */
export function sectionName(text: string): string {
  return plain(text).replace(/[(（【:：].*$/, '')
}

/** The branch that a title such as 某某党支部党员花名册 speaks of: a known one contained in it, else the words up to 支部. */
export function branchInTitle(titles: readonly string[], known: readonly string[]): string | null {
  for (const title of titles.map(plain)) {
    const named = known.filter((name) => title.includes(plain(name))).sort((a, b) => b.length - a.length)[0]
    if (named !== undefined) return named
    const written = /^(?:中共)?(.{2,40}?(?:党支部|支部))/.exec(title)?.[1]
    if (written !== undefined) return written
  }
  return null
}
