import { create, type Font } from 'fontkit'
import sharp from 'sharp'
import { faceBytes } from './face.ts'
import type { MarkedKind } from './mark-copy.ts'

type Picture = Exclude<MarkedKind, 'pdf'>
const SLANT = -30
const UNITS = 1000

/** The outlines of the text at a size of 1000 units, as one SVG path: drawn without any font of the system. */
function outlineOf(text: string): { path: string; width: number } {
  const font = create(faceBytes()) as Font
  const scale = UNITS / font.unitsPerEm
  const { glyphs, positions } = font.layout(text)
  let at = 0
  const parts = glyphs.map((glyph, index) => {
    const outline = glyph.path.scale(scale, -scale).translate(at, 0).toSVG()
    at += (positions[index]?.xAdvance ?? 0) * scale
    return outline
  })
  return { path: parts.join(''), width: at }
}

function overlay(width: number, height: number, text: string): Buffer {
  const size = Math.max(12, Math.min(width, height) / 22)
  const { path, width: length } = outlineOf(text)
  const zoom = size / UNITS
  const step = { x: length * zoom + size * 3, y: size * 8 }
  const places: string[] = []
  for (let y = size; y < height + step.y; y += step.y)
    for (let x = 0; x < width + step.x; x += step.x)
      places.push(`<use href="#m" transform="translate(${x} ${y}) rotate(${SLANT}) scale(${zoom})"/>`)
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><path id="m" d="${path}"/></defs>` +
      `<g fill="#fff" stroke="#000" stroke-width="18" opacity="0.35">${places.join('')}</g></svg>`,
  )
}

/** The picture in its own format with the text over all of it. */
export async function markPicture(bytes: Uint8Array, kind: Picture, text: string): Promise<Uint8Array> {
  const picture = sharp(bytes, { limitInputPixels: 50_000_000 })
  const { width = 0, height = 0 } = await picture.metadata()
  return picture
    .composite([{ input: overlay(width, height, text) }])
    .toFormat(kind)
    .toBuffer()
}
