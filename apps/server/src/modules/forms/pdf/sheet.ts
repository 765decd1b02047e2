import { type Block, type Sheet, TYPE } from '../forms.sheet.ts'
import { textsOf } from '../forms.texts.ts'
import type { Face } from './fonts.ts'
import {
  begin,
  closePen,
  drawLine,
  fillAsked,
  mm,
  needRoom,
  numberPages,
  openPen,
  type Pen,
  printableIn,
  styleOf,
  turnPage,
  widthIn,
} from './page.ts'
import { drawPictures, pictureRow } from './pictures.ts'
import { drawQr } from './qr.ts'
import { drawTable } from './table.ts'
import { wrap, wrapEvenly } from './wrap.ts'

/** Room for a hand to sign in. */
const SIGNATURE = mm(12)
/** Room for the upper half of a round seal of 42 mm, whose lower edge reaches over issuer and date. */
const SEAL = mm(14)

type Of<K extends Block['kind']> = Extract<Block, { kind: K }>

function drawCentred(pen: Pen, text: string, face: Face, size: number, line: number): void {
  const measure = (part: string): number => widthIn(pen, face, part, size)
  for (const { text: part } of wrapEvenly(printableIn(pen, face, text), pen.width, measure)) {
    needRoom(pen, line)
    drawLine(pen, part, pen.left + (pen.width - measure(part)) / 2, pen.y + (line - size) / 2, face, size)
    pen.y += line
  }
}

function drawParagraph(pen: Pen, block: Of<'paragraph'>, sheet: Sheet): void {
  const type = TYPE[sheet.style]
  const size = block.small ? type.small : type.body
  const step = block.small ? size * 1.5 : type.line
  const face: Face = block.bold ? 'bold' : 'regular'
  const measure = (text: string): number => widthIn(pen, face, text, size)
  // Two characters, as Chinese paragraphs begin.
  const indent = block.indent ? 2 * size : 0
  const lines = wrap(printableIn(pen, face, block.text), pen.width, measure, indent)
  lines.forEach((line, at) => {
    needRoom(pen, step)
    const first = at === 0 || lines[at - 1]?.last
    const start = first ? indent : 0
    const slack = pen.width - start - measure(line.text)
    const shift = block.align === 'center' ? slack / 2 : block.align === 'right' ? slack : 0
    // Full lines end flush; a line left short by a long word is not torn apart.
    const stretch = !line.last && !block.align && slack < 3 * size ? slack : 0
    drawLine(pen, line.text, pen.left + start + shift, pen.y + (step - size) / 2, face, size, stretch)
    pen.y += step
  })
}

function drawHeading(pen: Pen, text: string, sheet: Sheet): void {
  const type = TYPE[sheet.style]
  // A heading never stands alone at the foot of a page: two lines of text or a table's head and first row follow.
  needRoom(pen, type.heading * 2.4 + mm(26))
  pen.y += type.heading * 0.8
  drawLine(pen, printableIn(pen, 'bold', text), pen.left, pen.y, 'bold', type.heading)
  pen.y += type.heading * 1.6
}

function drawSignatures(pen: Pen, block: Of<'signatures'>, sheet: Sheet): void {
  const t = textsOf(sheet.language)
  const size = TYPE.record.body
  const step = SIGNATURE
  needRoom(pen, step * block.lines.length)
  const start = pen.left + pen.width * 0.3
  const ruleFrom = start + Math.max(...block.lines.map((line) => widthIn(pen, 'regular', line.label + t.colon, size)))
  const ruleTo = ruleFrom + mm(42)
  for (const line of block.lines) {
    const name = printableIn(pen, 'regular', line.value)
    drawLine(pen, line.label + t.colon, start, pen.y + 8, 'regular', size)
    drawLine(
      pen,
      name,
      ruleFrom + (ruleTo - ruleFrom - widthIn(pen, 'regular', name, size)) / 2,
      pen.y + 8,
      'regular',
      size,
    )
    pen.doc
      .lineWidth(0.6)
      .moveTo(ruleFrom, pen.y + 8 + size * 1.25)
      .lineTo(ruleTo, pen.y + 8 + size * 1.25)
      .stroke()
    drawLine(pen, line.date === '' ? t.blankDate : line.date, ruleTo + mm(4), pen.y + 8, 'regular', size)
    pen.y += step
  }
}

/** GB/T 9704-2012 7.3.5.1: the date stands four characters from the right, the issuer centred above it. */
function drawIssuer(pen: Pen, block: Of<'issuer'>, sheet: Sheet): void {
  const { body: size, line } = TYPE[sheet.style]
  const date = block.date === '' ? textsOf(sheet.language).blankDate : block.date
  const name = sheet.style === 'record' ? block.organisation + block.seal : block.organisation
  const organisation = printableIn(pen, 'regular', name)
  needRoom(pen, SEAL + 2 * line)
  pen.y += SEAL
  const dateWidth = widthIn(pen, 'regular', date, size)
  const nameWidth = widthIn(pen, 'regular', organisation, size)
  const middle = Math.min(pen.left + pen.width - 4 * size - dateWidth / 2, pen.left + pen.width - nameWidth / 2)
  const measure = (text: string): number => widthIn(pen, 'regular', text, size)
  for (const part of wrap(organisation, pen.width, measure)) {
    const width = measure(part.text)
    drawLine(pen, part.text, Math.max(pen.left, middle - width / 2), pen.y, 'regular', size)
    pen.y += line
  }
  drawLine(pen, date, middle - dateWidth / 2, pen.y, 'regular', size)
  pen.y += line
}

/** A dashed line over the whole width of the paper, so that it can be cut or torn along, with its words on it. */
function drawCut(pen: Pen, text: string): void {
  const size = 9
  needRoom(pen, mm(10))
  const middle = pen.y + mm(5)
  const width = text === '' ? 0 : widthIn(pen, 'regular', text, size) + 12
  const from = pen.left + (pen.width - width) / 2
  const rule = (start: number, end: number) =>
    pen.doc.lineWidth(0.6).moveTo(start, middle).lineTo(end, middle).dash(3, { space: 3 }).stroke().undash()
  rule(mm(6), from)
  rule(from + width, pen.doc.page.width - mm(6))
  drawLine(pen, printableIn(pen, 'regular', text), from + 6, middle - size / 2, 'regular', size)
  pen.y += mm(10)
}

const CHECK = mm(32)

/** The QR code at the left, the words beside it, both on one page. */
function drawCheck(pen: Pen, block: Of<'check'>): void {
  const size = TYPE.record.small
  const step = size * 1.5
  const left = pen.left + CHECK + mm(4)
  const measure = (text: string): number => widthIn(pen, 'regular', text, size)
  const lines = block.lines.flatMap((text) =>
    wrap(printableIn(pen, 'regular', text), pen.width - CHECK - mm(4), measure),
  )
  const height = Math.max(CHECK, lines.length * step)
  needRoom(pen, height + mm(4))
  pen.y += mm(2)
  drawQr(pen, block.url, pen.left, pen.y, CHECK)
  const top = pen.y + Math.max(0, (CHECK - lines.length * step) / 2)
  lines.forEach((line, at) => {
    drawLine(pen, line.text, left, top + at * step, 'regular', size)
  })
  pen.y += height + mm(2)
}

/** What contents lead to: set off from what was before, and never alone at the foot of a page. */
function drawBeginning(pen: Pen, text: string, name: string, size: number): void {
  if (pen.y > pen.top) pen.y += size
  needRoom(pen, mm(45))
  begin(pen, name)
  drawCentred(pen, text, 'bold', size, size * 1.6)
  pen.y += 6
}

function drawBlock(pen: Pen, block: Block, sheet: Sheet): void {
  const type = TYPE[sheet.style]
  switch (block.kind) {
    case 'title':
      drawCentred(pen, block.text, 'bold', type.title, type.title * 1.5)
      pen.y += sheet.style === 'letter' ? type.line : 4
      return
    case 'subtitle':
      if (block.name) return drawBeginning(pen, block.text, block.name, type.heading)
      drawCentred(pen, block.text, 'regular', type.subtitle, type.subtitle * 1.6)
      pen.y += 6
      return
    case 'heading':
      return drawHeading(pen, block.text, sheet)
    case 'paragraph':
      return drawParagraph(pen, block, sheet)
    case 'space':
      pen.y = Math.min(pen.bottom, pen.y + mm(block.mm))
      return
    case 'cut':
      return drawCut(pen, block.text)
    case 'break':
      return turnPage(pen)
    case 'signatures':
      return drawSignatures(pen, block, sheet)
    case 'issuer':
      return drawIssuer(pen, block, sheet)
    case 'check':
      return drawCheck(pen, block)
    case 'pictures':
      // The heading goes along with the first row.
      needRoom(pen, type.heading * 2.4 + pictureRow(pen, block.pictures.length))
      drawHeading(pen, block.heading, sheet)
      return drawPictures(pen, block.pictures)
    case 'table':
      return drawTable(pen, block)
  }
}

/** Height of what may be held together with the issuer, in points; anything else ends such a group. */
function closingHeight(pen: Pen, block: Block | undefined, sheet: Sheet): number | undefined {
  const { body, line } = TYPE[sheet.style]
  switch (block?.kind) {
    case 'paragraph': {
      const measure = (text: string): number => widthIn(pen, 'regular', text, body)
      return wrap(block.text, pen.width, measure, block.indent ? 2 * body : 0).length * line
    }
    case 'signatures':
      return block.lines.length * SIGNATURE
    case 'issuer':
      return SEAL + 2 * line
    default:
      return undefined
  }
}

/** GB/T 9704-2012 7.3.5.4: issuer and date never stand alone on a page, so up to two blocks go along with them. */
function keepClosing(pen: Pen, sheet: Sheet, at: number): void {
  let height = 0
  for (let next = at; next < at + 3; next++) {
    const block = sheet.blocks[next]
    const own = closingHeight(pen, block, sheet)
    if (own === undefined) return
    height += own
    if (block?.kind === 'issuer') {
      if (height < (pen.bottom - pen.top) / 2) needRoom(pen, height)
      return
    }
  }
}

export function drawSheet(pen: Pen, sheet: Sheet): void {
  sheet.blocks.forEach((block, at) => {
    keepClosing(pen, sheet, at)
    drawBlock(pen, block, sheet)
  })
}

/** From the second page on a register says at the top what it is: pages get separated. */
function drawRunningHeads(pen: Pen, sheet: Sheet): void {
  const text = printableIn(pen, 'regular', sheet.title)
  for (let page = 1; page < pen.doc.bufferedPageRange().count; page++) {
    pen.doc.switchToPage(page)
    drawLine(pen, text, pen.left, mm(14), 'regular', 9)
  }
}

/** The sheet as a PDF: A4, fonts embedded as subsets, 第 x 页 共 y 页 at the foot of every page. */
export async function pdfOf(sheet: Sheet): Promise<Uint8Array> {
  const pen = openPen(sheet, styleOf(sheet))
  drawSheet(pen, sheet)
  if (sheet.style === 'record') drawRunningHeads(pen, sheet)
  fillAsked(pen)
  numberPages(pen, sheet.language, 0, pen.doc.bufferedPageRange().count)
  return closePen(pen)
}
