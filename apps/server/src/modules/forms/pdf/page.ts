import PDFDocument from 'pdfkit'
import { MARGIN_MM, PAGE_MM, type Sheet } from '../forms.sheet.ts'
import { textsOf } from '../forms.texts.ts'
import { type Face, type Faces, openFaces, printable, widthOf } from './fonts.ts'

export const POINTS_PER_MM = 72 / 25.4
export const mm = (millimetres: number): number => millimetres * POINTS_PER_MM

/** A document being written: `y` is the top of what comes next, in points from the top edge. */
export type Pen = {
  readonly doc: PDFKit.PDFDocument
  readonly faces: Faces
  readonly left: number
  readonly width: number
  readonly top: number
  readonly bottom: number
  /** On which page, counted from 0, what has a name begins. */
  readonly begun: Map<string, number>
  /** Room left for the number of a page that is known only at the end. */
  readonly asked: AskedPage[]
  y: number
}
type AskedPage = {
  readonly name: string
  readonly on: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly size: number
}
export type PageStyle = {
  readonly orientation: 'portrait' | 'landscape'
  readonly margins: { top: number; bottom: number; left: number; right: number }
}

export function styleOf(sheet: Sheet): PageStyle {
  return { orientation: sheet.orientation, margins: MARGIN_MM[sheet.style] }
}

/** Opens an empty A4 document with embedded fonts; every page is kept until the end for its number. */
export function openPen(sheet: Pick<Sheet, 'language' | 'title' | 'author' | 'printedAt'>, style: PageStyle): Pen {
  const faces = openFaces()
  const { margins, orientation } = style
  const doc = new PDFDocument({
    size: 'A4',
    layout: orientation,
    margin: 0,
    bufferPages: true,
    autoFirstPage: true,
    lang: sheet.language,
    displayTitle: true,
    pdfVersion: '1.7',
    font: '', // no Helvetica in the file: every letter comes from the embedded faces
    info: {
      Title: sheet.title,
      Author: sheet.author,
      CreationDate: new Date(sheet.printedAt),
      ModDate: new Date(sheet.printedAt),
    },
  })
  const tall = mm(orientation === 'portrait' ? PAGE_MM.height : PAGE_MM.width)
  const wide = mm(orientation === 'portrait' ? PAGE_MM.width : PAGE_MM.height)
  const top = mm(margins.top)
  return {
    doc,
    faces,
    left: mm(margins.left),
    width: wide - mm(margins.left) - mm(margins.right),
    top,
    bottom: tall - mm(margins.bottom),
    begun: new Map(),
    asked: [],
    y: top,
  }
}

export function turnPage(pen: Pen): void {
  pen.doc.addPage()
  pen.y = pen.top
}

/** Begins a new page unless `height` points are left on this one. */
export function needRoom(pen: Pen, height: number): void {
  if (pen.y + height > pen.bottom && pen.y > pen.top) turnPage(pen)
}

export const printableIn = (pen: Pen, face: Face, text: string): string => printable(text, pen.faces[face])
export const widthIn = (pen: Pen, face: Face, text: string, size: number): number =>
  widthOf(text, pen.faces[face], size)

/** Draws one line with its em box at (x, y); `stretch` spreads the characters over that many more points. */
export function drawLine(pen: Pen, text: string, x: number, y: number, face: Face, size: number, stretch = 0): void {
  if (text === '') return
  const gaps = [...text].length - 1
  // pdfkit accepts an opened font since 0.20; its published types still list only the raw forms.
  pen.doc.font(pen.faces[face] as unknown as Buffer, face, size)
  pen.doc.text(text, x, y - size * 0.28, {
    lineBreak: false,
    ...(stretch > 0 && gaps > 0 ? { characterSpacing: stretch / gaps } : {}),
  })
}

/** The page on which the pen stands, counted from 0. */
export const pageAt = (pen: Pen): number => pen.doc.bufferedPageRange().count - 1

/** Says that what has this name begins here; contents lead to it. */
export function begin(pen: Pen, name: string): void {
  pen.begun.set(name, pageAt(pen))
  pen.doc.addNamedDestination(name, 'XYZ', null, pen.y, null)
}

/** Writes the numbers of the pages that were asked for, each leading to its page. */
export function fillAsked(pen: Pen): void {
  for (const { name, on, x, y, width, height, size } of pen.asked) {
    const text = String((pen.begun.get(name) ?? -1) + 1)
    pen.doc.switchToPage(on)
    drawLine(pen, text, x + (width - widthIn(pen, 'regular', text, size)) / 2, y + (height - size) / 2, 'regular', size)
    pen.doc.goTo(x, y, width, height, name)
  }
}

/** Numbers `count` pages from the zero-based page `first` on: 第 1 页 共 n 页. */
export function numberPages(pen: Pen, language: Sheet['language'], first: number, count: number): void {
  const texts = textsOf(language)
  for (let at = 0; at < count; at++) {
    pen.doc.switchToPage(first + at)
    const text = texts.page(at + 1, count)
    const x = pen.left + (pen.width - widthIn(pen, 'regular', text, 9)) / 2
    drawLine(pen, text, x, pen.doc.page.height - mm(13), 'regular', 9)
  }
}

/** The finished bytes; the pen cannot be used afterwards. */
export async function closePen(pen: Pen): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  pen.doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  const finished = new Promise<void>((resolve, reject) => {
    pen.doc.once('end', () => resolve())
    pen.doc.once('error', reject)
  })
  pen.doc.end()
  await finished
  return Buffer.concat(chunks)
}
