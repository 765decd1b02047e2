import { neutralised } from './neutral.ts'

/** A number stays a number, everything else is written as text; null is an empty cell. */
export type CellValue = string | number | null

/** `width` in characters; `text` formats the column as text so that typed ID numbers keep their digits. */
export type WrittenColumn = {
  readonly header: string
  readonly key: string
  readonly width?: number
  readonly text?: boolean
  /** Offered in a list when the cell is filled in; short words only, at most 255 characters together. */
  readonly choices?: readonly string[]
}
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
/** Rows below the headings that are prepared for filling in. */
const PREPARED_ROWS = 5000
/** Indexes into cellXfs below. */
const STYLE = { general: 0, text: 1, heading: 2 } as const

const STYLES =
  `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>` +
  '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>' +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFF3E9E9"/><bgColor indexed="64"/></patternFill></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">' +
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">' +
  '<alignment vertical="center" wrapText="1"/></xf></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'

/** Text for XML: no characters that XML 1.0 forbids, and no text that would be read as an `_xHHHH_` escape. */
function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // XML 1.0 forbids these (section 2.2).
      .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('\r', '&#13;')
  )
}

/** Sheet names: no more than 31 characters, none of `[]:*?/\`, and no two alike. */
function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>()
  return wanted.map((name, index) => {
    const bare = name
      .replace(/[[\]:*?/\\]/g, ' ')
      .replace(/^'|'$/g, '')
      .trim()
      .slice(0, 31)
    const chosen = bare === '' || taken.has(bare) ? `${bare.slice(0, 26)} ${index + 1}` : bare
    taken.add(chosen)
    return chosen
  })
}

/** The parts of the package around the sheets (ECMA-376 part 1, 12.3), by path. */
export function packageParts(wanted: readonly string[]): [string, string][] {
  const names = sheetNames(wanted)
  const sheets = names.map((name, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
  const relations = names.map(
    (_, i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  )
  const types = names.map(
    (_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
  )
  return [
    [
      '[Content_Types].xml',
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
        `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${types.join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}` +
        `<Relationship Id="rId${names.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', STYLES],
  ]
}

/** Everything before the rows, and the heading row. */
export function sheetStart(columns: readonly WrittenColumn[]): string {
  const widths = columns.map(({ width = 16, text }, i) => {
    const style = text === true ? STYLE.text : STYLE.general
    return `<col min="${i + 1}" max="${i + 1}" width="${width}" style="${style}" customWidth="1"/>`
  })
  const headings = columns.map(({ header }, i) => cell(`${letters(i)}1`, header, STYLE.heading))
  return (
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${widths.join('')}</cols><sheetData><row r="1">${headings.join('')}</row>`
  )
}

export function sheetRow(number: number, cells: readonly { value: CellValue; isText: boolean }[]): string {
  const written = cells.map(({ value, isText }, i) =>
    value === null || value === '' ? '' : cell(`${letters(i)}${number}`, value, isText ? STYLE.text : STYLE.general),
  )
  return `<row r="${number}">${written.join('')}</row>`
}

/** Everything after the rows, with the lists of choices. */
export function sheetEnd(columns: readonly WrittenColumn[]): string {
  const lists = columns.flatMap(({ choices }, i) => {
    const list = choices?.join(',') ?? ''
    if (list === '' || list.length > 255) return []
    const range = `${letters(i)}2:${letters(i)}${PREPARED_ROWS}`
    return `<dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="${range}"><formula1>"${escaped(list)}"</formula1></dataValidation>`
  })
  const validations =
    lists.length === 0 ? '' : `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>`
  return `</sheetData>${validations}</worksheet>`
}

function cell(reference: string, value: string | number, style: number): string {
  if (typeof value === 'number' && Number.isFinite(value)) return `<c r="${reference}" s="${style}"><v>${value}</v></c>`
  const text = escaped(neutralised(String(value)))
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`
}

/** Column letters of a zero-based column: 0 is A, 26 is AA. */
function letters(column: number): string {
  return (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))
}
