import type { CommentState } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'
import { paged } from './paged.ts'

export type Comment = {
  id: string
  articleId: string
  title: string
  orgPath: string
  kind: 'comment' | 'feedback'
  personId: string | null
  by: string | null
  words: string
  state: CommentState
  reason: string | null
  decidedBy: string | null
  at: Date
}

const comments = (db: Db, tenantId: string) =>
  db
    .selectFrom('publishing_comment as c')
    .innerJoin('publishing_article as a', (join) =>
      join.on('a.tenant_id', '=', tenantId).onRef('a.id', '=', 'c.article_id'),
    )
    .select([
      'c.id',
      'c.article_id as articleId',
      'a.title',
      'c.org_path as orgPath',
      'c.kind',
      'c.person_id as personId',
      'c.by_name as by',
      'c.words',
      'c.state',
      'c.reason',
      'c.decided_by as decidedBy',
      'c.at',
    ])
    .where('c.tenant_id', '=', tenantId)
    .where('a.tenant_id', '=', tenantId)

export type CommentFilter = {
  readonly state: CommentState | null
  readonly kind: Comment['kind'] | null
  readonly articleId: string | null
  readonly text: string | null
}
export async function listComments(db: Db, actor: Actor, filter: CommentFilter, keyset: Keyset): Promise<Comment[]> {
  let select = comments(db, actor.tenantId).where(inReach('c.org_path', actor))
  if (filter.state !== null) select = select.where('c.state', '=', filter.state)
  if (filter.kind !== null) select = select.where('c.kind', '=', filter.kind)
  if (filter.articleId !== null) select = select.where('c.article_id', '=', filter.articleId)
  if (filter.text !== null) select = select.where('c.words', 'like', containing(filter.text))
  return paged<Comment>(select, keyset, 'c.id')
}
export async function lockComment(tx: Tx, actor: Actor, id: string): Promise<Comment | undefined> {
  const select = comments(tx, actor.tenantId).where('c.id', '=', id).where(inReach('c.org_path', actor))
  return (await select.forUpdate('c').executeTakeFirst()) as Comment | undefined
}
export async function lockOwnComment(tx: Tx, actor: Actor, id: string): Promise<Comment | undefined> {
  const select = comments(tx, actor.tenantId).where('c.id', '=', id).where('c.person_id', '=', actor.personId)
  return (await select.forUpdate('c').executeTakeFirst()) as Comment | undefined
}
/** Comments under one article that are shown, and the reader's own, the newest first. */
export async function commentsUnder(db: Db, actor: Actor, articleId: string, keyset: Keyset): Promise<Comment[]> {
  const select = comments(db, actor.tenantId)
    .where('c.article_id', '=', articleId)
    .where('c.kind', '=', 'comment')
    .where((eb) =>
      eb.or([
        eb('c.state', '=', 'shown'),
        eb.and([eb('c.person_id', '=', actor.personId), eb('c.state', '<>', 'taken_back')]),
      ]),
    )
  return paged<Comment>(select, keyset, 'c.id')
}
export async function shownCount(db: Db, tenantId: string, articleId: string): Promise<number> {
  const { count } = await db
    .selectFrom('publishing_comment')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('tenant_id', '=', tenantId)
    .where('article_id', '=', articleId)
    .where('state', '=', 'shown')
    .executeTakeFirstOrThrow()
  return count
}
export async function ownSince(db: Db, actor: Actor, articleId: string, since: Date): Promise<number> {
  const { count } = await db
    .selectFrom('publishing_comment')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('tenant_id', '=', actor.tenantId)
    .where('article_id', '=', articleId)
    .where('person_id', '=', actor.personId)
    .where('at', '>=', since)
    .executeTakeFirstOrThrow()
  return count
}

export type NewComment = Pick<Comment, 'id' | 'articleId' | 'orgPath' | 'kind' | 'personId' | 'by' | 'words' | 'state'>
export async function insertComment(tx: Tx, tenantId: string, comment: NewComment, at: Date): Promise<void> {
  await tx
    .insertInto('publishing_comment')
    .values({
      tenant_id: tenantId,
      id: comment.id,
      article_id: comment.articleId,
      org_path: comment.orgPath,
      kind: comment.kind,
      person_id: comment.personId,
      by_name: comment.by,
      words: comment.words,
      state: comment.state,
      at,
    })
    .execute()
}
export async function setCommentState(
  tx: Tx,
  tenantId: string,
  id: string,
  decision: {
    readonly state: CommentState
    readonly reason: string | null
    readonly by: Pick<Actor, 'personId' | 'personName'> | null
  },
  at: Date,
): Promise<void> {
  const { state, reason, by } = decision
  await tx
    .updateTable('publishing_comment')
    .set({
      state,
      reason,
      decided_by: by?.personName ?? null,
      decided_by_id: by?.personId ?? null,
      decided_at: by ? at : null,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
