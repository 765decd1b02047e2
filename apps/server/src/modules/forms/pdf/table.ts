import type { Cell, TableBlock } from '../forms.sheet.ts'
import type { Face } from './fonts.ts'
import { drawLine, mm, type Pen, pageAt, printableIn, turnPage, widthIn } from './page.ts'
import { type Line, wrap, wrapEvenly } from './wrap.ts'

const PAD_X = 3.5
const PAD_Y = 3
const LEADING = 1.38
const RULE = 0.6

type Placed = {
  readonly cell: Cell
  readonly x: number
  readonly width: number
  readonly lines: readonly Line[]
  readonly face: Face
}
type Row = { readonly cells: readonly Placed[]; height: number; joined: boolean }

/** Column edges in points, the last one being the right edge of the table. */
function edgesOf(pen: Pen, widths: readonly number[]): number[] {
  const total = widths.reduce((sum, width) => sum + width, 0)
  const edges = [pen.left]
  for (const width of widths) edges.push((edges.at(-1) ?? pen.left) + (width / total) * pen.width)
  return edges
}

function place(pen: Pen, cell: Cell, edges: readonly number[], column: number, size: number, head: boolean): Placed {
  const face: Face = head ? 'bold' : 'regular'
  const x = edges[column] ?? pen.left
  const width = (edges[column + (cell.columns ?? 1)] ?? pen.left + pen.width) - x
  const measure = (text: string): number => widthIn(pen, face, text, size)
  const breakLines = cell.align === 'center' ? wrapEvenly : wrap
  return { cell, x, width, face, lines: breakLines(printableIn(pen, face, cell.text), width - 2 * PAD_X, measure) }
}

const textHeight = (lines: number, size: number): number => lines * size * LEADING + 2 * PAD_Y

/** Puts cells into columns, keeping the places that cells of earlier rows still cover. */
function layOut(pen: Pen, block: TableBlock, rows: readonly (readonly Cell[])[], head: boolean): Row[] {
  const edges = edgesOf(pen, block.widths)
  const covered = block.widths.map(() => 0)
  return rows.map((cells) => {
    const joined = covered.some((left) => left > 0)
    const free = covered.map((left) => left === 0)
    covered.forEach((left, at) => {
      covered[at] = Math.max(0, left - 1)
    })
    let column = 0
    const placed = cells.map((cell) => {
      while (free[column] === false) column++
      const from = column
      column += cell.columns ?? 1
      for (let at = from; at < column; at++) covered[at] = (cell.rows ?? 1) - 1
      return place(pen, cell, edges, from, block.size, head)
    })
    const own = placed
      .filter(({ cell }) => (cell.rows ?? 1) === 1)
      .map(({ lines }) => textHeight(lines.length, block.size))
    return { cells: placed, joined, height: Math.max(mm(block.minRowMm), ...own) }
  })
}

const spanned = (rows: readonly Row[], from: number, count: number): number =>
  rows.slice(from, from + count).reduce((sum, row) => sum + row.height, 0)

/** A cell over several rows that needs more room than they have gives it to its last row. */
function stretchSpans(rows: readonly Row[], size: number): void {
  rows.forEach((row, at) => {
    for (const { cell, lines } of row.cells) {
      const count = cell.rows ?? 1
      const lack = textHeight(lines.length, size) - spanned(rows, at, count)
      const last = rows[at + count - 1]
      if (count > 1 && lack > 0 && last) last.height += lack
    }
  })
}

function drawPicture(pen: Pen, placed: Placed, y: number, height: number): void {
  if (!placed.cell.picture) return
  const fit: [number, number] = [placed.width - 4, height - 4]
  pen.doc.image(Buffer.from(placed.cell.picture), placed.x + 2, y + 2, { fit, align: 'center', valign: 'center' })
}

function drawCell(pen: Pen, placed: Placed, y: number, height: number, size: number, lines = placed.lines): void {
  pen.doc.lineWidth(RULE).strokeColor('black').rect(placed.x, y, placed.width, height).stroke()
  drawPicture(pen, placed, y, height)
  const { pageOf } = placed.cell
  if (pageOf) pen.asked.push({ name: pageOf, on: pageAt(pen), x: placed.x, y, width: placed.width, height, size })
  const step = size * LEADING
  let lineY = y + (height - lines.length * step) / 2 + (step - size) / 2
  for (const line of lines) {
    const slack = placed.width - 2 * PAD_X - widthIn(pen, placed.face, line.text, size)
    const shift = placed.cell.align === 'center' ? slack / 2 : placed.cell.align === 'right' ? slack : 0
    drawLine(pen, line.text, placed.x + PAD_X + Math.max(0, shift), lineY, placed.face, size)
    lineY += step
  }
}

function drawRows(pen: Pen, rows: readonly Row[], size: number): void {
  rows.forEach((row, at) => {
    for (const placed of row.cells) drawCell(pen, placed, pen.y, spanned(rows, at, placed.cell.rows ?? 1), size)
    pen.y += row.height
  })
}

/** A row taller than what is left of a page is continued on the next, each cell with its next lines. */
function drawSplit(pen: Pen, row: Row, size: number, turn: () => void): void {
  let from = 0
  const longest = Math.max(...row.cells.map(({ lines }) => lines.length))
  while (from < longest) {
    const fits = Math.max(1, Math.floor((pen.bottom - pen.y - 2 * PAD_Y) / (size * LEADING)))
    const taken = Math.min(fits, longest - from)
    const height = textHeight(taken, size)
    for (const placed of row.cells) drawCell(pen, placed, pen.y, height, size, placed.lines.slice(from, from + taken))
    pen.y += height
    from += taken
    if (from < longest) turn()
  }
}

/** Draws a table over as many pages as it needs, its head repeated on each; rows joined by a span stay together. */
export function drawTable(pen: Pen, block: TableBlock): void {
  const head = block.head ? layOut(pen, block, [block.head], true) : []
  const rows = layOut(pen, block, block.rows, false)
  stretchSpans(rows, block.size)
  const headHeight = spanned(head, 0, head.length)
  const turn = (): void => {
    turnPage(pen)
    drawRows(pen, head, block.size)
  }
  if (pen.y + headHeight + (rows[0]?.height ?? 0) > pen.bottom && pen.y > pen.top) turnPage(pen)
  drawRows(pen, head, block.size)
  for (let at = 0; at < rows.length; ) {
    let end = at + 1
    while (rows[end]?.joined) end++
    const group = rows.slice(at, end)
    const height = spanned(group, 0, group.length)
    const whole = pen.bottom - pen.top - headHeight
    if (height > whole && group.length === 1 && group[0]) {
      drawSplit(pen, group[0], block.size, turn)
    } else {
      if (pen.y + height > pen.bottom) turn()
      drawRows(pen, group, block.size)
    }
    at = end
  }
}
