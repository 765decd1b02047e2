import { sql } from 'kysely'
import type { Tx } from '../../platform/ctx.ts'
import { inScope } from '../../platform/scope.ts'
import { SCOPED_TABLES } from './org.scoped.ts'

/** Who founded which units at which instant, as `foundUnits` wrote it. */
export type Founding = {
  readonly by: string
  readonly at: Date
  readonly names: readonly string[]
  readonly scope: string
}
type Founded = { readonly id: string; readonly path: string; readonly effectiveOn: string }

/** Units of a founding that nobody touched since, locked; the deepest first. */
export async function lockUntouched(tx: Tx, tenantId: string, { by, at, names, scope }: Founding): Promise<Founded[]> {
  if (names.length === 0) return []
  return tx
    .selectFrom('org_unit as u')
    .innerJoin('org_change as c', (join) =>
      join.onRef('c.tenant_id', '=', 'u.tenant_id').onRef('c.unit_id', '=', 'u.id').on('c.kind', '=', 'founded'),
    )
    .select(['u.id', 'u.path', 'c.effective_on as effectiveOn'])
    .where('u.tenant_id', '=', tenantId)
    .where('c.tenant_id', '=', tenantId)
    .where('c.made_by', '=', by)
    .where('c.made_at', '=', at)
    .where(inScope('u.path', scope))
    .where('u.name', 'in', [...names])
    .where('u.version', '=', 1)
    .where('u.dissolved_on', 'is', null)
    .orderBy('u.path', 'desc')
    .forUpdate('u')
    .execute()
}

/** Which of these units have something of their own or below them: people, running posts, matters, other units. */
export async function holdingAmong(
  tx: Tx,
  tenantId: string,
  units: readonly Founded[],
  now: Date,
): Promise<Set<string>> {
  if (units.length === 0) return new Set()
  const paths = units.map(({ path }) => path)
  const below = (column: string) =>
    sql`(${sql.ref(column)} = f.path or (${sql.ref(column)} >= f.path || '.' and ${sql.ref(column)} < f.path || '/'))`
  const matters = SCOPED_TABLES.filter(({ unit, isHistory }) => unit !== undefined && !isHistory).map(
    ({ table, column, counted }) => {
      const until = counted?.until
      const running = until
        ? sql`and (${sql.ref(`t.${until}`)} is null or ${sql.ref(`t.${until}`)} > ${now}::timestamptz)`
        : sql``
      return sql`exists (select 1 from ${sql.table(table)} as t where t.tenant_id = ${tenantId} and ${below(`t.${column}`)} ${running})`
    },
  )
  const { rows } = await sql<{ path: string }>`select f.path from unnest(${paths}::text[]) as f (path)
    where ${sql.join(matters, sql` or `)}
      or exists (select 1 from org_post p where p.tenant_id = ${tenantId} and ${below('p.org_path')} and p.until_on is null)
      or exists (select 1 from org_unit u where u.tenant_id = ${tenantId} and ${below('u.path')} and u.dissolved_on is null
        and u.id <> all(${units.map(({ id }) => id)}::uuid[]))`.execute(tx)
  return new Set(rows.map(({ path }) => path))
}
