import sharp from 'sharp'

/** Lengths of drawings: 1200 to the right, 900 down. The colour is `rrggbb`. */
export const WIDTH = 1200
export const HEIGHT = 900

type Shape = {
  readonly colour: string
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  /** How far to both sides of the middle a row of it reaches; none: the whole width. */
  readonly reach?: (y: number) => number
}

export const box = (colour: string, left: number, top: number, width: number, height: number): Shape => ({
  colour,
  left,
  top,
  right: left + width,
  bottom: top + height,
})

/** An ellipse, or its upper half: half the width, half the height. */
export function oval(
  colour: string,
  [x, y]: readonly [number, number],
  [rx, ry]: readonly [number, number],
  isHalf = false,
): Shape {
  const reach = (at: number) => rx * Math.sqrt(Math.max(0, 1 - ((at - y) / ry) ** 2))
  return { colour, left: x - rx, top: y - ry, right: x + rx, bottom: isHalf ? y : y + ry, reach }
}

/** Pixels of a row and of a column of the finished picture; drawn twice as fine, so that edges are smooth. */
const PIXELS = [800, 600] as const
const SCALE = (PIXELS[0] * 2) / WIDTH

/**
 * A picture of plain shapes, each above those before it, as JPEG. Made of pixels: the library that keeps pictures reads
 * no vector formats in this program.
 */
export function drawn(shapes: readonly Shape[]): Promise<Buffer> {
  const [width, height] = [PIXELS[0] * 2, PIXELS[1] * 2]
  const pixels = Buffer.alloc(width * height * 3, 255)
  for (const shape of shapes) paint(pixels, width, height, shape)
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize(...PIXELS)
    .jpeg({ quality: 80 })
    .toBuffer()
}

function paint(pixels: Buffer, width: number, height: number, shape: Shape): void {
  const { left, top, right, bottom, reach } = shape
  const colour = Buffer.from(shape.colour, 'hex')
  const middle = (left + right) / 2
  const within = (at: number, most: number) => Math.min(most, Math.max(0, Math.round(at * SCALE)))
  for (let y = within(top, height); y < within(bottom, height); y += 1) {
    const half = reach?.(y / SCALE) ?? (right - left) / 2
    const from = within(middle - half, width)
    pixels.fill(colour, (y * width + from) * 3, (y * width + within(middle + half, width)) * 3)
  }
}
