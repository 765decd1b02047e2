import { type Input, type putCaptions, mediaRefusals as refusals, type removeCaptions } from '@tongxin/contract'
import { readCaptions } from '@tongxin/domain'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { publish } from '../../platform/events.ts'
import * as q from './media.queries.ts'
import { lockOwn, subjectOf } from './media.service.ts'

type Changed = { id: string; version: number }

export async function put(ctx: Ctx<Tx>, { params, body }: Input<typeof putCaptions>): Promise<Changed> {
  const item = await lockOwn(ctx, params.id)
  const reading = readCaptions(body.vtt)
  if (!reading.ok) throw refusals.captions_wrong.at('/body/vtt', { line: reading.line, fault: reading.fault })
  const { tenantId, personId } = ctx.actor
  const { language } = params
  const place = { mediaId: item.id, language, orgPath: item.orgPath }
  await q.putCaption(ctx.db, tenantId, { ...place, cues: reading.cues, by: personId, at: ctx.now })
  const version = await q.setItem(ctx.db, { tenantId, now: ctx.now }, item.id, {})
  await publish(ctx, 'media.captions_put', subjectOf(item), { language, cues: reading.cues.length })
  return { id: item.id, version }
}

export async function remove(ctx: Ctx<Tx>, { params }: Input<typeof removeCaptions>): Promise<Changed> {
  const item = await lockOwn(ctx, params.id)
  const { tenantId } = ctx.actor
  const { language } = params
  if (!(await q.removeCaption(ctx.db, tenantId, item.id, language, ctx.now))) throw refusals.captions_missing()
  const version = await q.setItem(ctx.db, { tenantId, now: ctx.now }, item.id, {})
  await publish(ctx, 'media.captions_removed', subjectOf(item), { language })
  return { id: item.id, version }
}
