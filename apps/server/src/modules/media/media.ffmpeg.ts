import { type ChildProcess, spawn } from 'node:child_process'
import { availableParallelism, setPriority } from 'node:os'
import { createInterface } from 'node:readline'
import { programOnPath } from '../../platform/programs.ts'

/** The two programs of Debian's package `ffmpeg`; null when the machine has not both of them. */
export type Tools = { readonly ffmpeg: string; readonly ffprobe: string }
export function mediaTools(): Tools | null {
  const [ffmpeg, ffprobe] = [programOnPath('ffmpeg'), programOnPath('ffprobe')]
  return ffmpeg && ffprobe ? { ffmpeg, ffprobe } : null
}

/** Behind everything else that the machine has to do. */
const NICE = 15
const TAIL = 4000

export type Run = {
  readonly seconds: number
  readonly signal: AbortSignal
  readonly folder?: string
  readonly onLine?: (line: string) => void
}
/** How a program ended that did not end well. */
export class ProgramFailed extends Error {
  readonly why: 'failed' | 'timed_out' | 'stopped'
  readonly tail: string
  constructor(why: ProgramFailed['why'], tail: string) {
    super(`${why}: ${tail.slice(-300)}`)
    this.name = 'ProgramFailed'
    this.why = why
    this.tail = tail
  }
}

/**
 * Memory for one program, in bytes of address space: a file that asks for more fails by itself, instead of the database
 * beside it being ended by the system.
 */
const MOST_MEMORY = 4 * 1024 * 1024 * 1024 + availableParallelism() * 64 * 1024 * 1024
const prlimit = programOnPath('prlimit')

/**
 * Runs a program without a shell and with an empty environment; where the machine has `prlimit` (util-linux) within
 * limits of memory and of processor time, which hold also when the server has died beside it. @throws ProgramFailed
 */
export async function runProgram(program: string, args: readonly string[], run: Run): Promise<void> {
  // Several processors count together.
  const limits = [`--as=${MOST_MEMORY}`, `--cpu=${Math.ceil(run.seconds) * availableParallelism()}`, '--core=0']
  const [name, all] = prlimit ? [prlimit, [...limits, '--', program, ...args]] : [program, [...args]]
  const child = spawn(name, all, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Without a limit each thread sets aside room for its own small memory, which counts as taken.
    env: { LANG: 'C.UTF-8', MALLOC_ARENA_MAX: '2' },
    ...(run.folder ? { cwd: run.folder } : {}),
  })
  let ended: ProgramFailed['why'] = 'failed'
  const stop = (why: ProgramFailed['why']) => {
    ended = why
    child.kill('SIGKILL')
  }
  const limit = setTimeout(() => stop('timed_out'), run.seconds * 1000)
  const abort = () => stop('stopped')
  run.signal.addEventListener('abort', abort, { once: true })
  if (run.signal.aborted) abort()
  try {
    await waited(child, run, () => ended)
  } finally {
    clearTimeout(limit)
    run.signal.removeEventListener('abort', abort)
  }
}

function waited(child: ChildProcess, run: Run, why: () => ProgramFailed['why']): Promise<void> {
  let tail = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-TAIL)
  })
  if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => run.onLine?.(line))
  return new Promise((resolve, reject) => {
    child.once('spawn', () => {
      try {
        if (child.pid) setPriority(child.pid, NICE)
      } catch {
        // It has ended already, or the system does not let us: it works all the same.
      }
    })
    child.once('error', (error) => reject(new ProgramFailed('failed', error.message)))
    child.once('close', (code) => (code === 0 ? resolve() : reject(new ProgramFailed(why(), tail))))
  })
}

/** One demuxer by the type that the upload was checked for: playlists, scripts and devices are never opened. */
const DEMUXERS: Readonly<Record<string, string>> = {
  'video/mp4': 'mov',
  'video/quicktime': 'mov',
  'audio/mp4': 'mov',
  'video/webm': 'matroska',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
}
/** Of one picture: 8K and some more. A stream may change its size after ffprobe has looked, so the decoder holds it too. */
export const MOST_PIXELS = 8192 * 8192
export type Source = { readonly path: string; readonly mediaType: string }

/** The input arguments: only files, only this container. @throws ProgramFailed for a type of no demuxer */
export function inputOf({ path, mediaType }: Source): string[] {
  const demuxer = DEMUXERS[mediaType]
  if (!demuxer) throw new ProgramFailed('failed', `no demuxer for ${mediaType}`)
  const limits = ['-max_pixels', String(MOST_PIXELS)]
  return [...limits, '-protocol_whitelist', 'file', '-f', demuxer, '-i', `file:${path}`]
}

export type Probe = {
  /** Null where the container does not tell, as recordings of browsers. */
  readonly seconds: number | null
  readonly picture: { readonly width: number; readonly height: number } | null
  readonly hasSound: boolean
}
type Streams = {
  streams?: { codec_type?: string; width?: number; height?: number; disposition?: { attached_pic?: number } }[]
  format?: { duration?: string }
}

/** What is in a file, by ffprobe. Cover pictures of songs are no video. @throws ProgramFailed */
export async function probe(tools: Tools, source: Source, signal: AbortSignal): Promise<Probe> {
  const lines: string[] = []
  const entries = 'format=duration:stream=codec_type,width,height:stream_disposition=attached_pic'
  const args = ['-v', 'error', '-of', 'json', '-show_entries', entries, ...inputOf(source)]
  await runProgram(tools.ffprobe, args, { seconds: 60, signal, onLine: (line) => lines.push(line) })
  const { streams = [], format } = JSON.parse(lines.join('\n')) as Streams
  const video = streams.find((one) => one.codec_type === 'video' && one.disposition?.attached_pic !== 1)
  const seconds = Number(format?.duration)
  return {
    seconds: Number.isFinite(seconds) && seconds > 0 ? seconds : null,
    picture: video?.width && video.height ? { width: video.width, height: video.height } : null,
    hasSound: streams.some((one) => one.codec_type === 'audio'),
  }
}
