import type { Ctx, Tx } from '../../platform/ctx.ts'
import { publish } from '../../platform/events.ts'
import { holdTogether } from './media.holds.queries.ts'
import type { MediaPorts } from './media.ports.ts'
import * as q from './media.queries.ts'

/**
 * For lessons that go through the hands: whether each medium is what it will stay. A medium that plays while another
 * upload waits to take its place is not. Held until the end of the transaction.
 */
export async function mediaSettled(ctx: Ctx<Tx>, ids: readonly string[]): Promise<boolean> {
  await holdTogether(ctx.db, ids)
  const items = await q.itemsOf(ctx.db, ctx.actor.tenantId, ids)
  return items.every(({ incoming, served }) => incoming === null || served === null)
}

type Upload = { readonly original: q.Original; readonly declaredSeconds: number | null; readonly reason: string }

/**
 * A released lesson keeps the film that was reviewed: the new upload becomes a medium of its own, with the words and
 * captions of the old one, and new versions of the lessons, which then pass the three hands.
 */
export async function succeed(
  ctx: Ctx<Tx>,
  ports: MediaPorts,
  item: q.MediaItem,
  { id, upload }: { readonly id: string; readonly upload: Upload },
): Promise<{ drafts: number; left: number }> {
  const { tenantId, personId } = ctx.actor
  const { unitId, orgPath, kind, title, source, copyright, transcript } = item
  const { original: incoming, declaredSeconds } = upload
  const words = { unitId, orgPath, kind, title, source, copyright, transcript }
  await q.insertItem(ctx.db, tenantId, { id, ...words, declaredSeconds, incoming, createdBy: personId, at: ctx.now })
  for (const { language, cues } of await q.captionsOf(ctx.db, tenantId, item.id))
    await q.putCaption(ctx.db, tenantId, { mediaId: id, language, orgPath, cues, by: personId, at: ctx.now })
  const told = await ports.pins.replaceIn(ctx, { from: item.id, to: id })
  await publish(ctx, 'media.added', { kind: 'media', id, orgPath }, { kind })
  const subject = { kind: 'media', id: item.id, orgPath }
  await publish(ctx, 'media.succeeded', subject, { successorId: id, drafts: told.drafts }, { reason: upload.reason })
  return told
}
