import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { MediaRecord, Playback } from '@tongxin/contract'
import { mediaTools } from '../../apps/server/src/modules/media/media.ffmpeg.ts'
import { makeStreams } from '../../apps/server/src/modules/media/media.streams.ts'
import { browserIn } from '../../apps/server/src/platform/browser.ts'
import { launch, openDesk } from '../../e2e/browser.ts'
import { type Judge, run } from './judge.ts'
import { type Target, withTarget } from './target.ts'

const SECONDS = 14
/** The job looks once a minute; the rest is for a slow machine. */
const READY_WITHIN_MS = 300_000

/** A moving picture with a tone, made by ffmpeg: nobody's film, and new at every run. */
function film(folder: string): string {
  const path = join(folder, 'film.mp4')
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=25']
  const sound = ['-f', 'lavfi', '-i', 'sine=frequency=440']
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-pix_fmt', 'yuv420p']
  const { status, said } = run('ffmpeg', [
    '-v',
    'error',
    '-y',
    ...picture,
    ...sound,
    '-t',
    `${SECONDS}`,
    ...codecs,
    path,
  ])
  if (status !== 0) throw new Error(`ffmpeg made no film: ${said}`)
  return path
}

/** Whether ffmpeg decodes every picture and every sound of a stream without a word. */
function decodes(source: string): boolean {
  const { status, said } = run('ffmpeg', ['-nostdin', '-v', 'error', '-xerror', '-i', source, '-f', 'null', '-'])
  if (status !== 0 || said.trim() !== '') console.error(said.slice(-500))
  return status === 0 && said.trim() === ''
}

type Ask = <T>(method: string, path: string, body?: object) => Promise<T>
const askOf =
  ({ url, cookie }: Target): Ask =>
  async <T>(method: string, path: string, body?: object) => {
    const headers = { cookie, 'content-type': 'application/json' }
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }

async function upload({ url, cookie }: Target, path: string): Promise<string> {
  const bytes = readFileSync(path)
  const encoded = (text: string) => Buffer.from(text).toString('base64')
  const base = { cookie, 'tus-resumable': '1.0.0' }
  const opened = await fetch(`${url}/api/v1/files`, {
    method: 'POST',
    headers: {
      ...base,
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${encoded('film.mp4')},purpose ${encoded('media')}`,
    },
  })
  const id = opened.headers.get('location')?.split('/').at(-1) ?? ''
  const headers = { ...base, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  const sent = await fetch(`${url}/api/v1/files/${id}`, { method: 'PATCH', headers, body: new Uint8Array(bytes) })
  if (!sent.ok) throw new Error(`the upload answered ${sent.status}`)
  return id
}

async function madeReady(ask: Ask, id: string): Promise<MediaRecord> {
  const until = Date.now() + READY_WITHIN_MS
  for (;;) {
    const one = await ask<MediaRecord>('GET', `/media/${id}`)
    if (one.state === 'ready') return one
    if (one.state === 'failed' || one.state === 'original') throw new Error(`${one.state}: ${one.fault ?? ''}`)
    if (Date.now() > until) throw new Error(`still ${one.state} after five minutes`)
    await wait(1000)
  }
}

/** The page of the desk plays it: the picture has a size, time goes on, and a jump to the end arrives. */
async function playsInBrowser({ url, cookie }: Target, id: string): Promise<string | null> {
  const browser = await launch()
  try {
    const { context, page, complaints } = await openDesk(browser, url)
    const [name = '', value = ''] = cookie.split('=')
    await context.addCookies([{ name, value, url }])
    await page.goto(`/admin/media/${id}`)
    await page.locator('video').waitFor()
    // Words for the browser: the types of this project's programs know no document.
    const video = "document.querySelector('video')"
    const until = async (condition: string) => {
      // Asked from outside: the policy of the page lets nobody wait inside it.
      for (let tries = 0; !(await page.evaluate(condition)); tries += 1) {
        if (tries > 300) throw new Error(`not in a minute: ${condition}`)
        await wait(200)
      }
    }
    await until(`${video}.readyState >= 2`)
    await page.evaluate(`${video}.muted = true, ${video}.play()`)
    await until(`${video}.currentTime > 2`)
    await page.evaluate(`${video}.currentTime = ${video}.duration - 1`)
    await until(`${video}.ended`)
    const width = Number(await page.evaluate(`${video}.videoWidth`))
    if (width === 0) return 'no picture'
    const told = complaints.filter((one) => !/favicon/.test(one))
    return told.length > 0 ? told.join('; ') : null
  } finally {
    await browser.close()
  }
}

async function accepted(target: Target): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-media-'))
  try {
    const ask = askOf(target)
    const words = { title: '评审用短片', source: '评审程序生成', copyright: '无' }
    const fileId = await upload(target, film(folder))
    const { id } = await ask<{ id: string }>('POST', '/media', { fileId, ...words })
    const one = await madeReady(ask, id)
    const right = Math.abs((one.durationSeconds ?? 0) - SECONDS) <= 1
    const playback = await ask<Playback>('GET', `/media/${id}/playback`)
    const at = (link: string | undefined) => new URL(link ?? '', target.url).href
    const sources = [playback.hls?.url, playback.sound?.url, playback.offline?.url].map(at)
    const wrong = sources.filter((source) => !decodes(source))
    const complaint = await playsInBrowser(target, id)
    console.log(`  ${one.renditions.length} files of ${one.durationSeconds} s; decoded ${3 - wrong.length} of 3 links`)
    if (complaint) console.error(`  chromium: ${complaint}`)
    return right && wrong.length === 0 && complaint === null
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A stream with a hole in the middle must not pass. */
async function refusesHole(): Promise<boolean> {
  const tools = mediaTools()
  if (!tools) return false
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-media-'))
  try {
    const source = { path: film(folder), mediaType: 'video/mp4' }
    const { signal } = new AbortController()
    await makeStreams({ tools, source, kind: 'video', folder, longestSeconds: 60, signal, onPercent: () => {} })
    const playlist = join(folder, '360p.m3u8')
    const isWhole = decodes(playlist)
    const bytes = readFileSync(join(folder, '360p.mp4'))
    writeFileSync(join(folder, '360p.mp4'), bytes.fill(0, Math.floor(bytes.length / 3), Math.floor(bytes.length / 2)))
    return isWhole && !decodes(playlist)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** ffmpeg makes the streams, decodes them by their links, and Chromium plays the page. */
export const media: Judge = {
  name: 'media',
  packages: ['ffmpeg', 'chromium'],
  missing: () => (mediaTools() === null ? 'ffmpeg' : browserIn() === undefined ? 'chromium' : null),
  refusesFault: refusesHole,
  accepts: () => withTarget(accepted),
}
