import type { ArticleStepKind, ArticleText, ArticleVersion, LinkState } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'

export type Text = {
  id: string
  articleId: string
  number: number
  state: 'working' | 'shown' | 'dropped'
  content: ArticleText
  note: string | null
  editorId: string
  editorName: string
  /** Everybody who wrote at it. */
  editorIds: string[]
  reviewerId: string | null
  reviewerName: string | null
  finisherId: string | null
  finisherName: string | null
  releaseAt: Date | null
  shownAt: Date | null
}

const texts = (db: Db, tenantId: string, articleId: string) =>
  db
    .selectFrom('publishing_text')
    .select([
      'id',
      'article_id as articleId',
      'number',
      'state',
      'content',
      'note',
      'editor_id as editorId',
      'editor_name as editorName',
      'editor_ids as editorIds',
      'reviewer_id as reviewerId',
      'reviewer_name as reviewerName',
      'finisher_id as finisherId',
      'finisher_name as finisherName',
      'release_at as releaseAt',
      'shown_at as shownAt',
    ])
    .where('tenant_id', '=', tenantId)
    .where('article_id', '=', articleId)

/** The text that is worked on, if any: whoever changes it holds its article. */
export async function workingText(db: Db, tenantId: string, articleId: string): Promise<Text | undefined> {
  return (await texts(db, tenantId, articleId).where('state', '=', 'working').executeTakeFirst()) as Text | undefined
}
export async function textNumbered(
  db: Db,
  tenantId: string,
  articleId: string,
  number: number,
): Promise<Text | undefined> {
  return (await texts(db, tenantId, articleId).where('number', '=', number).executeTakeFirst()) as Text | undefined
}
/** The text that was last worked on, also where it was given up: for a record that shows nothing else. */
export async function lastText(db: Db, tenantId: string, articleId: string): Promise<Text | undefined> {
  return (await texts(db, tenantId, articleId).orderBy('number', 'desc').limit(1).executeTakeFirst()) as
    | Text
    | undefined
}

/** Versions, the newest first. */
export async function versionsOf(
  db: Db,
  tenantId: string,
  articleId: string,
): Promise<(Omit<ArticleVersion, 'shownAt'> & { shownAt: Date | null })[]> {
  return db
    .selectFrom('publishing_text')
    .select([
      'number',
      'note',
      'editor_name as editor',
      'reviewer_name as reviewer',
      'finisher_name as finisher',
      'shown_at as shownAt',
    ])
    .where('tenant_id', '=', tenantId)
    .where('article_id', '=', articleId)
    .orderBy('number', 'desc')
    .limit(200)
    .execute()
}

export type NewText = Pick<Text, 'id' | 'articleId' | 'number' | 'content' | 'note' | 'editorId' | 'editorName'> & {
  readonly orgPath: string
}
export async function insertText(tx: Tx, tenantId: string, text: NewText): Promise<void> {
  await tx
    .insertInto('publishing_text')
    .values({
      tenant_id: tenantId,
      id: text.id,
      article_id: text.articleId,
      org_path: text.orgPath,
      number: text.number,
      state: 'working',
      content: JSON.stringify(text.content),
      note: text.note,
      editor_id: text.editorId,
      editor_name: text.editorName,
      editor_ids: [text.editorId],
    })
    .execute()
}

export type TextChange = Partial<Omit<Text, 'id' | 'articleId' | 'number'>>
export async function setText(tx: Tx, tenantId: string, id: string, change: TextChange): Promise<void> {
  const { content, ...rest } = change
  const named = {
    ...('state' in rest ? { state: rest.state } : {}),
    ...('note' in rest ? { note: rest.note } : {}),
    ...('editorId' in rest
      ? { editor_id: rest.editorId, editor_name: rest.editorName, editor_ids: rest.editorIds }
      : {}),
    ...('reviewerId' in rest ? { reviewer_id: rest.reviewerId, reviewer_name: rest.reviewerName } : {}),
    ...('finisherId' in rest ? { finisher_id: rest.finisherId, finisher_name: rest.finisherName } : {}),
    ...('releaseAt' in rest ? { release_at: rest.releaseAt } : {}),
    ...('shownAt' in rest ? { shown_at: rest.shownAt } : {}),
    ...(content === undefined ? {} : { content: JSON.stringify(content) }),
  }
  await tx.updateTable('publishing_text').set(named).where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

/** Articles whose hour has come, the earliest first. */
export async function dueForRelease(db: Db, tenantId: string, now: Date, most: number): Promise<string[]> {
  const { rows } = await sql<{ articleId: string }>`select t.article_id as "articleId" from publishing_text t
    where t.tenant_id = ${tenantId}::uuid and t.state = 'working' and t.finisher_id is not null
      and t.release_at <= ${now}::timestamptz
    order by t.release_at limit ${most}`.execute(db)
  return rows.map(({ articleId }) => articleId)
}

export type Step = { id: string; kind: ArticleStepKind; words: string | null; by: string; at: Date }
/** What happened to an article, the newest first. */
export async function stepsOf(db: Db, tenantId: string, articleId: string): Promise<Step[]> {
  return (await db
    .selectFrom('publishing_step')
    .select(['id', 'kind', 'words', 'by_name as by', 'at'])
    .where('tenant_id', '=', tenantId)
    .where('article_id', '=', articleId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute()) as Step[]
}
export async function insertStep(
  tx: Tx,
  actor: Pick<Actor, 'tenantId' | 'personName'>,
  step: Pick<Step, 'id' | 'kind' | 'words' | 'at'> & { readonly articleId: string; readonly orgPath: string },
): Promise<void> {
  await tx
    .insertInto('publishing_step')
    .values({
      tenant_id: actor.tenantId,
      id: step.id,
      article_id: step.articleId,
      org_path: step.orgPath,
      kind: step.kind,
      words: step.words,
      by_name: actor.personName,
      at: step.at,
    })
    .execute()
}

export async function linksOf(
  db: Db,
  tenantId: string,
  articleId: string,
): Promise<(Omit<LinkState, 'checkedAt'> & { checkedAt: Date | null })[]> {
  return (await db
    .selectFrom('publishing_link')
    .select(['url', 'state', 'said', 'checked_at as checkedAt'])
    .where('tenant_id', '=', tenantId)
    .where('article_id', '=', articleId)
    .orderBy('id')
    .execute()) as (Omit<LinkState, 'checkedAt'> & { checkedAt: Date | null })[]
}
/** The links of what is shown now: those that went are forgotten, those that stay keep what was found. */
export async function setLinks(
  tx: Tx,
  tenantId: string,
  article: { readonly id: string; readonly orgPath: string },
  links: readonly { readonly id: string; readonly url: string }[],
): Promise<void> {
  const urls = links.map(({ url }) => url)
  await sql`delete from publishing_link l where l.tenant_id = ${tenantId}::uuid and l.article_id = ${article.id}::uuid
    and not l.url = any(${urls}::text[])`.execute(tx)
  if (links.length === 0) return
  await sql`insert into publishing_link (tenant_id, id, article_id, org_path, url)
    select ${tenantId}::uuid, n.id, ${article.id}::uuid, ${article.orgPath}, n.url
    from unnest(${links.map(({ id }) => id)}::uuid[], ${urls}::text[]) as n (id, url)
    where not exists (select from publishing_link l where l.tenant_id = ${tenantId}::uuid
      and l.article_id = ${article.id}::uuid and l.url = n.url)`.execute(tx)
}
