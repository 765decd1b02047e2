import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import { inScope } from '../../platform/scope.ts'
import { MEMBER_CATEGORIES } from './org.queries.ts'
import { SCOPED_TABLES, type ScopedTable } from './org.scoped.ts'
import { addDeltas, foldedAt, lockTotals } from './org.total.queries.ts'

const among = (on: { column: string; among: readonly string[] } | undefined) =>
  on ? sql`and ${sql.ref(`t.${on.column}`)} in (${sql.join([...on.among])})` : sql``

const running = (until: string | undefined, now: Date) =>
  until ? sql`and (${sql.ref(`t.${until}`)} is null or ${sql.ref(`t.${until}`)} > ${now})` : sql``

/** Rows of each counted kind in a subtree. `exact`: only of the unit itself. */
export async function countedBelow(
  db: Db,
  tenantId: string,
  path: string,
  now: Date,
  exact = false,
): Promise<{ what: string; rows: number }[]> {
  const counted = SCOPED_TABLES.filter(
    (one): one is ScopedTable & { counted: NonNullable<ScopedTable['counted']> } => one.counted !== undefined,
  )
  const parts = counted.map(({ table, column, counted }) => {
    const at = `t.${column}`
    const place = exact ? sql<boolean>`${sql.ref(at)} = ${path}` : inScope(at, path)
    return sql`select ${counted.as}::text as what, count(*)::int as rows from ${sql.table(table)} as t
      where t.tenant_id = ${tenantId} and ${place} ${among(counted.open)} ${running(counted.until, now)}`
  })
  const { rows } = await sql<{ what: string; rows: number }>`${sql.join(parts, sql` union all `)}`.execute(db)
  return rows
}

/** Locks a subtree in the order of its paths, so that two moves wait for each other instead of crossing. */
export async function lockSubtree(tx: Tx, actor: Actor, path: string): Promise<void> {
  await tx
    .selectFrom('org_unit as u')
    .select('u.id')
    .where('u.tenant_id', '=', actor.tenantId)
    .where(inScope('u.path', path))
    .orderBy('u.path')
    .forUpdate()
    .execute()
}

/**
 * Rewrites the beginning of every path below `from` in all tables, and takes the people from the organisations above the
 * old place to those above the new one. Returns the number of rows.
 */
export async function rewritePaths(
  tx: Tx,
  tenantId: string,
  { from, to, now }: { from: string; to: string; now: Date },
): Promise<number> {
  await lockTotals(tx, tenantId)
  let rewritten = 0
  for (const { table, column } of SCOPED_TABLES) {
    const at = sql.ref(column)
    const { numAffectedRows } =
      await sql`update ${sql.table(table)} set ${at} = ${to}::text || substr(${at}, ${from.length + 1})
      where tenant_id = ${tenantId} and ${inScope(column, from)}`.execute(tx)
    rewritten += Number(numAffectedRows ?? 0)
  }
  const above = (path: string) => path.slice(0, path.lastIndexOf('.'))
  const folded = await foldedAt(tx, tenantId, to)
  const deltas = folded.flatMap(({ category, delta }) => [
    { orgPath: above(from), category, delta: -delta },
    { orgPath: above(to), category, delta },
  ])
  await addDeltas(tx, tenantId, deltas, { now })
  return rewritten
}

export type MergeEnds = { readonly from: { id: string; path: string }; readonly into: { id: string; path: string } }

/** Hands the people and open matters of a unit over to another; returns the number of rows. */
export async function handOver(tx: Tx, tenantId: string, { from, into }: MergeEnds): Promise<number> {
  let rewritten = 0
  for (const { table, column, unit, merges } of SCOPED_TABLES) {
    if (!merges) continue
    const at = sql.ref(column)
    const owner = unit ? sql`, ${sql.ref(unit)} = ${into.id}` : sql``
    const { numAffectedRows } = await sql`update ${sql.table(table)} as t set ${at} = ${into.path} ${owner}
      where t.tenant_id = ${tenantId} and ${sql.ref(`t.${column}`)} = ${from.path}
      ${among(merges === 'all' ? undefined : merges)}`.execute(tx)
    rewritten += Number(numAffectedRows ?? 0)
  }
  return rewritten
}

/** Adds the counts of a unit to those of another and clears them. Returns the people counted. */
export async function mergeCounts(tx: Tx, tenantId: string, { from, into }: MergeEnds, now: Date): Promise<number> {
  await sql`insert into org_count (tenant_id, unit_id, org_path, category, people)
    select c.tenant_id, ${into.id}::uuid, ${into.path}::text, c.category, c.people from org_count c
    where c.tenant_id = ${tenantId} and c.unit_id = ${from.id}
    on conflict (tenant_id, unit_id, category) do update set people = org_count.people + excluded.people`.execute(tx)
  const gone = await tx
    .deleteFrom('org_count')
    .where('tenant_id', '=', tenantId)
    .where('unit_id', '=', from.id)
    .returning(['people', 'category'])
    .execute()
  const deltas = gone.flatMap(({ category, people }) => [
    { orgPath: from.path, category, delta: -people },
    { orgPath: into.path, category, delta: people },
  ])
  await addDeltas(tx, tenantId, deltas, { now })
  return gone.reduce((sum, row) => sum + (MEMBERS.has(row.category) ? row.people : 0), 0)
}
const MEMBERS = new Set<string>(MEMBER_CATEGORIES)

/** Puts a unit below another parent, with its new path. */
export async function setParent(
  tx: Tx,
  tenantId: string,
  id: string,
  to: { parentId: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('org_unit')
    .set((eb) => ({ parent_id: to.parentId, updated_at: to.at, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setKind(tx: Tx, tenantId: string, id: string, kind: string, at: Date): Promise<void> {
  await tx
    .updateTable('org_unit')
    .set((eb) => ({ kind, updated_at: at, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setDissolved(
  tx: Tx,
  tenantId: string,
  id: string,
  end: { on: string; document: string; mergedInto: string | null; at: Date },
): Promise<void> {
  await tx
    .updateTable('org_unit')
    .set((eb) => ({
      dissolved_on: end.on,
      dissolving_document: end.document,
      merged_into: end.mergedInto,
      updated_at: end.at,
      version: eb('version', '+', 1),
    }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** Living units directly below a unit, in the order of their labels. */
export async function childrenOf(db: Db, tenantId: string, parentId: string) {
  return db
    .selectFrom('org_unit as u')
    .select(['u.id', 'u.path', 'u.name', 'u.kind'])
    .where('u.tenant_id', '=', tenantId)
    .where('u.parent_id', '=', parentId)
    .where('u.dissolved_on', 'is', null)
    .orderBy('u.path')
    .execute()
}
