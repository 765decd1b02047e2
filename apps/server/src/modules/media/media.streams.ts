import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ProgramFailed, runProgram } from '../../platform/run-program.ts'
import { inputOf, MOST_PIXELS, type Probe, probe, type Source, type Tools } from './media.ffmpeg.ts'
import type { Rendition } from './media.queries.ts'

/** Shorter sides of the pictures that are made; never larger than the upload. */
const HEIGHTS = [360, 720] as const
const SEGMENT_SECONDS = 6
/** Bits a second at most, by shorter side. */
const RATES: Readonly<Record<number, { readonly video: string; readonly buffer: string }>> = {
  360: { video: '800k', buffer: '1600k' },
  720: { video: '2200k', buffer: '4400k' },
}
/** Main profile, level 3.1: what phones and television sets of 2017 decode; named in the playlist (RFC 6381). */
const CODECS = { video: 'avc1.4d401f', sound: 'mp4a.40.2' }

export type Order = {
  readonly tools: Tools
  readonly source: Source
  readonly kind: 'video' | 'sound'
  readonly folder: string
  readonly longestSeconds: number
  readonly signal: AbortSignal
  readonly onPercent: (percent: number) => void
}
export type Made = {
  readonly seconds: number
  readonly width: number | null
  readonly height: number | null
  readonly hasPoster: boolean
  readonly renditions: readonly Rendition[]
}
/** The upload itself is at fault; trying again would not help. */
export class SourceFaulty extends Error {
  readonly fault: 'not_media' | 'no_picture' | 'no_sound' | 'too_long' | 'too_many_pixels' | 'damaged' | 'timed_out'
  constructor(fault: SourceFaulty['fault']) {
    super(fault)
    this.name = 'SourceFaulty'
    this.fault = fault
  }
}

/** Looks into the upload before a minute of work is spent on it. @throws SourceFaulty */
async function looked({ tools, source, kind, longestSeconds, signal }: Order): Promise<Probe> {
  let found: Probe
  try {
    found = await probe(tools, source, signal)
  } catch (error) {
    if (error instanceof ProgramFailed && error.why === 'failed') throw new SourceFaulty('not_media')
    throw error
  }
  if (kind === 'video' && !found.picture) throw new SourceFaulty('no_picture')
  if (kind === 'sound' && !found.hasSound) throw new SourceFaulty('no_sound')
  if (found.picture && found.picture.width * found.picture.height > MOST_PIXELS)
    throw new SourceFaulty('too_many_pixels')
  if (found.seconds !== null && found.seconds > longestSeconds) throw new SourceFaulty('too_long')
  return found
}

/** Makes all files of a medium in `folder`. @throws SourceFaulty, ProgramFailed (stopped) */
export async function makeStreams(order: Order): Promise<Made> {
  const found = await looked(order)
  const heights = order.kind === 'sound' ? [] : heightsOf(found)
  const works = heights.length + (found.hasSound ? 1 : 0)
  let done = 0
  const renditions: Rendition[] = []
  const step = async (name: string, height: number | null, args: readonly string[]) => {
    await encode(order, found, args, (part) => order.onPercent(Math.min(99, Math.floor(((done + part) / works) * 100))))
    renditions.push(await renditionIn(order.folder, name, height))
    done += 1
  }
  for (const height of heights) await step(`${height}p.mp4`, height, pictureArgs(height, found.hasSound))
  if (found.hasSound) await step('sound.mp4', null, SOUND_ARGS)
  const first = renditions[0]
  if (!first) throw new SourceFaulty('no_sound')
  const seconds = await secondsIn(order.folder, first.name)
  if (seconds > order.longestSeconds) throw new SourceFaulty('too_long')
  await copyWhole(order, heights.length > 0 ? `${heights[0]}p.mp4` : null, found.hasSound)
  const whole = heights.length > 0 ? [await wholeIn(order.folder, 'offline.mp4', heights[0] ?? null)] : []
  if (found.hasSound) whole.push(await wholeIn(order.folder, 'sound.m4a', null))
  await writeMaster(order.folder, renditions, found.hasSound)
  const hasPoster = heights.length > 0 && (await posterOf(order, seconds))
  const { width = null, height = null } = found.picture ?? {}
  return { seconds: Math.round(seconds), width, height, hasPoster, renditions: [...renditions, ...whole] }
}

function heightsOf({ picture }: Probe): number[] {
  const shorter = Math.min(picture?.width ?? 0, picture?.height ?? 0)
  const fitting = HEIGHTS.filter((height) => height <= shorter)
  return fitting.length > 0 ? fitting : [HEIGHTS[0]]
}

const HLS = [
  ...['-f', 'hls', '-hls_time', String(SEGMENT_SECONDS), '-hls_playlist_type', 'vod'],
  ...['-hls_segment_type', 'fmp4', '-hls_flags', 'single_file+independent_segments'],
]
/** Nothing of the upload but picture and sound: no place, no names, no chapters, no subtitles, no data. */
const BARE = ['-map_metadata', '-1', '-map_chapters', '-1', '-sn', '-dn']
const SOUND = ['-c:a', 'aac', '-b:a', '96k', '-ac', '2', '-ar', '44100']
const SOUND_ARGS = [
  '-map',
  '0:a:0',
  '-vn',
  ...BARE,
  ...SOUND,
  ...HLS,
  '-hls_segment_filename',
  'sound.mp4',
  'sound.m3u8',
]

/** One rendition by the length of its shorter side, which is kept even, as the sampling of colours needs it. */
function pictureArgs(height: number, hasSound: boolean): string[] {
  const side = (own: string, other: string) => `'if(lte(${own},${other}),trunc(min(${height},${own})/2)*2,-2)'`
  const rate = RATES[height]
  return [
    // `V`: no cover picture, which may stand before the film and was not looked at.
    ...['-map', '0:V:0', ...(hasSound ? ['-map', '0:a:0'] : ['-an']), ...BARE],
    ...['-vf', `scale=w=${side('iw', 'ih-1')}:h=${side('ih', 'iw')},setsar=1,format=yuv420p`, '-fpsmax', '30'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'main', '-level:v', '3.1', '-crf', '23'],
    ...['-maxrate', rate?.video ?? '800k', '-bufsize', rate?.buffer ?? '1600k', '-sc_threshold', '0'],
    ...['-force_key_frames', `expr:gte(t,n_forced*${SEGMENT_SECONDS})`, ...(hasSound ? SOUND : [])],
    ...[...HLS, '-hls_segment_filename', `${height}p.mp4`, `${height}p.m3u8`],
  ]
}

/** However long a file says that it is: others wait for their turn. */
const MOST_SECONDS = 6 * 3600
const QUIET = ['-nostdin', '-hide_banner', '-v', 'error', '-y']

async function encode(order: Order, found: Probe, args: readonly string[], onPart: (part: number) => void) {
  const { tools, source, signal, folder } = order
  const length = found.seconds ?? order.longestSeconds
  const onLine = (line: string) => {
    const match = /^out_time_us=(\d+)$/.exec(line)
    if (match) onPart(Math.min(1, Number(match[1]) / 1e6 / length))
  }
  const limit = ['-t', String(order.longestSeconds + 1)]
  const all = [...QUIET, '-progress', 'pipe:1', ...inputOf(source), ...limit, ...args]
  try {
    // A slow machine needs several times the length of a video; ten minutes are enough for any short one.
    const seconds = Math.min(MOST_SECONDS, Math.max(600, length * 15))
    await runProgram(tools.ffmpeg, all, { seconds, signal, folder, onLine })
  } catch (error) {
    if (!(error instanceof ProgramFailed) || error.why === 'stopped') throw error
    if (/No space left on device/.test(error.tail)) throw error
    throw new SourceFaulty(error.why === 'timed_out' ? 'timed_out' : 'damaged')
  }
}

/** One file each for saving on a device and for listening: nothing is encoded again. */
async function copyWhole({ tools, signal, folder }: Order, picture: string | null, hasSound: boolean): Promise<void> {
  const run = { seconds: 600, signal, folder }
  const copy = (from: string, to: string) =>
    runProgram(
      tools.ffmpeg,
      [
        ...[...QUIET, '-protocol_whitelist', 'file', '-f', 'mov', '-i', `file:${join(folder, from)}`],
        ...['-c', 'copy', '-movflags', '+faststart', '-f', 'mp4', to],
      ],
      run,
    )
  if (picture) await copy(picture, 'offline.mp4')
  if (hasSound) await copy('sound.mp4', 'sound.m4a')
}

/** A picture from the first tenth: openings are often black. A video without one is shown without. */
async function posterOf({ tools, source, signal, folder }: Order, seconds: number): Promise<boolean> {
  const args = [
    ...[
      ...QUIET,
      '-ss',
      String(Math.min(10, seconds / 10)),
      ...inputOf(source),
      '-map',
      '0:V:0',
      '-frames:v',
      '1',
      ...BARE,
      '-an',
    ],
    ...['-vf', "scale=w='min(1280,iw)':h=-2", '-q:v', '4', '-f', 'image2', '-update', '1', 'poster.new.jpg'],
  ]
  try {
    await runProgram(tools.ffmpeg, args, { seconds: 120, signal, folder })
    await rename(join(folder, 'poster.new.jpg'), join(folder, 'poster.jpg'))
    return true
  } catch (error) {
    if (error instanceof ProgramFailed && error.why === 'stopped') throw error
    return false
  }
}

type Segment = { readonly seconds: number; readonly bytes: number }

/** Length and size of each part, as ffmpeg wrote them into the playlist (RFC 8216 4.3.2). */
async function segmentsIn(folder: string, name: string): Promise<Segment[]> {
  const text = await readFile(join(folder, name.replace(/\.mp4$/, '.m3u8')), 'utf8')
  const segments: Segment[] = []
  let seconds = 0
  for (const line of text.split('\n')) {
    const length = /^#EXTINF:([\d.]+)/.exec(line)
    if (length) seconds = Number(length[1])
    const bytes = /^#EXT-X-BYTERANGE:(\d+)/.exec(line)
    if (bytes) segments.push({ seconds, bytes: Number(bytes[1]) })
  }
  return segments
}

async function secondsIn(folder: string, name: string): Promise<number> {
  return (await segmentsIn(folder, name)).reduce((sum, { seconds }) => sum + seconds, 0)
}

async function renditionIn(folder: string, name: string, height: number | null): Promise<Rendition> {
  const segments = await segmentsIn(folder, name)
  if (segments.length === 0) throw new SourceFaulty('damaged')
  // The peak, as RFC 8216 4.3.4.2 wants it.
  const bandwidth = Math.ceil(Math.max(...segments.map(({ seconds, bytes }) => (bytes * 8) / Math.max(seconds, 0.5))))
  return { name, height, bytes: (await stat(join(folder, name))).size, bandwidth }
}

async function wholeIn(folder: string, name: string, height: number | null): Promise<Rendition> {
  return { name, height, bytes: (await stat(join(folder, name))).size, bandwidth: 0 }
}

/** The list of what there is to choose from; sound alone is a choice of its own only where there is no picture. */
async function writeMaster(folder: string, renditions: readonly Rendition[], hasSound: boolean): Promise<void> {
  const pictures = renditions.filter(({ height }) => height !== null)
  const offered = pictures.length > 0 ? pictures : renditions
  const codecs = [pictures.length > 0 ? CODECS.video : '', hasSound ? CODECS.sound : ''].filter((one) => one !== '')
  const lines = offered.flatMap(({ name, bandwidth }) => [
    `#EXT-X-STREAM-INF:BANDWIDTH=${bandwidth},CODECS="${codecs.join(',')}"`,
    name.replace(/\.mp4$/, '.m3u8'),
  ])
  const text = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS', ...lines, ''].join('\n')
  await writeFile(join(folder, 'index.m3u8'), text)
}
