import { publishingRefusals as refusals } from '@tongxin/contract'
import type { Ctx } from '../../../platform/ctx.ts'
import { isPictureShown } from '../queries/readers.queries.ts'
import { readerOf } from './own.ts'

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @throws Refusal `publishing.not_found` unless the picture stands in an article that the reader may read */
export async function demandPicture(ctx: Ctx, articleId: string, fileId: string): Promise<void> {
  if (!ID.test(articleId) || !ID.test(fileId)) throw refusals.not_found()
  if (!(await isPictureShown(ctx.db, readerOf(ctx), articleId, fileId))) throw refusals.not_found()
}
