import sharp from 'sharp'
import { Faulty, type ImageKind, LIMITS } from './policy.ts'

// Other loaders of libvips (SVG, PDF, TIFF, ImageMagick …) stay closed, whatever a file claims to be.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp'].flatMap((loader) => [
    `VipsForeignLoad${loader}File`,
    `VipsForeignLoad${loader}Buffer`,
  ]),
})
sharp.cache(false)
sharp.concurrency(1)

export type Picture = { readonly bytes: Buffer; readonly width: number; readonly height: number }

/**
 * Draws the picture anew: turned upright, at most 4096 pixels long, without EXIF, place, comments or anything that
 * followed the pixels. Warnings of the decoder are errors. @throws Faulty
 */
export async function redraw(source: Buffer, kind: ImageKind): Promise<Picture> {
  try {
    const picture = sharp(source, {
      limitInputPixels: LIMITS.pixels,
      failOn: 'warning',
      sequentialRead: true,
      pages: 1,
    })
      .timeout({ seconds: LIMITS.seconds })
      .autoOrient()
      .resize({ width: LIMITS.edge, height: LIMITS.edge, fit: 'inside', withoutEnlargement: true })
    const drawn =
      kind === 'png'
        ? picture.png()
        : kind === 'webp'
          ? picture.webp({ quality: 86 })
          : picture.jpeg({ quality: 86, mozjpeg: false })
    const { data, info } = await drawn.toBuffer({ resolveWithObject: true })
    return { bytes: data, width: info.width, height: info.height }
  } catch (error) {
    throw faultOf(error)
  }
}

function faultOf(error: unknown): Faulty {
  const message = error instanceof Error ? error.message : ''
  if (/pixel limit|too large|dimensions exceed/i.test(message)) return new Faulty('image_too_large')
  if (/timeout/i.test(message)) return new Faulty('too_slow')
  return new Faulty('damaged')
}

/**
 * A smaller copy of a picture that `redraw` made, as JPEG on white, at most `edge` pixels long: for lists and for print.
 * `path` is ours; the bytes were judged when they came.
 */
export function shrunk(path: string, edge: number): Promise<Buffer> {
  return sharp(path, { limitInputPixels: LIMITS.pixels })
    .timeout({ seconds: LIMITS.seconds })
    .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 82, mozjpeg: false })
    .toBuffer()
}

/** 9 by 8 fields of so many pixels each way; averages of fields differ less between copies than single pixels do. */
const FIELD = 8
const GRID = { width: 9 * FIELD, height: 8 * FIELD } as const
/** Of 256: what compression leaves on the even ground of an identity photo is no difference. */
const LEAST_DIFFERENCE = 4

/**
 * What a picture that `redraw` made looks like, as 64 binary figures: of 9 by 8 grey fields, whether each is darker than
 * its neighbour (difference hash, N. Krawetz, 2013). Copies of other size, quality or brightness differ in few figures.
 */
export async function fingerprintOf(path: string): Promise<string> {
  const grey = await sharp(path, { limitInputPixels: LIMITS.pixels })
    .timeout({ seconds: LIMITS.seconds })
    .flatten({ background: '#ffffff' })
    .resize({ ...GRID, fit: 'fill', kernel: 'cubic' })
    .greyscale()
    .raw()
    .toBuffer()
  const field = (row: number, column: number): number => {
    let sum = 0
    for (let y = row * FIELD; y < (row + 1) * FIELD; y += 1)
      for (let x = column * FIELD; x < (column + 1) * FIELD; x += 1) sum += grey[y * GRID.width + x] ?? 0
    return sum / FIELD ** 2
  }
  return Array.from({ length: 64 }, (_, bit) => {
    const [row, column] = [Math.floor(bit / 8), bit % 8]
    return field(row, column + 1) - field(row, column) >= LEAST_DIFFERENCE ? '1' : '0'
  }).join('')
}
