import {
  type decideComment,
  type Input,
  type listComments,
  type listMyComments,
  type Reply,
  publishingRefusals as refusals,
  type takeCommentBack,
  type writeComment,
} from '@tongxin/contract'
import { isUsableText } from '@tongxin/domain/publishing/document'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { COMMENTS_A_DAY } from '../publishing.policy.ts'
import * as q from '../queries/comments.queries.ts'
import { demandShown } from './own.ts'

const DAY = 86_400_000
const subjectOf = ({ id, orgPath }: Pick<q.Comment, 'id' | 'orgPath'>) => ({ kind: 'publishing_comment', id, orgPath })
const placeOf = ({ at, id }: q.Comment) => ({ value: at.toISOString(), id })

export async function list(ctx: Ctx, { query }: Input<typeof listComments>): Promise<Reply<typeof listComments>> {
  const keyset = keysetOf(query, { at: 'c.at' }, '-at')
  const { state = null, kind = null, articleId = null, text = null } = query
  const found = await q.listComments(ctx.db, ctx.actor, { state, kind, articleId, text }, keyset)
  const { rows, next } = pageOfRows(found, keyset, placeOf)
  return {
    rows: rows.map(({ orgPath: _, personId: __, ...row }) => ({ ...row, at: row.at.toISOString() })),
    next,
    total: null,
  }
}

/** Shown or hidden; a decision may be changed, and what its author took back stays away. */
export async function decide(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof decideComment>,
): Promise<Reply<typeof decideComment>> {
  const comment = await q.lockComment(ctx.db, ctx.actor, params.id)
  if (!comment) throw refusals.not_found()
  const { isShown } = body
  const state = isShown ? ('shown' as const) : ('hidden' as const)
  if (comment.state === 'taken_back' || comment.state === state) throw refusals.not_possible()
  if (comment.personId === ctx.actor.personId) throw refusals.own_hand()
  const reason = body.reason?.trim() ?? ''
  if (!isShown && reason === '') throw refusals.comment_missing.at('/body/reason')
  if (!isUsableText(reason)) throw refusals.text_unusable.at('/body/reason')
  const decision = { state, reason: isShown ? null : reason, by: ctx.actor }
  await q.setCommentState(ctx.db, ctx.actor.tenantId, comment.id, decision, ctx.now)
  const payload = { title: comment.title, isShown }
  await publish(ctx, 'publishing.comment_decided', subjectOf(comment), payload, isShown ? {} : { reason })
  return { id: comment.id, state }
}

export async function listUnder(
  ctx: Ctx,
  { params, query }: Input<typeof listMyComments>,
): Promise<Reply<typeof listMyComments>> {
  const article = await demandShown(ctx, params.id)
  const keyset = keysetOf(query, { at: 'c.at' }, '-at')
  const found = await q.commentsUnder(ctx.db, ctx.actor, article.id, keyset)
  const { rows, next } = pageOfRows(found, keyset, placeOf)
  return {
    rows: rows.map(({ id, by, words, state, reason, personId, at }) => {
      const isMine = personId === ctx.actor.personId
      return { id, by: by ?? '', words, state, reason: isMine ? reason : null, isMine, at: at.toISOString() }
    }),
    next,
    total: null,
  }
}

export async function write(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof writeComment>,
): Promise<Reply<typeof writeComment>> {
  const article = await demandShown(ctx, params.id)
  if (article.comments === 'none') throw refusals.comments_closed()
  if (!isUsableText(body.words)) throw refusals.text_unusable.at('/body/words')
  const { tenantId, personId, personName } = ctx.actor
  const since = new Date(ctx.now.getTime() - DAY)
  if ((await q.ownSince(ctx.db, ctx.actor, article.id, since)) >= COMMENTS_A_DAY)
    throw refusals.too_many_comments({ retryAfter: 3600 })
  const state = article.comments === 'post' ? ('shown' as const) : ('waiting' as const)
  const { id: articleId, orgPath } = article
  const comment = { id: newId(ctx), articleId, orgPath, personId, by: personName, words: body.words.trim(), state }
  await q.insertComment(ctx.db, tenantId, { ...comment, kind: 'comment' }, ctx.now)
  const payload = { title: article.title, isShown: state === 'shown' }
  await publish(ctx, 'publishing.commented', { ...subjectOf(comment), personId }, payload)
  return { id: comment.id, state }
}

export async function takeBack(
  ctx: Ctx<Tx>,
  { params }: Input<typeof takeCommentBack>,
): Promise<Reply<typeof takeCommentBack>> {
  const comment = await q.lockOwnComment(ctx.db, ctx.actor, params.id)
  if (!comment) throw refusals.not_found()
  if (comment.state === 'taken_back') throw refusals.not_possible()
  const decision = { state: 'taken_back', reason: null, by: null } as const
  await q.setCommentState(ctx.db, ctx.actor.tenantId, comment.id, decision, ctx.now)
  const subject = { ...subjectOf(comment), personId: ctx.actor.personId }
  await publish(ctx, 'publishing.comment_taken_back', subject, { title: comment.title })
  return { id: comment.id, state: 'taken_back' }
}
