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
