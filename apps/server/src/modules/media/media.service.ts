import {
  type addMedia,
  type changeMedia,
  type Input,
  type MediaKind,
  type Reply,
  mediaRefusals as refusals,
  type removeMedia,
  type replaceMedia,
  type restoreMedia,
  type transcodeMedia,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import { tenantOf } from '../../platform/tenants.ts'
import { demandVersion } from '../../platform/transaction.ts'
import { widened } from '../../platform/widened.ts'
import { attachFile, type KeptFile, keptFile } from '../files/index.ts'
import { findUnit } from '../org/index.ts'
import { ANEW, applyChange, isWaiting, lockOwn, subjectOf } from './media.changes.ts'
import { succeed } from './media.pins.ts'
import { type MediaPorts, usesIn } from './media.ports.ts'
import { changeOrPropose, isShown, propose } from './media.proposals.ts'
import * as q from './media.queries.ts'

type Changed = { id: string; version: number }

const kindOf = (file: KeptFile): MediaKind => (file.mediaType.startsWith('video/') ? 'video' : 'sound')
const titleText = (text: string): string => text.trim().replace(/\s+/g, ' ')
const written = (text: string | null | undefined): string | null => text?.trim() || null

/** The caller's own upload, given to this medium. @throws Refusal `media.not_a_media_file`, refusals of files */
async function takeUpload(
  ctx: Ctx<Tx>,
  fileId: string,
  item: { id: string; unitId: string; orgPath: string },
): Promise<{ original: q.Original; kind: MediaKind }> {
  const place = { id: item.id, orgId: item.unitId, orgPath: item.orgPath }
  // Foreign, unknown, unfinished and refused uploads are told apart by files.
  await attachFile(ctx, fileId, { kind: 'media', ...place, readPermission: 'learning.read' })
  const file = await keptFile(ctx.db, ctx.actor.tenantId, fileId)
  if (!file || !/^(video|audio)\//.test(file.mediaType)) throw refusals.not_a_media_file.at('/body/fileId')
  const { name, mediaType, bytes, sha256, state } = file
  return { original: { fileId, name, mediaType, bytes, sha256, scanned: state === 'clean' }, kind: kindOf(file) }
}

export async function add(ctx: Ctx<Tx>, { body }: Input<typeof addMedia>): Promise<Changed> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId ?? ctx.actor.orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  const place = { id: newId(ctx), unitId: unit.id, orgPath: unit.path }
  const { original, kind } = await takeUpload(ctx, body.fileId, place)
  await q.insertItem(ctx.db, ctx.actor.tenantId, {
    ...place,
    kind,
    title: titleText(body.title),
    source: body.source.trim(),
    copyright: body.copyright.trim(),
    transcript: written(body.transcript),
    declaredSeconds: body.durationSeconds ?? null,
    incoming: original,
    createdBy: ctx.actor.personId,
    at: ctx.now,
  })
  await publish(ctx, 'media.added', subjectOf(place), { kind })
  return { id: place.id, version: 1 }
}

const at = (ctx: Ctx<Tx>) => ({ tenantId: ctx.actor.tenantId, now: ctx.now })

export const change =
  (ports: MediaPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof changeMedia>): Promise<Reply<typeof changeMedia>> => {
    const item = await lockOwn(ctx, params.id)
    demandVersion(ctx, item.version)
    const now = {
      title: titleText(body.title),
      source: body.source.trim(),
      copyright: body.copyright.trim(),
      transcript: body.transcript === undefined ? item.transcript : written(body.transcript),
    }
    const fields = (Object.keys(now) as (keyof typeof now)[]).filter((key) => now[key] !== item[key])
    if (fields.length === 0) return { id: item.id, version: item.version, proposalId: null }
    const words = Object.fromEntries(fields.map((key) => [key, now[key]]))
    return changeOrPropose(ctx, ports, item, { what: 'words', words })
  }

/**
 * In place of the present one where nothing reviewed shows it. Where a lesson that was handed in does, as a medium of
 * its own; where a programme alone does, when somebody else has looked at it.
 */
export const replace =
  (ports: MediaPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof replaceMedia>): Promise<Reply<typeof replaceMedia>> => {
    const item = await lockOwn(ctx, params.id)
    if (isWaiting(item)) throw refusals.being_made()
    const isOnAir = await isShown(ctx, ports, item.id)
    const { path } = await tenantOf(ctx.db, ctx.actor.tenantId)
    const isPinned = isOnAir && (await widened(ctx, path, () => ports.pins.isPinned(ctx, item.id)))
    const id = isPinned ? newId(ctx) : item.id
    const { original, kind } = await takeUpload(ctx, body.fileId, { ...item, id })
    if (kind !== item.kind) throw refusals.other_kind.at('/body/fileId')
    const reason = body.reason.trim()
    const declaredSeconds = body.durationSeconds ?? null
    if (isPinned) {
      const told = await succeed(ctx, ports, item, { id, upload: { original, declaredSeconds, reason } })
      return { id, version: 1, proposalId: null, ...told }
    }
    const file = { what: 'file', upload: original, declaredSeconds } as const
    const told = { id, drafts: 0, left: 0 }
    if (isOnAir) return { ...told, version: item.version, proposalId: await propose(ctx, item, file, reason) }
    const version = await applyChange(ctx, item, file, { by: ctx.actor.personId, reason })
    return { ...told, version, proposalId: null }
  }

export async function transcode(ctx: Ctx<Tx>, { params }: Input<typeof transcodeMedia>): Promise<Changed> {
  const item = await lockOwn(ctx, params.id)
  if (isWaiting(item)) throw refusals.being_made()
  if (item.state === 'ready') throw refusals.nothing_to_make()
  const incoming = item.incoming ?? item.served
  const version = await q.setItem(ctx.db, at(ctx), item.id, { ...ANEW, incoming: JSON.stringify(incoming) })
  await publish(ctx, 'media.transcode_asked', subjectOf(item), {})
  return { id: item.id, version }
}

export const remove =
  (ports: MediaPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof removeMedia>): Promise<Changed> => {
    const item = await lockOwn(ctx, params.id)
    if (item.state === 'transcoding') throw refusals.being_made()
    // Also where the caller sees nothing: a lesson of a unit above, or beside, is not to lose its film.
    const { path } = await tenantOf(ctx.db, ctx.actor.tenantId)
    const uses = await widened(ctx, path, () => usesIn(ports, ctx, [item.id]))
    if (uses.length > 0) throw refusals.in_use({ count: uses.length })
    const reason = body.reason.trim()
    const version = await q.setItem(ctx.db, at(ctx), item.id, { removed_at: ctx.now, removed_reason: reason })
    await publish(ctx, 'media.removed', subjectOf(item), {}, { reason })
    return { id: item.id, version }
  }

export async function restore(ctx: Ctx<Tx>, { params }: Input<typeof restoreMedia>): Promise<Changed> {
  const item = await q.lockItem(ctx.db, ctx.actor, params.id)
  if (!item) throw refusals.not_found()
  if (!item.removedAt) throw refusals.not_removed()
  const version = await q.setItem(ctx.db, at(ctx), item.id, { removed_at: null, removed_reason: null })
  await publish(ctx, 'media.restored', subjectOf(item), {})
  return { id: item.id, version }
}
