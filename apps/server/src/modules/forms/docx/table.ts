import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  HeightRule,
  ImageRun,
  PageReference,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import type { Cell, TableBlock } from '../forms.sheet.ts'
import { lineRuns } from './runs.ts'

const EDGE = { style: BorderStyle.SINGLE, size: 4, color: '000000' } as const
/** Face, edges and padding are said once for the table: said for every cell they made 3,000 rows need more than 640 MB. */
const EDGES = {
  top: EDGE,
  bottom: EDGE,
  left: EDGE,
  right: EDGE,
  insideHorizontal: EDGE,
  insideVertical: EDGE,
} as const
const ALIGN = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const
/** 一寸 portrait, 25 x 35 mm at 96 pixels an inch. */
const PHOTO_PIXELS = { width: 94, height: 132 } as const

function contentOf(cell: Cell, size: number, bold: boolean): ParagraphChild[] {
  if (cell.pageOf) return [new PageReference(cell.pageOf, { hyperlink: true })]
  if (cell.text === '' && !cell.picture) return []
  if (!cell.picture) return lineRuns(cell.text, { size: size * 2, ...(bold ? { bold } : {}) })
  const type = cell.picture[0] === 0x89 ? 'png' : 'jpg'
  return [new ImageRun({ type, data: cell.picture, transformation: PHOTO_PIXELS })]
}

function cellOf(cell: Cell, width: number, size: number, head: boolean): TableCell {
  return new TableCell({
    children: [
      new Paragraph({ ...(cell.align ? { alignment: ALIGN[cell.align] } : {}), children: contentOf(cell, size, head) }),
    ],
    verticalAlign: VerticalAlignTable.CENTER,
    width: { size: width, type: WidthType.DXA },
    ...(cell.columns ? { columnSpan: cell.columns } : {}),
    ...(cell.rows ? { rowSpan: cell.rows } : {}),
  })
}

/** A real Word table of `width` twips: fixed columns, rows that do not break over pages, the head repeated. */
export function tableOf(block: TableBlock, width: number): Table {
  const total = block.widths.reduce((sum, share) => sum + share, 0)
  const widths = block.widths.map((share) => Math.round((share / total) * width))
  const height = { value: convertMillimetersToTwip(block.minRowMm), rule: HeightRule.ATLEAST }
  const covered = widths.map(() => 0)
  const rowOf = (cells: readonly Cell[], head: boolean): TableRow => {
    const free = covered.map((left) => left === 0)
    covered.forEach((left, at) => {
      covered[at] = Math.max(0, left - 1)
    })
    let column = 0
    const children = cells.map((cell) => {
      while (free[column] === false) column++
      const from = column
      column += cell.columns ?? 1
      for (let at = from; at < column; at++) covered[at] = (cell.rows ?? 1) - 1
      return cellOf(
        cell,
        widths.slice(from, column).reduce((sum, part) => sum + part, 0),
        block.size,
        head,
      )
    })
    return new TableRow({ children, height, tableHeader: head, cantSplit: true })
  }
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: EDGES,
    margins: { top: 40, bottom: 40, left: 70, right: 70, marginUnitType: WidthType.DXA },
    rows: [...(block.head ? [rowOf(block.head, true)] : []), ...block.rows.map((row) => rowOf(row, false))],
  })
}
