import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import sharp from 'sharp'
import { howToLaunch } from './browser.ts'

const [WIDTH, HEIGHT, FRAMES] = [640, 480, 5]

/** A browser whose camera films a picture. The file is opened anew each time that a page opens the camera. */
export type Cinema = { readonly browser: Browser; aimAt(picture: Buffer): Promise<void>; close(): Promise<void> }

export async function openCinema(): Promise<Cinema> {
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-camera-'))
  const film = join(folder, 'film.y4m')
  writeFileSync(film, await filmOf(await sharp({ create: GREY }).png().toBuffer()))
  const how = howToLaunch()
  const args = [...how.args, `--use-file-for-fake-video-capture=${film}`]
  const browser = await chromium.launch({ ...how, args })
  return {
    browser,
    aimAt: async (picture) => writeFileSync(film, await filmOf(picture)),
    async close() {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const GREY = { width: WIDTH, height: HEIGHT, channels: 3, background: '#888888' } as const

/** YUV4MPEG2 with 4:2:0 planes: the picture as light and dark, without colour, on a wall of its own. */
async function filmOf(picture: Buffer): Promise<Buffer> {
  const light = await sharp(picture)
    .flatten({ background: '#ffffff' })
    .resize(WIDTH, HEIGHT, { fit: 'contain', background: '#ffffff' })
    .greyscale()
    .raw()
    .toBuffer()
  const colour = Buffer.alloc((WIDTH * HEIGHT) / 2, 128)
  const frames = Array.from({ length: FRAMES }, () => [Buffer.from('FRAME\n'), light, colour]).flat()
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), ...frames])
}
