import type { Ctx } from '../../platform/ctx.ts'
import { meantAmong } from './queries/own.queries.ts'
import { circularsWithFile } from './queries/texts.queries.ts'
import { readerOf } from './service/reader.ts'

/** Whether a notice that means the caller, and still stands, shows the file. */
export async function mayReadNoticeFile(ctx: Ctx, fileId: string): Promise<boolean> {
  const ids = await circularsWithFile(ctx.db, ctx.actor.tenantId, fileId)
  return ids.length > 0 && (await meantAmong(ctx.db, await readerOf(ctx), ids)).length > 0
}
