import {
  type ArticleFilter,
  type ArticleRecord,
  type ArticleRow,
  type Input,
  type listArticles,
  type Reply,
  type readArticle,
  type readArticleSpread,
  type readArticleVersion,
  publishingRefusals as refusals,
} from '@tongxin/contract'
import { isOwnHand, stageAfter } from '@tongxin/domain/publishing/stages'
import type { Actor, Ctx, Tx } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { reaches } from '../../../platform/scope.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { findUnit } from '../../org/index.ts'
import { SPREAD_DAYS } from '../publishing.policy.ts'
import * as q from '../queries/articles.queries.ts'
import { columnOf } from '../queries/columns.queries.ts'
import { shownCount } from '../queries/comments.queries.ts'
import { byDay, bySource } from '../queries/counts.queries.ts'
import * as t from '../queries/texts.queries.ts'
import { mayRelease } from './hands.ts'

const SORTS = { updatedAt: 'a.updated_at', releasedAt: 'a.released_at' } as const

/** What a filter asks for. @throws Refusal `publishing.no_such_org` */
export async function askedOf(ctx: Ctx | Ctx<Tx>, filter: ArticleFilter, at: string): Promise<q.ArticlesAsked> {
  const { columnId = null, kind = null, standing = null, text = null, broken = false, orgId, below = true } = filter
  const asked = { columnId, kind, standing, text, isBroken: broken, isBelow: below, path: null }
  if (orgId === undefined) return asked
  const unit = await findUnit(ctx.db, ctx.actor, orgId)
  if (!unit || !reaches(ctx.actor, unit.path)) throw refusals.no_such_org.at(`${at}/orgId`)
  return { ...asked, path: unit.path }
}

export const rowOf = (row: q.Listed): ArticleRow => ({
  id: row.id,
  title: row.title,
  columnId: row.columnId,
  columnName: row.columnName,
  kind: row.kind,
  orgId: row.unitId,
  orgName: row.unitName,
  state: row.state,
  stage: row.stage,
  isPinned: row.isPinned,
  editor: row.editor,
  releaseAt: row.releaseAt?.toISOString() ?? null,
  releasedAt: row.releasedAt?.toISOString() ?? null,
  updatedAt: row.updatedAt.toISOString(),
  reads: row.reads,
  brokenLinks: row.brokenLinks,
})

export async function list(ctx: Ctx, { query }: Input<typeof listArticles>): Promise<Reply<typeof listArticles>> {
  const keyset = keysetOf(query, SORTS, '-updatedAt')
  const { sort: _, cursor: __, limit: ___, ...filter } = query
  const found = await q.listArticles(ctx.db, ctx.actor, await askedOf(ctx, filter, '/query'), keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: (keyset.column === SORTS.updatedAt ? row.updatedAt : row.releasedAt)?.toISOString() ?? null,
    id: row.id,
  }))
  return { rows: rows.map(rowOf), next, total: null }
}

async function demandSeen(ctx: Ctx, id: string): Promise<q.Article> {
  const article = await q.findArticle(ctx.db, ctx.actor, id)
  if (!article) throw refusals.not_found()
  return article
}

/** What the post may do with the article now; the steps themselves ask again. */
function mayOf(actor: Actor, article: q.Article, working: t.Text | undefined): ArticleRecord['may'] {
  const { stage, state } = article
  const can = actor.permissions
  const is = (act: Parameters<typeof stageAfter>[1]) => stage !== null && stageAfter(stage, act) !== null
  const isOther = stage !== null && working !== undefined && !isOwnHand(stage, working, actor.personId)
  const last = mayRelease(actor, article)
  return {
    save: is('save') && can.has('publishing.write'),
    takeBack: is('take_back') && can.has('publishing.write'),
    review: is('pass') && can.has('publishing.review') && isOther,
    finish: is('finish') && last && isOther,
    schedule: is('release') && last,
    withdraw: state === 'released' && last,
    restore: state === 'withdrawn' && article.content !== null && !article.isConsentWithdrawn && last,
    correct: state === 'released' && stage === null && can.has('publishing.write'),
  }
}

export async function read(ctx: Ctx, { params }: Input<typeof readArticle>): Promise<ArticleRecord> {
  const article = await demandSeen(ctx, params.id)
  const { tenantId } = ctx.actor
  const working = await t.workingText(ctx.db, tenantId, article.id)
  const last = working ?? (article.content === null ? await t.lastText(ctx.db, tenantId, article.id) : undefined)
  const content = last?.content ?? article.content
  if (content === null) throw refusals.not_found()
  const column = await columnOf(ctx.db, tenantId, article.columnId)
  const links = await t.linksOf(ctx.db, tenantId, article.id)
  const sources = await bySource(ctx.db, tenantId, article.id)
  const versions = await t.versionsOf(ctx.db, tenantId, article.id)
  const steps = await t.stepsOf(ctx.db, tenantId, article.id)
  const row = {
    ...article,
    editor: working?.editorName ?? null,
    releaseAt: working?.releaseAt ?? null,
    reads: sources.reduce((sum, { reads }) => sum + reads, 0),
    brokenLinks: links.filter(({ state }) => state === 'broken').length,
  }
  return {
    ...rowOf(row),
    audience: article.audience,
    comments: column.comments,
    text: content,
    note: working?.note ?? null,
    reviewer: working?.reviewerName ?? null,
    finisher: working?.finisherName ?? null,
    reason: article.reason,
    isConsentWithdrawn: article.isConsentWithdrawn,
    corrections: article.corrections,
    steps: steps.map((step) => ({ ...step, at: step.at.toISOString() })),
    versions: versions.map((one) => ({ ...one, shownAt: one.shownAt?.toISOString() ?? null })),
    links: links.map((link) => ({ ...link, checkedAt: link.checkedAt?.toISOString() ?? null })),
    publicPath: await publicPathOf(ctx, article),
    may: mayOf(ctx.actor, article, working),
    version: article.version,
  }
}

/** Where the public reads an article; null while it does not. */
export async function publicPathOf(
  ctx: Ctx,
  article: { readonly id: string; readonly audience: string; readonly state: string; readonly isListed: boolean },
): Promise<string | null> {
  if (article.audience !== 'public' || article.state !== 'released' || !article.isListed) return null
  const { path } = await tenantOf(ctx.db, ctx.actor.tenantId)
  return `/portal/${path}/a/${article.id}`
}

export async function readVersion(
  ctx: Ctx,
  { params }: Input<typeof readArticleVersion>,
): Promise<Reply<typeof readArticleVersion>> {
  const article = await demandSeen(ctx, params.id)
  const text = await t.textNumbered(ctx.db, ctx.actor.tenantId, article.id, params.number)
  if (!text) throw refusals.not_found()
  return { number: text.number, text: text.content }
}

export async function spread(
  ctx: Ctx,
  { params }: Input<typeof readArticleSpread>,
): Promise<Reply<typeof readArticleSpread>> {
  const { id } = await demandSeen(ctx, params.id)
  const { tenantId } = ctx.actor
  const sources = await bySource(ctx.db, tenantId, id)
  return {
    reads: sources.reduce((sum, { reads }) => sum + reads, 0),
    shares: sources.reduce((sum, { shares }) => sum + shares, 0),
    comments: await shownCount(ctx.db, tenantId, id),
    sources,
    days: await byDay(ctx.db, tenantId, id, SPREAD_DAYS),
  }
}
