import { type ArticleChanged, type ArticleStepKind, publishingRefusals as refusals } from '@tongxin/contract'
import { linksOfDocument, wordsOfDocument } from '@tongxin/domain/publishing/document'
import { type StageAct, stageAfter } from '@tongxin/domain/publishing/stages'
import type { Actor, Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publishAll, type Subject } from '../../../platform/events.ts'
import { reaches } from '../../../platform/scope.ts'
import * as q from '../queries/articles.queries.ts'
import { countUpStamp } from '../queries/columns.queries.ts'
import * as t from '../queries/texts.queries.ts'

/** What the steps of the three hands share: finding and locking, the line in the timeline, the release. */

export const subjectOf = ({ id, orgPath }: Pick<q.Article, 'id' | 'orgPath'>): Subject => ({
  kind: 'publishing_article',
  id,
  orgPath,
})

/** @throws Refusal `publishing.not_found` */
export async function demandLocked(ctx: Ctx<Tx>, id: string): Promise<q.Article> {
  const article = await q.lockArticle(ctx.db, ctx.actor, id)
  if (!article) throw refusals.not_found()
  return article
}
/** Whether the post has the last word: it acts for the unit of the column. */
export const mayRelease = (actor: Actor, article: Pick<q.Article, 'columnPath'>): boolean =>
  actor.permissions.has('publishing.release') && reaches(actor, article.columnPath)
/** @throws Refusal `publishing.not_found`, `publishing.not_yours` */
export async function demandReleasable(ctx: Ctx<Tx>, id: string): Promise<q.Article> {
  const article = await demandLocked(ctx, id)
  if (!mayRelease(ctx.actor, article)) throw refusals.not_yours()
  return article
}

/** The text that is worked on, where this act is possible. @throws Refusal `publishing.not_possible` */
export async function demandWorking(ctx: Ctx<Tx>, article: q.Article, act: StageAct): Promise<t.Text> {
  const text = await t.workingText(ctx.db, ctx.actor.tenantId, article.id)
  if (!text || article.stage === null || stageAfter(article.stage, act) === null)
    throw refusals.not_possible({ stage: article.stage })
  return text
}

export const changed = (article: q.Article, change: q.ArticleChange, version: number): ArticleChanged => ({
  id: article.id,
  state: change.state ?? article.state,
  stage: change.stage === undefined ? article.stage : change.stage,
  version,
})

/** Changes an article and adds the line to its timeline. */
export async function step(
  ctx: Ctx<Tx>,
  article: q.Article,
  change: q.ArticleChange,
  kind: ArticleStepKind,
  words: string | null = null,
): Promise<ArticleChanged> {
  const { tenantId } = ctx.actor
  const version = await q.setArticle(ctx.db, tenantId, article, change, ctx.now)
  const line = { id: newId(ctx), articleId: article.id, orgPath: article.orgPath, kind, words, at: ctx.now }
  await t.insertStep(ctx.db, ctx.actor, line)
  return changed(article, change, version)
}

type Releasing = {
  readonly db: Tx
  readonly now: Date
  readonly actor: { readonly tenantId: string; readonly personId: string | null; readonly personName: string }
}
/**
 * Shows the text that three hands have passed: the first one, or a correction, whose note is shown with it from then on.
 * The hour that was set may be a while ago where the machine was off.
 */
export async function releaseText(ctx: Releasing, article: q.Article, text: t.Text): Promise<ArticleChanged> {
  const { tenantId } = ctx.actor
  const { content, number, note } = text
  const change: q.ArticleChange = {
    state: 'released',
    stage: null,
    title: content.title,
    words: `${content.title}\n${content.summary}\n${wordsOfDocument(content.document)}`,
    content,
    liveNumber: number,
    reason: null,
    corrections: note === null ? article.corrections : [...article.corrections, { at: ctx.now.toISOString(), note }],
    // The place in the list stays where it was: a correction is no news.
    releasedAt: article.releasedAt ?? ctx.now,
  }
  const version = await q.setArticle(ctx.db, tenantId, article, change, ctx.now)
  await t.setText(ctx.db, tenantId, text.id, { state: 'shown', shownAt: ctx.now, releaseAt: null })
  const urls = [
    ...linksOfDocument(content.document).map(({ href }) => href),
    ...(content.source?.url === undefined ? [] : [content.source.url]),
  ].filter((url) => /^https?:/.test(url))
  await t.setLinks(
    ctx.db,
    tenantId,
    article,
    [...new Set(urls)].map((url) => ({ id: newId(ctx), url })),
  )
  await t.insertStep(ctx.db, ctx.actor, {
    id: newId(ctx),
    articleId: article.id,
    orgPath: article.orgPath,
    kind: 'released',
    words: note,
    at: ctx.now,
  })
  await countUpStamp(ctx.db, tenantId)
  const by = { tenantId, now: ctx.now, actorId: ctx.actor.personId }
  const payload = { title: content.title, column: article.columnName, number }
  await publishAll(ctx.db, by, 'publishing.released', [{ subject: subjectOf(article), payload }])
  return changed(article, change, version)
}
