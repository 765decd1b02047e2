import type { MediaUse } from '@tongxin/contract'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { programmesWith } from './queries/programmes.queries.ts'

/** Programmes that media play in, so that none is removed from under a channel. */
export async function mediaInProgrammes(ctx: Ctx | Ctx<Tx>, mediaIds: readonly string[]): Promise<MediaUse[]> {
  const rows = await programmesWith(ctx.db, ctx.actor.tenantId, mediaIds)
  return rows.map(({ mediaId, id, title }) => ({ mediaId, kind: 'programme', id, name: title }))
}

/** Whether a programme plays it, as far as the row policies show programmes. */
export const isInProgramme = async (ctx: Ctx | Ctx<Tx>, mediaId: string): Promise<boolean> =>
  (await programmesWith(ctx.db, ctx.actor.tenantId, [mediaId])).length > 0
