import { programOnPath } from '../../platform/programs.ts'
import { ProgramFailed, runProgram } from '../../platform/run-program.ts'

/** The two programs of Debian's package `ffmpeg`; null when the machine has not both of them. */
export type Tools = { readonly ffmpeg: string; readonly ffprobe: string }
export function mediaTools(): Tools | null {
  const [ffmpeg, ffprobe] = [programOnPath('ffmpeg'), programOnPath('ffprobe')]
  return ffmpeg && ffprobe ? { ffmpeg, ffprobe } : null
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
