import sharp from 'sharp'
import type { FileFault } from '../policy.ts'
import { type Hostile, hugePng } from './build.ts'

export async function hostileImages(): Promise<Hostile[]> {
  const one = (what: string, name: string, bytes: Uint8Array, fault: FileFault = 'damaged'): Hostile => ({
    what,
    name,
    bytes,
    fault,
  })
  const plain = sharp({
    create: {
      width: 400,
      height: 300,
      channels: 3,
      background: '#c8102e',
      noise: { type: 'gaussian', mean: 120, sigma: 40 },
    },
  })
  const [jpeg, png, webp] = await Promise.all([
    plain.clone().jpeg().toBuffer(),
    plain.clone().png().toBuffer(),
    plain.clone().webp().toBuffer(),
  ])
  const flipped = Buffer.from(png)
  flipped[Math.floor(png.length / 2)] = (flipped[Math.floor(png.length / 2)] ?? 0) ^ 0xff
  return [
    one('PNG called JPEG', 'a.jpg', png, 'extension_mismatch'),
    one('JPEG called PDF', 'a.pdf', jpeg, 'extension_mismatch'),
    one('WebP called PNG', 'a.png', webp, 'extension_mismatch'),
    one('3.6 thousand million pixels', 'a.png', hugePng(60_000), 'image_too_large'),
    one('half a JPEG', 'a.jpg', jpeg.subarray(0, jpeg.length >> 1)),
    one('half a PNG', 'a.png', png.subarray(0, png.length >> 1)),
    one('half a WebP', 'a.webp', webp.subarray(0, webp.length >> 1)),
    one('a PNG with a wrong byte', 'a.png', flipped),
    one('a JPEG of three bytes', 'a.jpg', Buffer.from('ffd8ff', 'hex')),
  ]
}
