import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/ctx.ts'
import { newId } from '../../platform/events.ts'
import { inScope } from '../../platform/scope.ts'

/** How many people a subtree has, of all categories. */
export async function peopleBelow(db: Db, tenantId: string, path: string): Promise<number> {
  const people = await peopleOf(db, tenantId, path)
  return Object.values(people).reduce((sum, count) => sum + count, 0)
}

/** Paths below which (and at which) more people than so many are registered, the smallest first. */
export async function pathsAbove(db: Db, tenantId: string, people: number): Promise<string[]> {
  const rows = await db
    .selectFrom('org_total as t')
    .select('t.org_path as path')
    .where('t.tenant_id', '=', tenantId)
    .groupBy('t.org_path')
    .having(sql<boolean>`sum(t.people) > ${people}`)
    .orderBy(sql`sum(t.people)`)
    .execute()
  return rows.map(({ path }) => path)
}

/** People by category. `exact`: registered with the unit itself. */
export async function peopleOf(db: Db, tenantId: string, path: string, exact = false): Promise<Record<string, number>> {
  const counted = exact
    ? sql`select n.category, n.people from org_count n where n.tenant_id = ${tenantId} and n.org_path = ${path}`
    : sql`select t.category, t.people from org_total t where t.tenant_id = ${tenantId} and t.org_path = ${path}
        union all select d.category, d.delta from org_count_delta d where d.tenant_id = ${tenantId} and ${inScope('d.org_path', path)}`
  const { rows } = await sql<{ category: string; people: number }>`
    select c.category, sum(c.people)::int as people from (${counted}) c group by c.category having sum(c.people) <> 0`.execute(
    db,
  )
  return Object.fromEntries(rows.map((row) => [row.category, row.people]))
}

/** How many people of the categories each of these subtrees has, those counted just now included. */
export async function peopleAt(
  db: Db,
  tenantId: string,
  paths: readonly string[],
  categories: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ path: string; people: number }>`select a.path, (t.people + d.people)::int as people
    from unnest(${[...paths]}::text[]) as a (path)
    cross join lateral (select coalesce(sum(t.people), 0) as people from org_total t
      where t.tenant_id = ${tenantId} and t.org_path = a.path and t.category = any(${[...categories]}::text[])) as t
    cross join lateral (select coalesce(sum(d.delta), 0) as people from org_count_delta d
      where d.tenant_id = ${tenantId} and d.org_path >= a.path collate "C" and d.org_path < a.path collate "C" || '/'
        and d.category = any(${[...categories]}::text[])) as d`.execute(db)
  return new Map(rows.map((row) => [row.path, row.people]))
}

/** One more or fewer at a path: counted for it and everything above it from now on. */
export type Delta = { readonly orgPath: string; readonly category: string; readonly delta: number }

/**
 * Adds to the people registered directly with units. The path is the one that the unit has now: a row that a move has
 * just rewritten is waited for.
 */
export async function addCounts(
  tx: Tx,
  tenantId: string,
  rows: readonly (Omit<Delta, 'orgPath'> & { unitId: string })[],
  at: { readonly now: Date },
): Promise<void> {
  await sql`with given as (
      select g.* from unnest(${rows.map(() => newId(at))}::uuid[], ${rows.map((row) => row.unitId)}::uuid[], ${rows.map((row) => row.category)}::text[],
        ${rows.map((row) => row.delta)}::int[]) as g (id, unit_id, category, delta)
    ), counted as (
      insert into org_count (tenant_id, unit_id, org_path, category, people)
      select ${tenantId}::uuid, g.unit_id, u.path, g.category, g.delta from given g
      join org_unit u on u.tenant_id = ${tenantId}::uuid and u.id = g.unit_id order by g.unit_id, g.category
      on conflict (tenant_id, unit_id, category) do update set people = org_count.people + excluded.people
      returning unit_id, org_path, category
    )
    insert into org_count_delta (tenant_id, id, org_path, category, delta)
    select ${tenantId}::uuid, g.id, c.org_path, c.category, g.delta from counted c
    join given g on g.unit_id = c.unit_id and g.category = c.category`.execute(tx)
}

/** Adds to totals alone, where people go over with their whole organisation. */
export async function addDeltas(
  tx: Tx,
  tenantId: string,
  rows: readonly Delta[],
  at: { readonly now: Date },
): Promise<void> {
  const some = rows.filter((row) => row.delta !== 0)
  if (some.length === 0) return
  await tx
    .insertInto('org_count_delta')
    .values(
      some.map((row) => ({
        tenant_id: tenantId,
        id: newId(at),
        org_path: row.orgPath,
        category: row.category,
        delta: row.delta,
      })),
    )
    .execute()
}

/** The folded totals of exactly one path. */
export async function foldedAt(tx: Tx, tenantId: string, path: string): Promise<Omit<Delta, 'orgPath'>[]> {
  return tx
    .selectFrom('org_total as t')
    .select(['t.category', 't.people as delta'])
    .where('t.tenant_id', '=', tenantId)
    .where('t.org_path', '=', path)
    .execute()
}

/** Whoever folds, rebuilds or moves totals of a tenant does it alone; those who count people never wait here. */
export async function lockTotals(tx: Tx, tenantId: string): Promise<void> {
  await tx.selectFrom('platform_tenant').select('id').where('id', '=', tenantId).forNoKeyUpdate().execute()
}

/** Every prefix of a path that ends before a dot, and the path itself. */
const ANCESTORS = sql.raw(`cross join lateral (
    select array_to_string((string_to_array(c.org_path, '.'))[1:n.level], '.') as org_path
    from generate_series(1, cardinality(string_to_array(c.org_path, '.'))) as n (level)) as a`)

export async function hasDeltas(tx: Tx, tenantId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('org_count_delta as d')
    .select('d.id')
    .where('d.tenant_id', '=', tenantId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Moves pending deltas into the totals of their paths and all above. Returns how many there were. */
export async function foldDeltas(tx: Tx, tenantId: string): Promise<number> {
  await lockTotals(tx, tenantId)
  const { rows } = await sql<{ folded: number }>`with gone as (
      delete from org_count_delta where tenant_id = ${tenantId}::uuid returning org_path, category, delta
    ), folded as (
      insert into org_total (tenant_id, org_path, category, people)
      select ${tenantId}::uuid, a.org_path, c.category, sum(c.delta)::int from gone c ${ANCESTORS}
      group by a.org_path, c.category having sum(c.delta) <> 0 order by a.org_path, c.category
      on conflict (tenant_id, org_path, category) do update set people = org_total.people + excluded.people
    )
    select count(*)::int as folded from gone`.execute(tx)
  return rows[0]?.folded ?? 0
}

/** Makes the totals anew from the counts of the units, in one statement and so at one instant. Returns how many were wrong. */
export async function rebuildTotals(tx: Tx, tenantId: string): Promise<number> {
  await foldDeltas(tx, tenantId)
  const { rows } = await sql<{ wrong: number }>`with gone as (
      delete from org_count_delta where tenant_id = ${tenantId}::uuid returning org_path, category, delta
    ), pending as (
      select a.org_path, c.category, sum(c.delta)::int as people from gone c ${ANCESTORS} group by a.org_path, c.category
    ), truth as (
      select a.org_path, c.category, sum(c.people)::int as people from org_count c ${ANCESTORS}
      where c.tenant_id = ${tenantId}::uuid group by a.org_path, c.category
    ), told as (
      select t.org_path, t.category, t.people from org_total t where t.tenant_id = ${tenantId}::uuid
    ), compared as (
      select coalesce(r.org_path, t.org_path) as org_path, coalesce(r.category, t.category) as category,
        coalesce(r.people, 0) as people, coalesce(t.people, 0) as folded, coalesce(t.people, 0) + coalesce(p.people, 0) as told
      from truth r full join told t on t.org_path = r.org_path and t.category = r.category
      left join pending p on p.org_path = coalesce(r.org_path, t.org_path) and p.category = coalesce(r.category, t.category)
    ), mended as (
      insert into org_total (tenant_id, org_path, category, people)
      select ${tenantId}::uuid, w.org_path, w.category, w.people from compared w where w.people <> w.folded order by w.org_path, w.category
      on conflict (tenant_id, org_path, category) do update set people = excluded.people
    )
    select count(*)::int as wrong from compared w where w.people <> w.told`.execute(tx)
  return rows[0]?.wrong ?? 0
}
