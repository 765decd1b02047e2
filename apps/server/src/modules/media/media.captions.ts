import {
  type Input,
  type putCaptions,
  type Reply,
  mediaRefusals as refusals,
  type removeCaptions,
} from '@tongxin/contract'
import { readCaptions } from '@tongxin/domain'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { lockOwn } from './media.changes.ts'
import type { MediaPorts } from './media.ports.ts'
import { changeOrPropose } from './media.proposals.ts'
import * as q from './media.queries.ts'

export const put =
  (ports: MediaPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof putCaptions>): Promise<Reply<typeof putCaptions>> => {
    const item = await lockOwn(ctx, params.id)
    const reading = readCaptions(body.vtt)
    if (!reading.ok) throw refusals.captions_wrong.at('/body/vtt', { line: reading.line, fault: reading.fault })
    const { language } = params
    return changeOrPropose(ctx, ports, item, { what: 'captions', language, cues: reading.cues })
  }

export const remove =
  (ports: MediaPorts) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof removeCaptions>): Promise<Reply<typeof removeCaptions>> => {
    const item = await lockOwn(ctx, params.id)
    const { language } = params
    const there = await q.captionsOf(ctx.db, ctx.actor.tenantId, item.id)
    if (!there.some((one) => one.language === language)) throw refusals.captions_missing()
    return changeOrPropose(ctx, ports, item, { what: 'captionsRemoved', language })
  }
