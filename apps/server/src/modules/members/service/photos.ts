import {
  filesRefusals,
  type Input,
  type listMemberPhotos as listContract,
  memberRefusals,
  type showOwnPortrait as ownContract,
  type PortraitSize,
  type Proposal,
  type showProposedPhoto as proposedContract,
  type Reply,
  reviewRefusals,
  type showMemberPhoto as showContract,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import type { Platform } from '../../../platform/platform.ts'
import { fingerprintOf, shrunk } from '../../../platform/upload/image.ts'
import { personNamesOf } from '../../access/index.ts'
import { attachFile, keptFile, keptPath, opensHere } from '../../files/index.ts'
import { type ChangePayload, openPayload } from '../members.payload.ts'
import { PHOTO_FILE } from '../members.policy.ts'
import * as q from '../queries/photos.queries.ts'
import { findOwnRecord, findRecord, type StoredMember } from '../queries/records.queries.ts'
import { findChange, type StoredChange } from '../queries/review.queries.ts'

/** What a proposal about the photo says; the upload belongs to the record from then on. */
export async function photoPayload(ctx: Ctx<Tx>, record: StoredMember, body: Proposal): Promise<ChangePayload> {
  const { fileId } = body
  if (fileId === undefined) throw reviewRefusals.photo_missing.at('/body/fileId')
  if (fileId === null) {
    if (!body.reason?.trim()) throw reviewRefusals.opinion_needed.at('/body/reason')
    if (!(await q.currentPhoto(ctx.db, ctx.actor.tenantId, record.id))) throw reviewRefusals.nothing_changed()
    return { kind: body.kind, photo: { fileId: null } }
  }
  const file = await attachFile(ctx, fileId, {
    kind: PHOTO_FILE,
    id: record.id,
    orgId: record.org_id,
    orgPath: record.org_path,
    readPermission: 'members.read',
  })
  if (file.width === null) throw reviewRefusals.not_a_photo.at('/body/fileId')
  return { kind: body.kind, photo: { fileId } }
}

/** Puts the photo of an approved proposal into the record; the one before stays as history. */
export async function applyPhoto(
  ctx: Ctx<Tx>,
  change: StoredChange,
  photo: NonNullable<ChangePayload['photo']>,
  record: StoredMember,
): Promise<void> {
  const { tenantId, personId } = ctx.actor
  await q.setPhotoEnded(ctx.db, tenantId, record.id, ctx.now)
  const id = photo.fileId === null ? null : newId(ctx)
  if (id !== null && photo.fileId !== null)
    await q.insertPhoto(ctx.db, tenantId, record, {
      id,
      fileId: photo.fileId,
      changeId: change.id,
      madeBy: change.madeBy,
      setBy: personId,
      at: ctx.now,
    })
  await publish(
    ctx,
    'members.photo_set',
    { kind: 'member', id: record.id, orgPath: record.org_path, personId: record.person_id },
    { memberId: record.id, photoId: id },
  )
}

/** The present photo and those before it. */
export async function listPhotos(
  ctx: Ctx,
  { params, query }: Input<typeof listContract>,
): Promise<Reply<typeof listContract>> {
  const record = await findRecord(ctx.db, ctx.actor, params.id)
  if (!record || record.deleted_at !== null) throw memberRefusals.not_found()
  const keyset = keysetOf(query, { since: 'p.since' }, '-since')
  const found = await q.listPhotos(ctx.db, ctx.actor.tenantId, record.id, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.since.toISOString(), id: row.id }))
  const names = await personNamesOf(
    ctx.db,
    rows.flatMap((row) => [row.madeBy, row.setBy]),
  )
  return {
    rows: rows.map(({ id, since, untilAt, madeBy, setBy }) => ({
      id,
      since: since.toISOString(),
      until: untilAt?.toISOString() ?? null,
      madeBy: names.get(madeBy) ?? null,
      setBy: names.get(setBy) ?? null,
    })),
    next,
    total: null,
  }
}

type Stored = Pick<Platform, 'dataDir' | 'opensUnscanned'>
/** Long edge in pixels: the head of a record at triple density; side by side on a desk. */
const EDGE: Readonly<Record<PortraitSize, number>> = { small: 360, large: 1200 }
/** 35 mm by 49 mm at 300 dots an inch, with room to spare. */
const PRINTED_EDGE = 640

async function drawing(ctx: Ctx, stored: Stored, fileId: string, edge: number): Promise<() => Promise<Uint8Array>> {
  const { tenantId } = ctx.actor
  const file = await keptFile(ctx.db, tenantId, fileId)
  if (!file) throw reviewRefusals.photo_gone()
  if (!(await opensHere(ctx, file, stored.opensUnscanned))) throw filesRefusals.held()
  return () => shrunk(keptPath(stored.dataDir, tenantId, file.sha256), edge)
}

async function shownOf(
  ctx: Ctx,
  stored: Stored,
  record: StoredMember | undefined,
  { photoId, size }: { photoId: string; size: PortraitSize },
): Promise<Reply<typeof showContract>> {
  if (!record || record.deleted_at !== null) throw memberRefusals.not_found()
  const photo = await q.findPhoto(ctx.db, ctx.actor.tenantId, record.id, photoId)
  if (!photo) throw reviewRefusals.photo_gone()
  return { fileName: `${record.name}.jpg`, make: await drawing(ctx, stored, photo.fileId, EDGE[size]) }
}

export const show =
  (stored: Stored) =>
  async (ctx: Ctx, { params }: Input<typeof showContract>): Promise<Reply<typeof showContract>> =>
    shownOf(ctx, stored, await findRecord(ctx.db, ctx.actor, params.id), params)

export const showOwn =
  (stored: Stored) =>
  async (ctx: Ctx, { params }: Input<typeof ownContract>): Promise<Reply<typeof ownContract>> =>
    shownOf(ctx, stored, await findOwnRecord(ctx.db, ctx.actor), params)

/** The picture of a proposal, for those who may read it. */
export const showProposed =
  (stored: Stored) =>
  async (ctx: Ctx, { params }: Input<typeof proposedContract>): Promise<Reply<typeof proposedContract>> => {
    const change = await findChange(ctx.db, ctx.actor, params.id)
    if (!change) throw reviewRefusals.not_found()
    const fileId = openPayload(ctx.vault, change).photo?.fileId
    if (!fileId) throw reviewRefusals.photo_gone()
    return { fileName: `${change.name}.jpg`, make: await drawing(ctx, stored, fileId, EDGE[params.size]) }
  }

/** What is printed where a form has room for a photo; undefined where there is none, or it may not be opened yet. */
export async function photoToPrint(
  ctx: Ctx<Tx>,
  stored: Stored,
  memberId: string,
): Promise<(() => Promise<Uint8Array>) | undefined> {
  const { tenantId } = ctx.actor
  const photo = await q.currentPhoto(ctx.db, tenantId, memberId)
  const file = photo && (await keptFile(ctx.db, tenantId, photo.fileId))
  if (!file || !(await opensHere(ctx, file, stored.opensUnscanned))) return undefined
  return () => shrunk(keptPath(stored.dataDir, tenantId, file.sha256), PRINTED_EDGE)
}

/** Takes the fingerprints of new photos of these records, so that the same one under two names is found. */
export async function fingerprintNew(
  { db, tenantId, dataDir }: { db: Tx; tenantId: string; dataDir: string },
  memberIds: readonly string[],
): Promise<void> {
  for (const photo of await q.photosToFingerprint(db, tenantId, memberIds)) {
    const file = await keptFile(db, tenantId, photo.fileId)
    if (!file) continue
    await q.setFingerprint(db, tenantId, photo.id, await fingerprintOf(keptPath(dataDir, tenantId, file.sha256)))
  }
}
