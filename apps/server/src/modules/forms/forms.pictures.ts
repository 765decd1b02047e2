/** A JPEG with what is to be seen on it; width and height in pixels, of which only the proportion counts. */
export type PrintedPicture = {
  readonly caption: string
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
}

/** Distances of a grid of pictures on paper, in millimetres and points. */
export const PICTURES = { gapMm: 4, captionLines: 2, captionSize: 9.5, captionLine: 13 } as const

/** Up to four pictures stand two to a row, more of them three: nine fill one page of A4. Boxes are 4 : 3. */
export function pictureGrid(count: number, widthMm: number): { columns: number; widthMm: number; heightMm: number } {
  const columns = count <= 4 ? Math.min(2, count) : 3
  const across = Math.max(2, columns)
  const width = (widthMm - (across - 1) * PICTURES.gapMm) / across
  return { columns, widthMm: width, heightMm: width * 0.75 }
}
