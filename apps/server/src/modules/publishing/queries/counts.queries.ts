import type { ReadSource } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

/** What was counted of one article since the last time, from one source. */
export type Counted = {
  readonly articleId: string
  readonly source: ReadSource
  readonly onDate: string
  reads: number
  shares: number
}

/** Adds what was counted, in the order of the key so that two servers wait for each other in one order. */
export async function addCounts(tx: Tx, tenantId: string, counted: readonly Counted[]): Promise<void> {
  if (counted.length === 0) return
  await sql`insert into publishing_count (tenant_id, article_id, on_date, source, org_path, reads, shares)
    select ${tenantId}::uuid, n.article_id, n.on_date, n.source, a.org_path, n.reads, n.shares
    from unnest(${counted.map((one) => one.articleId)}::uuid[], ${counted.map((one) => one.onDate)}::date[],
      ${counted.map((one) => one.source)}::text[], ${counted.map((one) => one.reads)}::int[],
      ${counted.map((one) => one.shares)}::int[]) as n (article_id, on_date, source, reads, shares)
    join publishing_article a on a.tenant_id = ${tenantId}::uuid and a.id = n.article_id
    where a.tenant_id = ${tenantId}::uuid
    order by n.article_id, n.on_date, n.source
    on conflict (tenant_id, article_id, on_date, source) do update
      set reads = publishing_count.reads + excluded.reads, shares = publishing_count.shares + excluded.shares`.execute(
    tx,
  )
}

export type SourceSum = { source: ReadSource; reads: number; shares: number }
export async function bySource(db: Db, tenantId: string, articleId: string): Promise<SourceSum[]> {
  const { rows } = await sql<SourceSum>`select c.source, sum(c.reads)::int as reads, sum(c.shares)::int as shares
    from publishing_count c where c.tenant_id = ${tenantId}::uuid and c.article_id = ${articleId}::uuid
    group by c.source order by reads desc, c.source`.execute(db)
  return rows
}
export type DaySum = { onDate: string; reads: number; shares: number }
/** The last days with anything, the oldest first. */
export async function byDay(db: Db, tenantId: string, articleId: string, most: number): Promise<DaySum[]> {
  const { rows } = await sql<DaySum>`select d.* from (
      select c.on_date::text as "onDate", sum(c.reads)::int as reads, sum(c.shares)::int as shares
      from publishing_count c where c.tenant_id = ${tenantId}::uuid and c.article_id = ${articleId}::uuid
      group by c.on_date order by c.on_date desc limit ${most}) d order by d."onDate"`.execute(db)
  return rows
}
