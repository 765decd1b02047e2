import {
  type ArticleChanged,
  type finishArticle,
  type Input,
  type pinArticle,
  publishingRefusals as refusals,
  type restoreArticle,
  type reviewArticle,
  type scheduleArticle,
  type withdrawArticle,
} from '@tongxin/contract'
import { isUsableText } from '@tongxin/domain/publishing/document'
import { isOwnHand } from '@tongxin/domain/publishing/stages'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { SCHEDULED_WITHIN_DAYS } from '../publishing.policy.ts'
import type { Article } from '../queries/articles.queries.ts'
import { columnOf, countUpStamp } from '../queries/columns.queries.ts'
import * as t from '../queries/texts.queries.ts'
import { demandWhole } from './checks.ts'
import { demandLocked, demandReleasable, demandWorking, releaseText, step, subjectOf } from './hands.ts'

/** The second and the third hand, and what is done with an article that is shown. */

const DAY = 86_400_000

function demandOtherHand(ctx: Ctx<Tx>, article: Article, text: t.Text): void {
  if (article.stage !== null && isOwnHand(article.stage, text, ctx.actor.personId)) throw refusals.own_hand()
}
function commentOf(body: { readonly isPassed: boolean; readonly comment?: string }): string | null {
  const comment = body.comment?.trim() ?? ''
  if (!body.isPassed && comment === '') throw refusals.comment_missing.at('/body/comment')
  if (!isUsableText(comment)) throw refusals.text_unusable.at('/body/comment')
  return comment === '' ? null : comment
}
const why = (comment: string | null) => (comment === null ? {} : { reason: comment })

export async function review(ctx: Ctx<Tx>, { params, body }: Input<typeof reviewArticle>): Promise<ArticleChanged> {
  const article = await demandLocked(ctx, params.id)
  const text = await demandWorking(ctx, article, 'pass')
  demandOtherHand(ctx, article, text)
  const comment = commentOf(body)
  const { tenantId, personId, personName } = ctx.actor
  const { isPassed } = body
  if (isPassed) await t.setText(ctx.db, tenantId, text.id, { reviewerId: personId, reviewerName: personName })
  const stage = isPassed ? 'final' : 'editing'
  const answer = await step(ctx, article, { stage }, isPassed ? 'passed' : 'returned', comment)
  const payload = { title: text.content.title, isPassed }
  await publish(ctx, 'publishing.reviewed', subjectOf(article), payload, why(comment))
  return answer
}

export async function finish(ctx: Ctx<Tx>, { params, body }: Input<typeof finishArticle>): Promise<ArticleChanged> {
  const article = await demandReleasable(ctx, params.id)
  // Also what waits for its hour can be returned.
  const text = await demandWorking(ctx, article, body.isPassed ? 'finish' : 'return')
  if (article.stage === 'review') throw refusals.not_possible({ stage: article.stage })
  demandOtherHand(ctx, article, text)
  const comment = commentOf(body)
  const payload = { title: text.content.title, isPassed: body.isPassed }
  const { tenantId, personId, personName } = ctx.actor
  if (!body.isPassed) {
    const nobody = { reviewerId: null, reviewerName: null, finisherId: null, finisherName: null, releaseAt: null }
    await t.setText(ctx.db, tenantId, text.id, nobody)
    const answer = await step(ctx, article, { stage: 'editing' }, 'returned', comment)
    await publish(ctx, 'publishing.finished', subjectOf(article), payload, why(comment))
    return answer
  }
  const column = await columnOf(ctx.db, tenantId, article.columnId)
  if (!column.isOpen) throw refusals.column_closed()
  demandWhole(text.content, column)
  const releaseAt = body.releaseAt === undefined ? null : hourOf(ctx, body.releaseAt)
  await t.setText(ctx.db, tenantId, text.id, { finisherId: personId, finisherName: personName, releaseAt })
  const answer = await step(ctx, article, { stage: 'ready' }, 'finished', comment)
  await publish(ctx, 'publishing.finished', subjectOf(article), payload, why(comment))
  return releaseAt === null ? releaseText(ctx, { ...article, ...answer }, text) : answer
}

function hourOf(ctx: Ctx<Tx>, asked: string): Date {
  const at = new Date(asked)
  if (at <= ctx.now || at.getTime() > ctx.now.getTime() + SCHEDULED_WITHIN_DAYS * DAY)
    throw refusals.release_past.at('/body/releaseAt')
  return at
}

export async function schedule(ctx: Ctx<Tx>, { params, body }: Input<typeof scheduleArticle>): Promise<ArticleChanged> {
  const article = await demandReleasable(ctx, params.id)
  const text = await demandWorking(ctx, article, 'release')
  if (body.releaseAt === null) return releaseText(ctx, article, text)
  const releaseAt = hourOf(ctx, body.releaseAt)
  await t.setText(ctx.db, ctx.actor.tenantId, text.id, { releaseAt })
  const answer = await step(ctx, article, {}, 'scheduled', releaseAt.toISOString())
  const payload = { title: text.content.title, releaseAt: releaseAt.toISOString() }
  await publish(ctx, 'publishing.scheduled', subjectOf(article), payload)
  return answer
}

export async function pin(ctx: Ctx<Tx>, { params, body }: Input<typeof pinArticle>): Promise<ArticleChanged> {
  const article = await demandReleasable(ctx, params.id)
  const { isPinned } = body
  if (article.state !== 'released' || article.isPinned === isPinned) throw refusals.not_possible()
  const answer = await step(ctx, article, { isPinned }, isPinned ? 'pinned' : 'unpinned')
  await countUpStamp(ctx.db, ctx.actor.tenantId)
  await publish(ctx, 'publishing.pinned', subjectOf(article), { title: article.title, isPinned })
  return answer
}

/** Off at once, for everybody; a correction under way stays where it is. */
export async function withdraw(ctx: Ctx<Tx>, { params, body }: Input<typeof withdrawArticle>): Promise<ArticleChanged> {
  const article = await demandReleasable(ctx, params.id)
  if (article.state !== 'released') throw refusals.not_possible({ stage: article.stage })
  const { isConsentWithdrawn = false } = body
  if (isConsentWithdrawn && article.kind !== 'showcase') throw refusals.not_possible()
  const reason = body.reason.trim()
  if (!isUsableText(reason)) throw refusals.text_unusable.at('/body/reason')
  const change = { state: 'withdrawn', reason, isConsentWithdrawn, isPinned: false } as const
  const answer = await step(ctx, article, change, 'withdrawn', reason)
  await countUpStamp(ctx.db, ctx.actor.tenantId)
  const payload = { title: article.title, isConsentWithdrawn }
  await publish(ctx, 'publishing.withdrawn', subjectOf(article), payload, { reason })
  return answer
}

export async function restore(ctx: Ctx<Tx>, { params, body }: Input<typeof restoreArticle>): Promise<ArticleChanged> {
  const article = await demandReleasable(ctx, params.id)
  if (article.state !== 'withdrawn' || article.content === null) throw refusals.not_possible({ stage: article.stage })
  if (article.isConsentWithdrawn) throw refusals.consent_withdrawn()
  const reason = body.reason.trim()
  if (!isUsableText(reason)) throw refusals.text_unusable.at('/body/reason')
  const answer = await step(ctx, article, { state: 'released', reason: null }, 'restored', reason)
  await countUpStamp(ctx.db, ctx.actor.tenantId)
  await publish(ctx, 'publishing.restored', subjectOf(article), { title: article.title }, { reason })
  return answer
}
