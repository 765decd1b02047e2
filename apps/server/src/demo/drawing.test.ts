import sharp from 'sharp'
import { expect, it } from 'vitest'
// Shuts off the formats that uploads may not have, as in the program that draws.
import '../platform/upload/image.ts'
import { box, drawn, HEIGHT, oval, WIDTH } from './drawing.ts'

it('draws shapes above each other as a JPEG, where no vector formats are read', async () => {
  const jpeg = await drawn([box('0000ff', 0, 0, WIDTH, HEIGHT), oval('ff0000', [600, 450], [300, 300], true)])
  const { format, width, height } = await sharp(jpeg).metadata()
  expect([format, width, height]).toEqual(['jpeg', 800, 600])
  const pixels = await sharp(jpeg).raw().toBuffer()
  const isRed = (x: number, y: number) => {
    const at = (Math.round((y * 2) / 3) * 800 + Math.round((x * 2) / 3)) * 3
    return (pixels[at] ?? 0) > (pixels[at + 2] ?? 0)
  }
  expect([isRed(600, 300), isRed(600, 500), isRed(320, 200), isRed(100, 100)]).toEqual([true, false, false, false])
})
