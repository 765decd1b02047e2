import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import {
  CAPTION_LANGUAGES,
  MEDIA_FAULTS,
  MEDIA_KINDS,
  MEDIA_STATES,
  MediaAt,
  MediaCard,
  MediaText,
  Playback,
} from './media.words.ts'
import { MediaProposal } from './media-proposals.ts'
import { FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

/** A record of another module in which a medium plays. */
export const MediaUse = Type.Object({
  mediaId: Id,
  kind: oneOf(['course', 'programme'] as const),
  id: Id,
  name: Type.String(),
})
export type MediaUse = Static<typeof MediaUse>

export const MediaRow = Type.Object({
  ...MediaCard.properties,
  orgId: Id,
  orgName: Type.String(),
  /** `own`: of the units that the post acts for; `above`: of a unit above, to be used and not changed. */
  from: oneOf(['own', 'above'] as const),
  source: Type.String(),
  copyright: Type.String(),
  fileName: nullable(Type.String()),
  bytes: nullable(Type.Integer()),
  /** How much of the transcoding is done, 0 to 100; null when none is under way. */
  percent: nullable(Type.Integer()),
  fault: nullable(oneOf(MEDIA_FAULTS)),
  uses: Type.Integer(),
  /** Proposed changes that wait for somebody else. */
  waiting: Type.Integer(),
  updatedAt: InstantAt,
  removedAt: nullable(InstantAt),
  version: Type.Integer(),
})
export type MediaRow = Static<typeof MediaRow>

const filter = {
  kind: Type.Optional(oneOf(MEDIA_KINDS)),
  state: Type.Optional(oneOf(MEDIA_STATES)),
  from: Type.Optional(oneOf(['own', 'above'] as const)),
  orgId: Type.Optional(Id),
  captions: Type.Optional(Type.Boolean()),
  removed: Type.Optional(Type.Boolean()),
  /** Only those with a proposed change that waits. */
  waiting: Type.Optional(Type.Boolean()),
  /** Title, source, transcript or captions contain it. */
  text: Type.Optional(MediaText(60)),
}

export const listMedia = {
  method: 'GET',
  path: '/media',
  permission: 'learning.read',
  summary: 'Videos and sound of the scope and of the units above it',
  query: strict({ ...pageQuery(['updatedAt', 'title', 'duration'] as const), ...filter }),
  reply: pageOf(MediaRow),
} as const satisfies Endpoint

export const MediaRecord = Type.Object({
  ...MediaRow.properties,
  transcript: nullable(Type.String()),
  renditions: Type.Array(Type.Object({ name: Type.String(), height: nullable(Type.Integer()), bytes: Type.Integer() })),
  captions: Type.Array(
    Type.Object({ language: oneOf(CAPTION_LANGUAGES), cues: Type.Integer(), vtt: Type.String(), updatedAt: InstantAt }),
  ),
  /** What was played before, newest first. */
  versions: Type.Array(
    Type.Object({
      number: Type.Integer(),
      fileName: Type.String(),
      bytes: Type.Integer(),
      reason: Type.String(),
      by: nullable(Type.String()),
      replacedAt: InstantAt,
    }),
  ),
  usedIn: Type.Array(MediaUse),
  /** A reviewed lesson, or a programme, shows it: what changes waits for a second pair of eyes. */
  needsReview: Type.Boolean(),
  /** Open ones, oldest first. */
  proposals: Type.Array(MediaProposal),
  removedReason: nullable(Type.String()),
  can: Type.Object({
    change: Type.Boolean(),
    transcode: Type.Boolean(),
    remove: Type.Boolean(),
    restore: Type.Boolean(),
  }),
})
export type MediaRecord = Static<typeof MediaRecord>

export const readMedia = {
  method: 'GET',
  path: '/media/:id',
  permission: 'learning.read',
  summary: 'One medium with its captions, earlier versions and where it is used',
  params: MediaAt,
  reply: MediaRecord,
} as const satisfies Endpoint

const words = {
  title: MediaText(120),
  /** Where it comes from: shown beneath the player. */
  source: MediaText(300),
  /** Who holds the rights, and on what ground it is shown. */
  copyright: MediaText(300),
}
const Transcript = Type.Optional(nullable(Type.String({ maxLength: 200_000 })))
/** As the browser that uploads measured it; ffprobe corrects it where it is there. */
const Duration = Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 86_400 })))
const Changed = Type.Object({ id: Id, version: Type.Integer() })
/** `proposalId`: nothing is changed yet, somebody else has to look at it first. */
const ChangedOrProposed = Type.Object({ ...Changed.properties, proposalId: nullable(Id) })

export const addMedia = {
  method: 'POST',
  path: '/media',
  permission: 'learning.write',
  summary: 'Make a medium of an own upload with the purpose `media`',
  body: strict({ fileId: Id, orgId: Type.Optional(Id), ...words, transcript: Transcript, durationSeconds: Duration }),
  reply: Changed,
} as const satisfies Endpoint

export const changeMedia = {
  method: 'PUT',
  path: '/media/:id',
  permission: 'learning.write',
  ifMatch: true,
  summary: 'Change title, source, copyright note and transcript',
  params: MediaAt,
  body: strict({ ...words, transcript: Transcript }),
  reply: ChangedOrProposed,
} as const satisfies Endpoint

const Reason = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' })

export const replaceMedia = {
  method: 'POST',
  path: '/media/:id/replace',
  permission: 'learning.write',
  summary: 'Put a new upload in place of the present one; where a released lesson shows it, as a medium of its own',
  params: MediaAt,
  body: strict({ fileId: Id, reason: Reason, durationSeconds: Duration }),
  /** `id` is another one where lessons keep the present film: they got `drafts`, and `left` are being reviewed. */
  reply: Type.Object({ ...ChangedOrProposed.properties, drafts: Type.Integer(), left: Type.Integer() }),
} as const satisfies Endpoint

export const transcodeMedia = {
  method: 'POST',
  path: '/media/:id/transcode',
  permission: 'learning.write',
  summary: 'Try once more to make the streams',
  params: MediaAt,
  body: strict({}),
  reply: Changed,
} as const satisfies Endpoint

export const removeMedia = {
  method: 'POST',
  path: '/media/:id/remove',
  permission: 'learning.write',
  summary: 'Put an unused medium into the recycle bin',
  params: MediaAt,
  body: strict({ reason: Reason }),
  reply: Changed,
} as const satisfies Endpoint

export const restoreMedia = {
  method: 'POST',
  path: '/media/:id/restore',
  permission: 'learning.write',
  summary: 'Take a medium out of the recycle bin',
  params: MediaAt,
  body: strict({}),
  reply: Changed,
} as const satisfies Endpoint

const CaptionAt = strict({ id: Id, language: oneOf(CAPTION_LANGUAGES) })

export const putCaptions = {
  method: 'PUT',
  path: '/media/:id/captions/:language',
  permission: 'learning.write',
  summary: 'Captions as WebVTT, in place of those of the same language',
  params: CaptionAt,
  body: strict({ vtt: Type.String({ minLength: 1, maxLength: 500_000 }) }),
  reply: ChangedOrProposed,
} as const satisfies Endpoint

export const removeCaptions = {
  method: 'POST',
  path: '/media/:id/captions/:language/remove',
  permission: 'learning.write',
  summary: 'Take the captions of one language away',
  params: CaptionAt,
  body: strict({}),
  reply: ChangedOrProposed,
} as const satisfies Endpoint

export const playMedia = {
  method: 'GET',
  path: '/media/:id/playback',
  permission: 'signed-in',
  summary: 'Links, captions and transcript for the player, for whoever may watch it',
  params: MediaAt,
  reply: Playback,
} as const satisfies Endpoint

export const playPublicMedia = {
  method: 'GET',
  path: '/public/media/:id/playback',
  permission: 'public',
  summary: 'The same for media of lessons that everybody may read; nothing of the viewer is kept',
  params: MediaAt,
  reply: Playback,
} as const satisfies Endpoint

export const exportMedia = {
  method: 'POST',
  path: '/media/export',
  permission: 'learning.read',
  summary: 'The list as a file',
  download: 'application/octet-stream',
  body: strict({
    filter: strict(filter),
    format: oneOf(['xlsx', 'csv'] as const),
    /** Kept in the audit beside the export. */
    purpose: Type.Optional(MediaText(200)),
    language: Type.Optional(oneOf(['zh-CN', 'en'] as const)),
  }),
  reply: FileReply,
} as const satisfies Endpoint

export const mediaRefusals = defineRefusals('media', {
  not_found: 'missing',
  no_such_org: 'missing',
  not_a_media_file: 'invalid',
  other_kind: 'invalid',
  being_made: 'conflict',
  nothing_to_make: 'conflict',
  in_use: 'conflict',
  removed: 'conflict',
  not_removed: 'conflict',
  captions_wrong: 'invalid',
  captions_missing: 'missing',
  not_playable: 'conflict',
  link_expired: 'missing',
  too_many_rows: 'invalid',
  not_downloadable: 'forbidden',
  proposal_open: 'conflict',
  proposal_missing: 'missing',
  own_proposal: 'forbidden',
  not_own_proposal: 'forbidden',
  proposal_overtaken: 'conflict',
})
