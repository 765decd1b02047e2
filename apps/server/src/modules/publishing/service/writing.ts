import {
  type ArticleChanged,
  type correctArticle,
  type draftArticle,
  type dropArticle,
  type Input,
  publishingRefusals as refusals,
  type saveArticle,
  type submitArticle,
  type takeArticleBack,
} from '@tongxin/contract'
import { isUsableText } from '@tongxin/domain/publishing/document'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { isWithin, reaches } from '../../../platform/scope.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { findUnit } from '../../org/index.ts'
import * as q from '../queries/articles.queries.ts'
import { columnOf, findColumn } from '../queries/columns.queries.ts'
import * as t from '../queries/texts.queries.ts'
import { attachPictures, demandSavable, demandWhole, todayIn } from './checks.ts'
import { demandLocked, demandWorking, step, subjectOf } from './hands.ts'

/** The first hand: drafting, saving, handing in, correcting what is shown. */

const usable = (words: string, at: string): string => {
  if (!isUsableText(words)) throw refusals.text_unusable.at(at)
  return words.trim()
}

export async function draft(ctx: Ctx<Tx>, { body }: Input<typeof draftArticle>): Promise<ArticleChanged> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit || unit.dissolvedOn !== null || !reaches(ctx.actor, unit.path)) throw refusals.no_such_org.at('/body/orgId')
  const column = await findColumn(ctx.db, ctx.actor, body.columnId)
  if (!column || !isWithin(unit.path, column.orgPath)) throw refusals.no_such_column.at('/body/columnId')
  if (!column.isOpen) throw refusals.column_closed.at('/body/columnId')
  demandSavable(body.text, column, todayIn(ctx))
  const { tenantId, personId, personName } = ctx.actor
  const { kind, audience } = column
  const article = {
    id: newId(ctx),
    columnId: column.id,
    columnPath: column.orgPath,
    kind,
    unitId: unit.id,
    orgPath: unit.path,
    unitName: unit.name,
    audience,
    title: body.text.title.trim(),
  }
  await q.insertArticle(ctx.db, tenantId, article, ctx.now)
  await attachPictures(ctx, article, body.text)
  await t.insertText(ctx.db, tenantId, {
    id: newId(ctx),
    articleId: article.id,
    orgPath: article.orgPath,
    number: 1,
    content: body.text,
    note: null,
    editorId: personId,
    editorName: personName,
  })
  const line = {
    id: newId(ctx),
    articleId: article.id,
    orgPath: article.orgPath,
    kind: 'drafted' as const,
    words: null,
  }
  await t.insertStep(ctx.db, ctx.actor, { ...line, at: ctx.now })
  await publish(ctx, 'publishing.drafted', subjectOf(article), { title: article.title, column: column.name })
  return { id: article.id, state: 'draft', stage: 'editing', version: 1 }
}

/** Whoever saves is a first hand: nobody who wrote at a text passes it. */
export async function save(ctx: Ctx<Tx>, { params, body }: Input<typeof saveArticle>): Promise<ArticleChanged> {
  const article = await demandLocked(ctx, params.id)
  const text = await demandWorking(ctx, article, 'save')
  demandVersion(ctx, article.version)
  const column = await columnOf(ctx.db, ctx.actor.tenantId, article.columnId)
  demandSavable(body.text, column, todayIn(ctx))
  await attachPictures(ctx, article, body.text)
  const { tenantId, personId, personName } = ctx.actor
  const note = body.note === undefined || text.note === null ? {} : { note: usable(body.note, '/body/note') }
  const editorIds = [...new Set([...text.editorIds, personId])]
  const by = { editorId: personId, editorName: personName, editorIds }
  await t.setText(ctx.db, tenantId, text.id, { content: body.text, ...note, ...by })
  const title = body.text.title.trim()
  // The list shows the title that readers see, so that of a correction waits for its release.
  const answer = await step(ctx, article, article.state === 'draft' ? { title } : {}, 'saved')
  await publish(ctx, 'publishing.saved', subjectOf(article), { title })
  return answer
}

export async function submit(ctx: Ctx<Tx>, { params }: Input<typeof submitArticle>): Promise<ArticleChanged> {
  const article = await demandLocked(ctx, params.id)
  const text = await demandWorking(ctx, article, 'submit')
  const column = await columnOf(ctx.db, ctx.actor.tenantId, article.columnId)
  if (!column.isOpen) throw refusals.column_closed()
  // The column may allow less than when the text was saved.
  demandSavable(text.content, column, todayIn(ctx))
  demandWhole(text.content, column)
  await t.setText(ctx.db, ctx.actor.tenantId, text.id, { reviewerId: null, reviewerName: null })
  const answer = await step(ctx, article, { stage: 'review' }, 'submitted')
  await publish(ctx, 'publishing.submitted', subjectOf(article), { title: text.content.title })
  return answer
}

export async function takeBack(ctx: Ctx<Tx>, { params }: Input<typeof takeArticleBack>): Promise<ArticleChanged> {
  const article = await demandLocked(ctx, params.id)
  const text = await demandWorking(ctx, article, 'take_back')
  const answer = await step(ctx, article, { stage: 'editing' }, 'taken_back')
  await publish(ctx, 'publishing.taken_back', subjectOf(article), { title: text.content.title })
  return answer
}

/** A correction begins with what is shown, which stays as it is until three hands have passed the new text. */
export async function correct(ctx: Ctx<Tx>, { params, body }: Input<typeof correctArticle>): Promise<ArticleChanged> {
  const article = await demandLocked(ctx, params.id)
  if (article.state !== 'released' || article.stage !== null || article.content === null)
    throw refusals.not_possible({ stage: article.stage })
  const { tenantId, personId, personName } = ctx.actor
  const note = usable(body.note, '/body/note')
  const last = await t.lastText(ctx.db, tenantId, article.id)
  await t.insertText(ctx.db, tenantId, {
    id: newId(ctx),
    articleId: article.id,
    orgPath: article.orgPath,
    number: (last?.number ?? 0) + 1,
    content: article.content,
    note,
    editorId: personId,
    editorName: personName,
  })
  const answer = await step(ctx, article, { stage: 'editing' }, 'correcting', note)
  await publish(ctx, 'publishing.correcting', subjectOf(article), { title: article.title }, { reason: note })
  return answer
}

/** Gives up a draft, or the correction of what stays shown as it is. */
export async function drop(ctx: Ctx<Tx>, { params, body }: Input<typeof dropArticle>): Promise<ArticleChanged> {
  const article = await demandLocked(ctx, params.id)
  const text = await demandWorking(ctx, article, 'save')
  const reason = usable(body.reason, '/body/reason')
  await t.setText(ctx.db, ctx.actor.tenantId, text.id, { state: 'dropped' })
  const change: q.ArticleChange =
    article.state === 'draft' ? { state: 'withdrawn', stage: null, reason } : { stage: null }
  const answer = await step(ctx, article, change, 'dropped', reason)
  await publish(ctx, 'publishing.dropped', subjectOf(article), { title: article.title }, { reason })
  return answer
}
