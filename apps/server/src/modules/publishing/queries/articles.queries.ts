import type { ArticleText, Correction, Standing } from '@tongxin/contract'
import type { ArticleState, Audience, ColumnKind, Stage } from '@tongxin/domain/publishing/stages'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'
import { paged } from './paged.ts'

export type Article = {
  id: string
  columnId: string
  columnName: string
  columnPath: string
  kind: ColumnKind
  unitId: string
  orgPath: string
  unitName: string
  audience: Audience
  state: ArticleState
  stage: Stage | null
  title: string
  content: ArticleText | null
  isPinned: boolean
  isListed: boolean
  liveNumber: number
  corrections: Correction[]
  reason: string | null
  isConsentWithdrawn: boolean
  version: number
  releasedAt: Date | null
  updatedAt: Date
}

const articles = (db: Db, tenantId: string) =>
  db
    .selectFrom('publishing_article as a')
    .innerJoin('publishing_column as k', (join) =>
      join.on('k.tenant_id', '=', tenantId).onRef('k.id', '=', 'a.column_id'),
    )
    .select([
      'a.id',
      'a.column_id as columnId',
      'k.name as columnName',
      'k.org_path as columnPath',
      'a.kind',
      'a.unit_id as unitId',
      'a.org_path as orgPath',
      'a.unit_name as unitName',
      'a.audience',
      'a.state',
      'a.stage',
      'a.title',
      'a.content',
      'a.is_pinned as isPinned',
      'a.is_listed as isListed',
      'a.live_number as liveNumber',
      'a.corrections',
      'a.reason',
      'a.is_consent_withdrawn as isConsentWithdrawn',
      'a.version',
      'a.released_at as releasedAt',
      'a.updated_at as updatedAt',
    ])
    .where('a.tenant_id', '=', tenantId)
    .where('k.tenant_id', '=', tenantId)

export type ArticlesAsked = {
  readonly columnId: string | null
  readonly kind: ColumnKind | null
  readonly standing: Standing | null
  readonly path: string | null
  readonly isBelow: boolean
  readonly text: string | null
  readonly isBroken: boolean
}
export type Listed = Omit<Article, 'content' | 'corrections'> & {
  editor: string | null
  releaseAt: Date | null
  reads: number
  brokenLinks: number
}

export async function listArticles(db: Db, actor: Actor, asked: ArticlesAsked, keyset: Keyset): Promise<Listed[]> {
  const { tenantId } = actor
  let select = articles(db, tenantId)
    .leftJoin('publishing_text as w', (join) =>
      join.on('w.tenant_id', '=', tenantId).onRef('w.article_id', '=', 'a.id').on('w.state', '=', 'working'),
    )
    .select([
      'w.editor_name as editor',
      'w.release_at as releaseAt',
      sql<number>`(select coalesce(sum(c.reads), 0)::int from publishing_count c where c.tenant_id = ${tenantId}::uuid
        and c.article_id = a.id)`.as('reads'),
      sql<number>`(select count(*)::int from publishing_link l where l.tenant_id = ${tenantId}::uuid
        and l.article_id = a.id and l.state = 'broken')`.as('brokenLinks'),
    ])
    .where(inReach('a.org_path', actor))
  if (asked.columnId !== null) select = select.where('a.column_id', '=', asked.columnId)
  if (asked.kind !== null) select = select.where('a.kind', '=', asked.kind)
  if (asked.path !== null)
    select = select.where(asked.isBelow ? inScope('a.org_path', asked.path) : sql<boolean>`a.org_path = ${asked.path}`)
  if (asked.text !== null) select = select.where('a.title', 'like', containing(asked.text))
  if (asked.isBroken)
    select = select.where(sql<boolean>`exists (select from publishing_link l where l.tenant_id = ${tenantId}::uuid
      and l.article_id = a.id and l.state = 'broken')`)
  const { standing } = asked
  if (standing === 'released' || standing === 'withdrawn') select = select.where('a.state', '=', standing)
  else if (standing === 'correcting') select = select.where('a.state', '=', 'released').where('a.stage', 'is not', null)
  else if (standing !== null) select = select.where('a.stage', '=', standing)
  return paged<Listed>(select, keyset, 'a.id')
}

export async function findArticle(db: Db, actor: Actor, id: string): Promise<Article | undefined> {
  const select = articles(db, actor.tenantId).where('a.id', '=', id).where(inReach('a.org_path', actor))
  return (await select.executeTakeFirst()) as Article | undefined
}
export async function lockArticle(tx: Tx, actor: Actor, id: string): Promise<Article | undefined> {
  const select = articles(tx, actor.tenantId).where('a.id', '=', id).where(inReach('a.org_path', actor))
  return (await select.forUpdate('a').executeTakeFirst()) as Article | undefined
}
/** For jobs, which act for the tenant. */
export async function lockForTenant(tx: Tx, tenantId: string, id: string): Promise<Article | undefined> {
  return (await articles(tx, tenantId).where('a.id', '=', id).forUpdate('a').executeTakeFirst()) as Article | undefined
}

export type NewArticle = Pick<
  Article,
  'id' | 'columnId' | 'columnPath' | 'kind' | 'unitId' | 'orgPath' | 'unitName' | 'audience' | 'title'
>
export async function insertArticle(tx: Tx, tenantId: string, article: NewArticle, at: Date): Promise<void> {
  await tx
    .insertInto('publishing_article')
    .values({
      tenant_id: tenantId,
      id: article.id,
      column_id: article.columnId,
      unit_id: article.unitId,
      org_path: article.orgPath,
      unit_name: article.unitName,
      kind: article.kind,
      audience: article.audience,
      audience_path: article.columnPath,
      stage: 'editing',
      title: article.title,
      created_at: at,
      updated_at: at,
    })
    .execute()
}

export type ArticleChange = {
  readonly state?: ArticleState
  readonly stage?: Stage | null
  readonly title?: string
  readonly words?: string
  readonly content?: ArticleText
  readonly isPinned?: boolean
  readonly liveNumber?: number
  readonly corrections?: readonly Correction[]
  readonly reason?: string | null
  readonly isConsentWithdrawn?: boolean
  readonly releasedAt?: Date
}
/** Changes an article and counts its version up. @returns the new version */
export async function setArticle(
  tx: Tx,
  tenantId: string,
  article: Pick<Article, 'id' | 'version'>,
  change: ArticleChange,
  at: Date,
): Promise<number> {
  const { isPinned, liveNumber, isConsentWithdrawn, releasedAt, content, corrections, ...same } = change
  const version = article.version + 1
  await tx
    .updateTable('publishing_article')
    .set({
      ...same,
      ...(isPinned === undefined ? {} : { is_pinned: isPinned }),
      ...(liveNumber === undefined ? {} : { live_number: liveNumber }),
      ...(isConsentWithdrawn === undefined ? {} : { is_consent_withdrawn: isConsentWithdrawn }),
      ...(releasedAt === undefined ? {} : { released_at: releasedAt }),
      ...(content === undefined ? {} : { content: JSON.stringify(content) }),
      ...(corrections === undefined ? {} : { corrections: JSON.stringify(corrections) }),
      version,
      updated_at: at,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', article.id)
    .execute()
  return version
}
