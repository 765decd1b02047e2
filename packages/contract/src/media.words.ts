import { type Static, Type } from 'typebox'
import { Id, InstantAt, nullable, oneOf, strict } from './page.ts'

export const MEDIA_KINDS = ['video', 'sound'] as const
export type MediaKind = (typeof MEDIA_KINDS)[number]
/** What is done with the newest upload. `original`: no ffmpeg on the machine, the upload itself plays. */
export const MEDIA_STATES = ['uploaded', 'transcoding', 'ready', 'original', 'failed'] as const
export type MediaState = (typeof MEDIA_STATES)[number]
/** Why an upload could not be made ready; each has its words in `media.fault_<code>` of the desk. */
export const MEDIA_FAULTS = [
  'not_media',
  'no_picture',
  'no_sound',
  'too_long',
  'too_many_pixels',
  'damaged',
  'timed_out',
  'no_space',
  'interrupted',
] as const
export type MediaFault = (typeof MEDIA_FAULTS)[number]
/** Languages of captions (BCP 47). */
export const CAPTION_LANGUAGES = ['zh-CN', 'en', 'bo', 'ug', 'mn', 'ko'] as const
export type CaptionLanguage = (typeof CAPTION_LANGUAGES)[number]

export const MediaText = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' })
export const MediaAt = strict({ id: Id })

/** One thing said: seconds from the beginning, and plain text of up to a few lines. */
export const Cue = Type.Object({ start: Type.Number(), end: Type.Number(), text: Type.String() })
export type Cue = Static<typeof Cue>

/** What other modules show of a medium. */
export const MediaCard = Type.Object({
  id: Id,
  kind: oneOf(MEDIA_KINDS),
  title: Type.String(),
  state: oneOf(MEDIA_STATES),
  /** Whether something plays now; true while a newer version is still being made. */
  isPlayable: Type.Boolean(),
  durationSeconds: nullable(Type.Integer()),
  minutes: nullable(Type.Integer()),
  /** In the recycle bin: it cannot be watched any more. */
  isGone: Type.Boolean(),
  hasCaptions: Type.Boolean(),
  hasTranscript: Type.Boolean(),
})
export type MediaCard = Static<typeof MediaCard>

const Stream = Type.Object({ url: Type.String(), type: Type.String(), bytes: nullable(Type.Integer()) })
/**
 * Everything that a player needs. Links open until `until`, those of a session only while it lives; relative to the
 * origin of the application unless they name another.
 */
export const Playback = Type.Object({
  id: Id,
  kind: oneOf(MEDIA_KINDS),
  title: Type.String(),
  durationSeconds: nullable(Type.Integer()),
  source: Type.String(),
  copyright: Type.String(),
  until: InstantAt,
  /** Adaptive stream (RFC 8216); null when there is none, then `original` plays. */
  hls: nullable(Stream),
  original: nullable(Stream),
  /** The sound alone, for listening and for saving data. */
  sound: nullable(Stream),
  /** One small file to keep on the device. */
  offline: nullable(Stream),
  poster: nullable(Type.String()),
  captions: Type.Array(
    Type.Object({ language: oneOf(CAPTION_LANGUAGES), label: Type.String(), cues: Type.Array(Cue) }),
  ),
  transcript: nullable(Type.String()),
})
export type Playback = Static<typeof Playback>
