import {
  type addPhoto,
  type arrangePhotos,
  filesRefusals,
  type Input,
  type MeetingPhoto,
  MOST_PHOTOS,
  type PhotoSize,
  type Reply,
  meetingsRefusals as refusals,
  type removePhoto,
  type showPhoto,
} from '@tongxin/contract'
import { LRUCache } from 'lru-cache'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import { shrunk } from '../../../platform/upload/image.ts'
import { widened } from '../../../platform/widened.ts'
import { attachFile, filesOfSubject, type KeptFile, keptFile, keptPath, opensHere } from '../../files/index.ts'
import { isRecording } from '../meetings.policy.ts'
import { findAttendee } from '../queries/attendees.queries.ts'
import { lockMeetingAnywhere } from '../queries/filed.queries.ts'
import * as meetings from '../queries/meetings.queries.ts'
import * as q from '../queries/photos.queries.ts'
import { locked, subjectOf } from './locked.ts'
import { reopen, signerOf } from './record.ts'

type Meeting = meetings.Meeting
/** Whose meeting it is: of the organiser's scope, or one that the caller chairs or records. */
type Door = <T>(ctx: Ctx<Tx>, id: string, work: (meeting: Meeting) => Promise<T>) => Promise<T>

export const atDesk: Door = async (ctx, id, work) => work(await locked(ctx, id))

/** Chair and recorder keep the record. */
export const keepsRecord = (meeting: Meeting, memberId: string | undefined): boolean =>
  memberId !== undefined && (memberId === meeting.chairId || memberId === meeting.recorderId)

export const onPhone: Door = async (ctx, id, work) => {
  const { tenantId, personId } = ctx.actor
  const found = await meetings.findCalledMeeting(ctx.db, tenantId, personId, id)
  const attendee = await findAttendee(ctx.db, tenantId, id, { personId })
  if (!found || !attendee || found.state === 'planned') throw refusals.not_found()
  if (!keepsRecord(found, attendee.memberId)) throw refusals.not_the_keeper()
  // Who keeps the record of a meeting above the own branch writes there: proved by the call, for this very record.
  return widened(ctx, found.orgPath, async () => {
    const meeting = await lockMeetingAnywhere(ctx.db, tenantId, id)
    if (!meeting) throw refusals.not_found()
    return work(meeting)
  })
}

function demandOpen({ state }: Meeting): void {
  if (!isRecording(state)) throw refusals.wrong_state({ state })
}

export const mayPhotograph = (meeting: Meeting, memberId: string | undefined): boolean =>
  isRecording(meeting.state) && keepsRecord(meeting, memberId)

const byOf = ({ actor }: Ctx<Tx>) => ({ id: actor.personId, name: actor.personName })

/** A picture more, at the end. @throws `files.…` for what is not the caller's, not checked or in use */
export const add =
  (door: Door) =>
  (ctx: Ctx<Tx>, { params, body }: Input<typeof addPhoto>): Promise<Reply<typeof addPhoto>> =>
    door(ctx, params.id, async (meeting) => {
      demandOpen(meeting)
      const { tenantId } = ctx.actor
      const there = await q.photosOf(ctx.db, tenantId, meeting.id)
      if (there.length >= MOST_PHOTOS) throw refusals.too_many_photos({ most: MOST_PHOTOS })
      const { orgId, orgPath } = meeting
      const subject = { kind: 'meeting', id: meeting.id, orgId, orgPath, readPermission: 'meetings.read' } as const
      const file = await attachFile(ctx, body.fileId, subject)
      if (file.width === null) throw refusals.not_a_picture.at('/body/fileId')
      const caption = body.caption.trim()
      const photo = { id: newId(ctx), fileId: file.id, caption, place: there.length + 1, by: byOf(ctx), at: ctx.now }
      await q.setArrangement(ctx.db, tenantId, meeting.id, there)
      await q.insertPhoto(ctx.db, tenantId, meeting, photo)
      const signaturesVoided = await reopen(ctx, meeting)
      await publish(ctx, 'meetings.photo_added', subjectOf(meeting), { photoId: photo.id, caption, signaturesVoided })
      return { id: photo.id, signaturesVoided }
    })

/** Order and captions; the list names every picture that is there, so that two people do not undo each other. */
export const arrange =
  (door: Door) =>
  (ctx: Ctx<Tx>, { params, body }: Input<typeof arrangePhotos>): Promise<Reply<typeof arrangePhotos>> =>
    door(ctx, params.id, async (meeting) => {
      demandOpen(meeting)
      const { tenantId } = ctx.actor
      const there = new Set((await q.photosOf(ctx.db, tenantId, meeting.id)).map(({ id }) => id))
      const named = new Set(body.photos.map(({ id }) => id))
      if (named.size !== body.photos.length || named.size !== there.size || [...named].some((id) => !there.has(id)))
        throw refusals.photos_changed.at('/body/photos')
      const photos = body.photos.map(({ id, caption }) => ({ id, caption: caption.trim() }))
      await q.setArrangement(ctx.db, tenantId, meeting.id, photos)
      const signaturesVoided = await reopen(ctx, meeting)
      const told = { photos: photos.length, signaturesVoided }
      await publish(ctx, 'meetings.photos_arranged', subjectOf(meeting), told)
      return told
    })

export const remove =
  (door: Door) =>
  (ctx: Ctx<Tx>, { params, body }: Input<typeof removePhoto>): Promise<Reply<typeof removePhoto>> =>
    door(ctx, params.id, async (meeting) => {
      demandOpen(meeting)
      const { tenantId } = ctx.actor
      const photo = (await q.photosOf(ctx.db, tenantId, meeting.id)).find(({ id }) => id === params.photoId)
      if (!photo) throw refusals.no_such_photo()
      const reason = body.reason.trim()
      await q.setPhotoRemoved(ctx.db, tenantId, photo.id, { by: byOf(ctx), at: ctx.now, reason })
      const signaturesVoided = await reopen(ctx, meeting)
      const told = { photoId: photo.id, caption: photo.caption, signaturesVoided }
      await publish(ctx, 'meetings.photo_removed', subjectOf(meeting), told, { reason })
      return { id: photo.id, signaturesVoided }
    })

/** The pictures as the pages show them. */
export async function shownPhotos(ctx: Ctx, meetingId: string, opensUnscanned: boolean): Promise<MeetingPhoto[]> {
  const photos = await q.photosOf(ctx.db, ctx.actor.tenantId, meetingId)
  if (photos.length === 0) return []
  const files = new Map(
    (await filesOfSubject(ctx, 'meeting', meetingId, opensUnscanned)).map((file) => [file.id, file]),
  )
  return photos.map(({ id, fileId, caption, addedBy, addedAt }) => {
    const { width = null, height = null, mayOpen = false } = files.get(fileId) ?? {}
    const at = addedAt.toISOString()
    return { id, fileId, caption, width: width ?? 1, height: height ?? 1, mayOpen, addedBy, addedAt: at }
  })
}

/** Long edge in pixels: a third of a telephone at triple density; a whole screen. */
const EDGE: Readonly<Record<PhotoSize, number>> = { small: 480, large: 1920 }
const MOST_KEPT_BYTES = 16 * 1024 * 1024
/** Drawn pictures by the sum of their bytes, so that a branch that opens a record at once draws each of them once. */
const drawn = new LRUCache<string, Buffer, { path: string; edge: number }>({
  maxSize: MOST_KEPT_BYTES,
  sizeCalculation: ({ byteLength }) => byteLength,
  fetchMethod: (_key, _stale, { context }) => shrunk(context.path, context.edge),
})

type Stored = Pick<Platform, 'dataDir' | 'opensUnscanned'>

async function drawnOf({ dataDir }: Stored, tenantId: string, sha256: string, edge: number): Promise<Uint8Array> {
  const path = keptPath(dataDir, tenantId, sha256)
  return (await drawn.fetch(`${sha256}:${edge}`, { context: { path, edge } })) ?? shrunk(path, edge)
}

async function fileOf(
  ctx: Ctx,
  stored: Stored,
  meetingId: string,
  { photoId, size }: { photoId: string; size: PhotoSize },
) {
  const { tenantId } = ctx.actor
  const photo = (await q.photosOf(ctx.db, tenantId, meetingId)).find(({ id }) => id === photoId)
  const file = photo && (await keptFile(ctx.db, tenantId, photo.fileId))
  if (!photo || !file) throw refusals.no_such_photo()
  if (!(await opensHere(ctx, file, stored.opensUnscanned))) throw filesRefusals.held()
  return { fileName: `${photo.caption}.jpg`, make: () => drawnOf(stored, tenantId, file.sha256, EDGE[size]) }
}

export const show =
  (stored: Stored) =>
  async (ctx: Ctx, { params }: Input<typeof showPhoto>): Promise<Reply<typeof showPhoto>> => {
    const meeting = await meetings.findMeeting(ctx.db, ctx.actor, params.id)
    if (!meeting) throw refusals.not_found()
    return fileOf(ctx, stored, meeting.id, params)
  }

/** For whoever is called: once the record is filed or waits for this person's signature; its keepers at any time. */
export const showOwn =
  (stored: Stored) =>
  async (ctx: Ctx, { params }: Input<typeof showPhoto>): Promise<Reply<typeof showPhoto>> => {
    const { tenantId, personId } = ctx.actor
    const meeting = await meetings.findCalledMeeting(ctx.db, tenantId, personId, params.id)
    const attendee = await findAttendee(ctx.db, tenantId, params.id, { personId })
    if (!meeting || !attendee) throw refusals.not_found()
    const isSigner =
      meeting.state === 'awaiting_signatures' && (await signerOf(ctx.db, ctx.actor, meeting, false)) !== null
    if (meeting.state !== 'archived' && !isSigner && !keepsRecord(meeting, attendee.memberId))
      throw refusals.not_found()
    return fileOf(ctx, stored, meeting.id, params)
  }

/** Pixels of the long edge on paper: 85 mm at 300 dots an inch. */
const PRINTED_EDGE = 1000

/** What is printed of the pictures that may be opened; the bytes are drawn after the transaction. */
export async function photosToPrint(
  ctx: Ctx<Tx>,
  stored: Stored,
  meetingId: string,
): Promise<() => Promise<{ caption: string; bytes: Uint8Array; width: number; height: number }[]>> {
  const { tenantId } = ctx.actor
  const photos = (await shownPhotos(ctx, meetingId, stored.opensUnscanned)).filter(({ mayOpen }) => mayOpen)
  const found: (MeetingPhoto & { readonly file: KeptFile | undefined })[] = []
  for (const photo of photos) found.push({ ...photo, file: await keptFile(ctx.db, tenantId, photo.fileId) })
  return () =>
    Promise.all(
      found.flatMap(({ caption, width, height, file }) =>
        file
          ? [drawnOf(stored, tenantId, file.sha256, PRINTED_EDGE).then((bytes) => ({ caption, bytes, width, height }))]
          : [],
      ),
    )
}
