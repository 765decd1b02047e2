import {
  type countPublicShare,
  type Input,
  type Reply,
  publishingRefusals as refusals,
  type sendFeedback,
} from '@tongxin/contract'
import { isUsableText } from '@tongxin/domain/publishing/document'
import { todayOf } from '../../../platform/clock.ts'
import type { PublicCtx, Tx } from '../../../platform/ctx.ts'
import { newId, publishAll } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import { tenantAt } from '../../../platform/tenants.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import type { Counter } from '../counter.ts'
import { insertComment } from '../queries/comments.queries.ts'
import { findShown, type Shown } from '../queries/readers.queries.ts'

/** What the public sends: words on what was made open, and that a link was shared. Nobody is known. */

type At = { readonly site: string; readonly id: string }
async function withPublic<T>(
  platform: Platform,
  now: Date,
  { site, id }: At,
  work: (tx: Tx, tenantId: string, article: Shown) => Promise<T>,
): Promise<T> {
  const tenant = await tenantAt(platform.db, site)
  if (!tenant) throw refusals.not_found()
  const { id: tenantId, path: scope } = tenant
  return inSystemTransaction(platform, { tenantId, scope }, async (tx) => {
    const article = await findShown(tx, { tenantId, actor: null, today: todayOf(now) }, id)
    if (!article) throw refusals.not_found()
    return work(tx, tenantId, article)
  })
}

export async function send(
  ctx: PublicCtx,
  { params, body }: Input<typeof sendFeedback>,
  platform: Platform,
): Promise<Reply<typeof sendFeedback>> {
  if (!isUsableText(body.words)) throw refusals.text_unusable.at('/body/words')
  const { now } = ctx
  await withPublic(platform, now, params, async (tx, tenantId, article) => {
    if (article.kind !== 'openness') throw refusals.comments_closed()
    const { id: articleId, orgPath } = article
    const comment = { id: newId(ctx), articleId, orgPath, personId: null, by: null, words: body.words.trim() }
    await insertComment(tx, tenantId, { ...comment, kind: 'feedback', state: 'waiting' }, now)
    const subject = { kind: 'publishing_comment', id: comment.id, orgPath }
    const payload = { title: article.title }
    await publishAll(tx, { tenantId, now }, 'publishing.feedback_sent', [{ subject, payload }])
  })
  platform.wake()
  return {}
}

export const share =
  (counter: Counter) =>
  async (
    { now }: PublicCtx,
    { params }: Input<typeof countPublicShare>,
    platform: Platform,
  ): Promise<Reply<typeof countPublicShare>> => {
    await withPublic(platform, now, params, async (_, tenantId, article) =>
      counter.count(tenantId, article.id, todayOf(now), 'portal', 'shares'),
    )
    return {}
  }
