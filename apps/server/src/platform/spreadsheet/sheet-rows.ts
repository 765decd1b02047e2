import type { Readable } from 'node:stream'
import { serialDate } from '@tongxin/domain/identity/calendar'
import type { Cell, CellKind, SheetRow } from '@tongxin/domain/roster/sheet'
import { LIMITS } from './limits.ts'
import { Unreadable } from './unreadable.ts'
import { unescaped, type Workbook } from './workbook.ts'
import { readXml, type XmlHandlers } from './xml.ts'

const EMPTY: Cell = { kind: 'empty', text: '' }

/** The rows of a worksheet part that hold anything, in the order of the file. */
export async function* sheetRows(source: Readable, workbook: Workbook): AsyncGenerator<SheetRow[]> {
  const collector = new RowCollector(workbook)
  const reader = readXml(collector.handlers)
  for await (const chunk of source) {
    reader.write(chunk as Buffer)
    if (collector.rows.length > 0) yield collector.rows.splice(0)
  }
  reader.end()
  if (collector.rows.length > 0) yield collector.rows.splice(0)
}

/** Zero-based column of a reference such as `AB12`; -1 when there are no letters. */
function columnOf(reference: string): number {
  let column = 0
  for (let index = 0; index < reference.length; index += 1) {
    const code = reference.charCodeAt(index)
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return column - 1
}

class RowCollector {
  readonly rows: SheetRow[] = []
  readonly handlers: XmlHandlers
  readonly #workbook: Workbook
  #row = 0
  #column = -1
  #inRow = 0
  #count = 0
  #cells: Cell[] = []
  #isFilled = false
  #type = 'n'
  #style = 0
  #isFormula = false
  #text = ''
  #reads = false
  #phonetic = 0

  constructor(workbook: Workbook) {
    this.#workbook = workbook
    this.handlers = {
      open: (name, attributes) => this.#open(name, attributes),
      close: (name) => this.#close(name),
      text: (text) => {
        if (this.#reads && this.#text.length < LIMITS.cellCharacters) this.#text += text
      },
    }
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'c') {
      this.#inRow += 1
      if (this.#inRow > LIMITS.cellsInRow) throw new Unreadable('damaged')
      this.#column = attributes.r === undefined ? this.#column + 1 : columnOf(attributes.r)
      this.#type = attributes.t ?? 'n'
      this.#style = Number(attributes.s ?? 0)
      this.#isFormula = false
      this.#text = ''
    } else if (name === 'v' || name === 't') this.#reads = this.#phonetic === 0
    else if (name === 'f') this.#isFormula = true
    else if (name === 'rPh') this.#phonetic += 1
    else if (name === 'row') {
      this.#row = attributes.r === undefined ? this.#row + 1 : Number(attributes.r)
      if (!Number.isSafeInteger(this.#row) || this.#row < 1) throw new Unreadable('damaged')
      this.#column = -1
      this.#inRow = 0
    }
  }

  #close(name: string): void {
    if (name === 'v' || name === 't') this.#reads = false
    else if (name === 'rPh') this.#phonetic -= 1
    else if (name === 'c') this.#keep(this.#cell())
    else if (name === 'row') this.#endRow()
  }

  #keep(cell: Cell): void {
    if (cell.kind === 'empty' || this.#column < 0 || this.#column >= LIMITS.columns) return
    while (this.#cells.length < this.#column) this.#cells.push(EMPTY)
    this.#cells[this.#column] = cell
    this.#isFilled = true
  }

  #endRow(): void {
    if (!this.#isFilled) return
    this.#count += 1
    if (this.#count > LIMITS.rows) throw new Unreadable('too_many_rows', { limit: LIMITS.rows })
    this.rows.push({ row: this.#row, cells: this.#cells })
    this.#cells = []
    this.#isFilled = false
  }

  #cell(): Cell {
    const raw = this.#text
    const made = (kind: CellKind, text: string): Cell => {
      if (this.#isFormula) return { kind: 'formula', text }
      return text === '' ? EMPTY : { kind, text }
    }
    switch (this.#type) {
      case 's':
        return raw === '' ? made('empty', '') : made('text', this.#workbook.strings[Number(raw)] ?? '')
      case 'str':
      case 'inlineStr':
        return made('text', unescaped(raw))
      case 'b':
        return made('bool', raw === '1' ? 'TRUE' : raw === '' ? '' : 'FALSE')
      case 'e':
        return made('error', raw)
      case 'd':
        return made('date', raw.slice(0, 10))
      default:
        return this.#number(raw.trim(), made)
    }
  }

  #number(raw: string, made: (kind: CellKind, text: string) => Cell): Cell {
    if (raw === '') return made('empty', '')
    const value = Number(raw)
    if (Number.isNaN(value)) return made('text', raw)
    if (this.#workbook.dateStyles[this.#style] === true) {
      const iso = serialDate(value, this.#workbook.epoch1904)
      if (iso !== null) return made('date', iso)
    }
    // A number cell is exact up to 2^53 only, and 15 digits are what spreadsheet programs keep.
    return made('number', Math.abs(value) < 1e15 ? String(value) : raw)
  }
}
