import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  ImageRun,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import { PICTURES, type PrintedPicture, pictureGrid } from '../forms.pictures.ts'
import { FONT } from './fonts.ts'
import { lineRuns, wordText } from './runs.ts'

const PIXELS_PER_MM = 96 / 25.4
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const
const NO_EDGES = {
  top: NONE,
  bottom: NONE,
  left: NONE,
  right: NONE,
  insideHorizontal: NONE,
  insideVertical: NONE,
} as const

/** The largest size in the box with the picture's own proportion, in pixels of 1/96 inch. */
function fitted({ width, height }: PrintedPicture, widthMm: number, heightMm: number) {
  const scale = Math.min((widthMm * PIXELS_PER_MM) / width, (heightMm * PIXELS_PER_MM) / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

function cellOf(picture: PrintedPicture, widthMm: number, heightMm: number): TableCell {
  const caption = wordText(picture.caption)
  const image = new ImageRun({
    type: 'jpg',
    data: picture.bytes,
    transformation: fitted(picture, widthMm, heightMm),
    altText: { name: caption, title: caption, description: caption },
  })
  return new TableCell({
    verticalAlign: VerticalAlignTable.BOTTOM,
    width: { size: convertMillimetersToTwip(widthMm + PICTURES.gapMm), type: WidthType.DXA },
    children: [
      new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, spacing: { before: 80 }, children: [image] }),
      new Paragraph({
        alignment: AlignmentType.CENTER,
        spacing: { before: 60, after: 100 },
        children: lineRuns(picture.caption, { font: FONT.song, size: PICTURES.captionSize * 2 }),
      }),
    ],
  })
}

/** Pictures in a table without lines, a caption below each; `widthMm` is the width of the text. */
export function picturesOf(pictures: readonly PrintedPicture[], widthMm: number): Table {
  const grid = pictureGrid(pictures.length, widthMm)
  // Cells have padding at both sides, so the box inside is a little smaller than the column.
  const box = grid.widthMm - 1
  const rows: TableRow[] = []
  for (let at = 0; at < pictures.length; at += grid.columns) {
    const row = pictures.slice(at, at + grid.columns).map((picture) => cellOf(picture, box, box * 0.75))
    rows.push(new TableRow({ cantSplit: true, children: row }))
  }
  return new Table({
    alignment: AlignmentType.CENTER,
    layout: TableLayoutType.FIXED,
    columnWidths: Array.from({ length: grid.columns }, () =>
      convertMillimetersToTwip(widthMm / Math.max(2, grid.columns)),
    ),
    borders: NO_EDGES,
    rows,
  })
}
