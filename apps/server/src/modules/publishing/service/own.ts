import {
  type ArticleCard,
  type countShare,
  type Input,
  type listMyArticles,
  type listMyColumns,
  type ReadArticle,
  type Reply,
  type readMyArticle,
  publishingRefusals as refusals,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import type { Counter } from '../counter.ts'
import { shownCount } from '../queries/comments.queries.ts'
import * as q from '../queries/readers.queries.ts'
import { publicPathOf } from './reading.ts'

/** Articles for whoever is signed in. */

const MOST_PINNED = 5
export const readerOf = ({ actor, now }: Pick<Ctx, 'actor' | 'now'>): q.Reader => ({
  tenantId: actor.tenantId,
  actor,
  today: todayOf(now),
})

/** @throws Refusal `publishing.not_found` also for what is there and not for the reader */
export async function demandShown(ctx: Ctx | Ctx<Tx>, id: string): Promise<q.Shown> {
  const article = await q.findShown(ctx.db, readerOf(ctx), id)
  if (!article) throw refusals.not_found()
  return article
}

const cardOf = (article: q.Shown): ArticleCard => ({
  id: article.id,
  title: article.title,
  summary: article.content.summary,
  columnId: article.columnId,
  columnName: article.columnName,
  kind: article.kind,
  orgName: article.unitName,
  coverId: article.content.coverId ?? null,
  isPinned: article.isPinned,
  releasedAt: article.releasedAt.toISOString(),
})

export async function columns(ctx: Ctx): Promise<Reply<typeof listMyColumns>> {
  const found = await q.columnsRead(ctx.db, readerOf(ctx))
  return { rows: found.map(({ id, name, kind, unitName }) => ({ id, name, kind, orgName: unitName })) }
}

export async function list(ctx: Ctx, { query }: Input<typeof listMyArticles>): Promise<Reply<typeof listMyArticles>> {
  const keyset = keysetOf(query, { releasedAt: 'a.released_at' }, '-releasedAt')
  const filter = { columnId: query.columnId ?? null, kind: query.kind ?? null, text: query.text ?? null }
  const found = await q.listShown(ctx.db, readerOf(ctx), filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, ({ releasedAt, id }) => ({ value: releasedAt.toISOString(), id }))
  const isFirst = query.cursor === undefined && query.text === undefined
  const pinned = isFirst ? await q.listPinned(ctx.db, readerOf(ctx), filter, MOST_PINNED) : []
  return { rows: rows.map(cardOf), next, total: null, pinned: pinned.map(cardOf) }
}

export const read =
  (counter: Counter) =>
  async (ctx: Ctx, { params }: Input<typeof readMyArticle>): Promise<ReadArticle> => {
    const article = await demandShown(ctx, params.id)
    const { content } = article
    counter.count(ctx.actor.tenantId, article.id, todayOf(ctx.now), 'member', 'reads')
    return {
      ...cardOf(article),
      author: content.author,
      origin: content.origin,
      document: content.document,
      sourceUnit: content.source?.unit ?? null,
      sourceUrl: content.source?.url ?? null,
      openness: content.openness ?? null,
      shown: content.showcase
        ? { subject: content.showcase.subject, name: content.showcase.name, honours: content.showcase.honours }
        : null,
      corrections: article.corrections,
      mayComment: article.comments !== 'none',
      isReviewedFirst: article.comments === 'pre',
      comments: await shownCount(ctx.db, ctx.actor.tenantId, article.id),
      publicPath:
        content.openness?.scope === 'party'
          ? null
          : await publicPathOf(ctx, { ...article, state: 'released', isListed: true }),
    }
  }

export const share =
  (counter: Counter) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof countShare>): Promise<Reply<typeof countShare>> => {
    const article = await demandShown(ctx, params.id)
    counter.count(ctx.actor.tenantId, article.id, todayOf(ctx.now), 'member', 'shares')
    return {}
  }
