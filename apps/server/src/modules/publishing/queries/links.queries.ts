import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

export type DueLink = {
  id: string
  articleId: string
  orgPath: string
  title: string
  url: string
  state: string
  failures: number
}

/** Links of what is shown that were not asked for since `before`, the longest ago first. */
export async function dueLinks(db: Db, tenantId: string, before: Date, most: number): Promise<DueLink[]> {
  const { rows } = await sql<DueLink>`select l.id, l.article_id as "articleId", l.org_path as "orgPath", a.title, l.url,
      l.state, l.failures
    from publishing_link l
    join publishing_article a on a.tenant_id = ${tenantId}::uuid and a.id = l.article_id and a.state = 'released'
    where l.tenant_id = ${tenantId}::uuid and a.tenant_id = ${tenantId}::uuid
      and (l.checked_at is null or l.checked_at < ${before}::timestamptz)
    order by l.checked_at nulls first, l.id limit ${most}`.execute(db)
  return rows
}

export type LinkFound = {
  readonly state: 'unchecked' | 'sound' | 'broken'
  readonly said: string | null
  readonly failures: number
}
export async function setLinkFound(tx: Tx, tenantId: string, id: string, found: LinkFound, at: Date): Promise<void> {
  await tx
    .updateTable('publishing_link')
    .set({ ...found, checked_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
