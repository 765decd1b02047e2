import { mediaRefusals as refusals } from '@tongxin/contract'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { publish } from '../../platform/events.ts'
import type { Change, Words } from './media.proposals.queries.ts'
import * as q from './media.queries.ts'

/** An upload that was not made ready yet: from here the job takes it. */
export const ANEW = { state: 'uploaded', fault: null, percent: 0, attempts: 0, leased_until: null } as const

export const isWaiting = (item: q.MediaItem): boolean => item.state === 'uploaded' || item.state === 'transcoding'

export const subjectOf = ({ id, orgPath }: Pick<q.MediaItem, 'id' | 'orgPath'>) => ({ kind: 'media', id, orgPath })

/** An own media item that is not in the recycle bin, locked. @throws Refusal `media.not_found`, `media.removed` */
export async function lockOwn(ctx: Ctx<Tx>, id: string): Promise<q.MediaItem> {
  const item = await q.lockItem(ctx.db, ctx.actor, id)
  if (!item) throw refusals.not_found()
  if (item.removedAt) throw refusals.removed()
  return item
}

/** Whose change it is, and why: of a proposal whoever proposed it. */
type Maker = { readonly by: string; readonly reason: string | null }

/** Makes a change of a locked medium. @returns its version then @throws Refusal `media.being_made` */
export async function applyChange(ctx: Ctx<Tx>, item: q.MediaItem, change: Change, maker: Maker): Promise<number> {
  const at = { tenantId: ctx.actor.tenantId, now: ctx.now }
  if (change.what === 'words') {
    const version = await q.setItem(ctx.db, at, item.id, change.words)
    const fields = Object.keys(change.words) as (keyof Words)[]
    const more = { before: item, after: { ...item, ...change.words } }
    await publish(ctx, 'media.changed', subjectOf(item), { fields }, more)
    return version
  }
  if (change.what === 'file') return applyFile(ctx, item, change, maker)
  const { language } = change
  if (change.what === 'captions') {
    const place = { mediaId: item.id, language, orgPath: item.orgPath }
    await q.putCaption(ctx.db, at.tenantId, { ...place, cues: change.cues, by: maker.by, at: ctx.now })
    await publish(ctx, 'media.captions_put', subjectOf(item), { language, cues: change.cues.length })
  } else {
    await q.removeCaption(ctx.db, at.tenantId, item.id, language, ctx.now)
    await publish(ctx, 'media.captions_removed', subjectOf(item), { language })
  }
  return q.setItem(ctx.db, at, item.id, {})
}

async function applyFile(
  ctx: Ctx<Tx>,
  item: q.MediaItem,
  { upload, declaredSeconds }: Extract<Change, { what: 'file' }>,
  { by, reason: said }: Maker,
): Promise<number> {
  if (isWaiting(item)) throw refusals.being_made()
  const reason = said ?? ''
  const { tenantId } = ctx.actor
  const version = await q.setItem(ctx.db, { tenantId, now: ctx.now }, item.id, {
    ...ANEW,
    incoming: JSON.stringify({ ...upload, replacing: { reason, by } }),
    declared_seconds: declaredSeconds,
  })
  const number = (await q.versionsOf(ctx.db, tenantId, item.id)).length + 1
  await publish(ctx, 'media.replaced', subjectOf(item), { number }, { reason })
  return version
}
