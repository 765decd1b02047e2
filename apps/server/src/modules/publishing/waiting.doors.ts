import { sql } from 'kysely'
import type { Actor, Db } from '../../platform/ctx.ts'
import { inReach } from '../../platform/scope.ts'

/** What of publishing waits for a post: texts for its hand, never those it had a hand in, and comments to decide on. */
export async function publishingWaiting(db: Db, actor: Actor): Promise<{ key: string; count: number; path: string }[]> {
  if (actor.reach === 'self') return []
  const { tenantId, personId, permissions } = actor
  const rows: { key: string; count: number; path: string }[] = []
  const countAt = async (stage: 'editing' | 'review' | 'final') => {
    const isMine = sql`t.editor_id = ${personId}::uuid`
    const other =
      stage === 'editing'
        ? isMine
        : sql`${personId}::uuid <> all(t.editor_ids) and t.reviewer_id is distinct from ${personId}::uuid`
    const { rows: found } = await sql<{ count: number }>`select count(*)::int as count
      from publishing_article a
      join publishing_text t on t.tenant_id = ${tenantId}::uuid and t.article_id = a.id and t.state = 'working'
      where a.tenant_id = ${tenantId}::uuid and t.tenant_id = ${tenantId}::uuid and a.stage = ${stage}
        and ${inReach(stage === 'final' ? 'a.audience_path' : 'a.org_path', actor)} and ${other}
        ${
          stage === 'editing'
            ? sql`and exists (select from publishing_step s where s.tenant_id = ${tenantId}::uuid
          and s.article_id = a.id and s.kind = 'returned')`
            : sql``
        }`.execute(db)
    return found[0]?.count ?? 0
  }
  if (permissions.has('publishing.write')) {
    const count = await countAt('editing')
    rows.push({ key: 'articlesReturned', count, path: '/articles?standing=editing' })
    rows.push({ key: 'linksBroken', count: await brokenAmong(db, actor), path: '/articles?broken=true' })
  }
  if (permissions.has('publishing.review')) {
    const count = await countAt('review')
    rows.push({ key: 'articlesToReview', count, path: '/articles?standing=review' })
    rows.push({
      key: 'commentsToDecide',
      count: await commentsWaiting(db, actor),
      path: '/article-comments?state=waiting',
    })
  }
  if (permissions.has('publishing.release')) {
    const count = await countAt('final')
    rows.push({ key: 'articlesToFinish', count, path: '/articles?standing=final' })
  }
  return rows
}

async function commentsWaiting(db: Db, actor: Actor): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from publishing_comment c
    where c.tenant_id = ${actor.tenantId}::uuid and ${inReach('c.org_path', actor)} and c.state = 'waiting'`.execute(db)
  return rows[0]?.count ?? 0
}

async function brokenAmong(db: Db, actor: Actor): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(distinct l.article_id)::int as count from publishing_link l
    where l.tenant_id = ${actor.tenantId}::uuid and ${inReach('l.org_path', actor)} and l.state = 'broken'`.execute(db)
  return rows[0]?.count ?? 0
}
