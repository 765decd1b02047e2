import type { Ctx } from '../../platform/ctx.ts'
import { circularsOf, meantAmong } from './queries/own.queries.ts'
import { readerOf } from './service/reader.ts'

/** A notice of a unit as somebody shows it to others: one that means the person and was not recalled. */
export async function noticeCard(ctx: Ctx, noticeId: string): Promise<{ id: string; title: string } | undefined> {
  const reader = await readerOf(ctx)
  const meant = await meantAmong(ctx.db, reader, [noticeId])
  const [found] = await circularsOf(ctx.db, reader, meant, 0)
  return found && !found.isRecalled ? { id: found.id, title: found.title } : undefined
}
