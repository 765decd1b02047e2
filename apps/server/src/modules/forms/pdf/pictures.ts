import { PICTURES, type PrintedPicture, pictureGrid } from '../forms.pictures.ts'
import { drawLine, mm, needRoom, type Pen, POINTS_PER_MM, printableIn, widthIn } from './page.ts'
import { wrapEvenly } from './wrap.ts'

const CAPTION_GAP = 4

/** Height of a row: boxes, and room for captions of two lines. In points. */
export function pictureRow(pen: Pen, count: number): number {
  const { heightMm } = pictureGrid(count, pen.width / POINTS_PER_MM)
  return mm(heightMm) + CAPTION_GAP + PICTURES.captionLines * PICTURES.captionLine + mm(PICTURES.gapMm)
}

function drawCaption(pen: Pen, caption: string, x: number, y: number, width: number): void {
  const { captionSize: size, captionLine, captionLines } = PICTURES
  const measure = (text: string): number => widthIn(pen, 'regular', text, size)
  const lines = wrapEvenly(printableIn(pen, 'regular', caption), width, measure).slice(0, captionLines)
  lines.forEach(({ text }, at) => {
    drawLine(pen, text, x + (width - measure(text)) / 2, y + at * captionLine, 'regular', size)
  })
}

/** Pictures in rows, each in the middle of its box; a last row that is not full stands in the middle of the page. */
export function drawPictures(pen: Pen, pictures: readonly PrintedPicture[]): void {
  const grid = pictureGrid(pictures.length, pen.width / POINTS_PER_MM)
  const [width, height, gap] = [mm(grid.widthMm), mm(grid.heightMm), mm(PICTURES.gapMm)]
  for (let at = 0; at < pictures.length; at += grid.columns) {
    const row = pictures.slice(at, at + grid.columns)
    needRoom(pen, pictureRow(pen, pictures.length))
    const start = pen.left + (pen.width - row.length * width - (row.length - 1) * gap) / 2
    row.forEach((picture, column) => {
      const x = start + column * (width + gap)
      const fit: [number, number] = [width, height]
      pen.doc.image(Buffer.from(picture.bytes), x, pen.y, { fit, align: 'center', valign: 'bottom' })
      drawCaption(pen, picture.caption, x, pen.y + height + CAPTION_GAP, width)
    })
    pen.y += pictureRow(pen, pictures.length)
  }
}
