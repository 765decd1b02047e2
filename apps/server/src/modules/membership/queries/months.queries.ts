import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../../platform/scope.ts'

/** Opens a month for every unit of the tenant that had people or movements in the month before. */
export async function openMonth(tx: Tx, tenantId: string, before: string, month: string): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into membership_flow (tenant_id, unit_id, org_path, month, cause, people)
    select f.tenant_id, f.unit_id, max(f.org_path), ${month}::text, 'opening', sum(f.people)::int
    from membership_flow f where f.tenant_id = ${tenantId} and f.month = ${before}
    group by f.tenant_id, f.unit_id
    on conflict (tenant_id, unit_id, month, cause) do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** First month with figures, and the last that has been opened. */
export async function monthsKnown(db: Db, tenantId: string): Promise<{ first: string | null; last: string | null }> {
  return db
    .selectFrom('membership_flow as f')
    .select([
      sql<string | null>`min(f.month)`.as('first'),
      sql<string | null>`max(f.month) filter (where f.cause = 'opening')`.as('last'),
    ])
    .where('f.tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow()
}

const LIVING = ['normal', 'retained', 'restored']

/**
 * Counts the records themselves, of one unit or of all of the tenant, as they stood at the end of the month (what moved
 * since is taken back), and keeps the result beside the month while it is open.
 */
export async function countRecords(
  tx: Tx,
  tenantId: string,
  month: string,
  at: Date,
  unitId: string | null,
): Promise<void> {
  const only = (column: string) => (unitId === null ? sql`` : sql`and ${sql.ref(column)} = ${unitId}`)
  await sql`
    insert into membership_month (tenant_id, unit_id, org_path, month, recorded, counted_at, updated_at)
    select o.tenant_id, o.id, o.path, ${month}::text, coalesce(c.people, 0) - coalesce(l.people, 0), ${at}, ${at}
    from org_path o
    left join (select m.org_id, count(*)::int as people from member_card m where m.tenant_id = ${tenantId}
      and m.category in ('formal', 'probationary') and m.status in (${sql.join(LIVING)}) ${only('m.org_id')}
      group by m.org_id) c on c.org_id = o.id
    left join (select f.unit_id, sum(f.people)::int as people from membership_flow f where f.tenant_id = ${tenantId}
      and f.month > ${month} and f.cause <> 'opening' ${only('f.unit_id')} group by f.unit_id) l on l.unit_id = o.id
    where o.tenant_id = ${tenantId} ${only('o.id')} and (${unitId === null ? sql`c.people is not null or` : sql``} exists (
      select from membership_flow f where f.tenant_id = ${tenantId} and f.unit_id = o.id and f.month <= ${month}))
    on conflict (tenant_id, unit_id, month) do update
      set recorded = excluded.recorded, counted_at = excluded.counted_at, updated_at = excluded.updated_at
      where membership_month.state = 'open'`.execute(tx)
}

export type CauseSum = { unitId: string; cause: string; people: number }

/** The months that make up the figures of one: its own, and those since the last that was opened before it. */
export type MonthSpan = { readonly month: string; readonly since: string }

/** From which month on figures have to be added up: the last one opened up to `month`, or the first with figures. */
export async function spanOf(db: Db, tenantId: string, month: string): Promise<MonthSpan> {
  const row = await db
    .selectFrom('membership_flow as f')
    .select(sql<string | null>`coalesce(max(f.month) filter (where f.cause = 'opening'), min(f.month))`.as('since'))
    .where('f.tenant_id', '=', tenantId)
    .where('f.month', '<=', month)
    .executeTakeFirst()
  return { month, since: row?.since ?? month }
}

const inSpan = (column: string, { month, since }: MonthSpan) =>
  sql<boolean>`(${sql.ref(column)} >= ${since} and ${sql.ref(column)} <= ${month})`
/** What happened before the month is its opening. */
const causeIn = ({ month }: MonthSpan) => sql<string>`case when f.month < ${month} then 'opening' else f.cause end`

/** Sums of a place by cause: the whole. */
export async function sumsBelow(
  db: Db,
  actor: Actor,
  place: string,
  span: MonthSpan,
): Promise<Omit<CauseSum, 'unitId'>[]> {
  return db
    .selectFrom('membership_flow as f')
    .select([causeIn(span).as('cause'), sql<number>`sum(f.people)::int`.as('people')])
    .where('f.tenant_id', '=', actor.tenantId)
    .where(inSpan('f.month', span))
    .where(inReach('f.org_path', actor))
    .where(inScope('f.org_path', place))
    .groupBy(sql`1`)
    .execute()
}

export type MonthUnit = {
  unitId: string
  name: string
  recorded: number | null
  countedAt: Date | null
  state: 'open' | 'confirmed' | 'closed'
  confirmedBy: string | null
  closedBy: string | null
  reopenedReason: string | null
}

const months = (db: Db, tenantId: string, month: string) =>
  db
    .selectFrom('org_path as o')
    .leftJoin('membership_month as k', (join) =>
      join.on('k.tenant_id', '=', tenantId).onRef('k.unit_id', '=', 'o.id').on('k.month', '=', month),
    )
    .select([
      sql<string>`o.id`.as('unitId'),
      sql<string>`o.name`.as('name'),
      'k.recorded',
      'k.counted_at as countedAt',
      sql<MonthUnit['state']>`coalesce(k.state, 'open')`.as('state'),
      'k.confirmed_by as confirmedBy',
      'k.closed_by as closedBy',
      'k.reopened_reason as reopenedReason',
    ])
    .where('o.tenant_id', '=', tenantId)

/** Units of a place with figures in the month. */
export async function monthUnits(
  db: Db,
  actor: Actor,
  place: string,
  span: MonthSpan,
  keyset: Keyset,
): Promise<MonthUnit[]> {
  const { tenantId } = actor
  const select = months(db, tenantId, span.month)
    .where(inReach('o.path', actor))
    .where(inScope('o.path', place))
    .where(
      sql<boolean>`(k.unit_id is not null or exists (select from membership_flow f
        where f.tenant_id = ${tenantId} and f.unit_id = o.id and ${inSpan('f.month', span)}))`,
    )
  return (await byKeyset(select as never, keyset, 'o.id').execute()) as MonthUnit[]
}

export async function sumsOf(
  db: Db,
  tenantId: string,
  unitIds: readonly string[],
  span: MonthSpan,
): Promise<CauseSum[]> {
  if (unitIds.length === 0) return []
  return db
    .selectFrom('membership_flow as f')
    .select(['f.unit_id as unitId', causeIn(span).as('cause'), sql<number>`sum(f.people)::int`.as('people')])
    .where('f.tenant_id', '=', tenantId)
    .where(inSpan('f.month', span))
    .where('f.unit_id', 'in', [...unitIds])
    .groupBy(['f.unit_id', sql`2`])
    .execute()
}

/** How many units of a place do not balance, were not counted, and are not closed. */
export async function standBelow(
  db: Db,
  actor: Actor,
  place: string,
  span: MonthSpan,
): Promise<{ unbalanced: number; uncounted: number; open: number }> {
  const { tenantId } = actor
  const { rows } = await sql<{ unbalanced: number; uncounted: number; open: number }>`
    select (count(*) filter (where k.recorded <> f.closing))::int as unbalanced,
      (count(*) filter (where k.recorded is null))::int as uncounted,
      (count(*) filter (where coalesce(k.state, 'open') <> 'closed'))::int as open
    from (select f.unit_id, sum(f.people)::int as closing from membership_flow f
      where f.tenant_id = ${tenantId} and ${inSpan('f.month', span)}
        and ${inReach('f.org_path', actor)} and ${inScope('f.org_path', place)} group by f.unit_id) f
    left join membership_month k on k.tenant_id = ${tenantId} and k.unit_id = f.unit_id and k.month = ${span.month}`.execute(
    db,
  )
  return rows[0] ?? { unbalanced: 0, uncounted: 0, open: 0 }
}

export type LockedMonth = {
  state: MonthUnit['state']
  recorded: number | null
  confirmedBy: string | null
  closing: number
}

export async function lockMonth(
  tx: Tx,
  tenantId: string,
  unitId: string,
  month: string,
): Promise<LockedMonth | undefined> {
  const row = await tx
    .selectFrom('membership_month as k')
    .select(['k.state', 'k.recorded', 'k.confirmed_by as confirmedBy'])
    .where('k.tenant_id', '=', tenantId)
    .where('k.unit_id', '=', unitId)
    .where('k.month', '=', month)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  const sums = await sumsOf(tx, tenantId, [unitId], await spanOf(tx, tenantId, month))
  return { ...(row as Omit<LockedMonth, 'closing'>), closing: sums.reduce((sum, { people }) => sum + people, 0) }
}

export async function setMonth(
  tx: Tx,
  tenantId: string,
  of: { unitId: string; month: string },
  change: {
    state: MonthUnit['state']
    confirmed_by?: string | null
    closed_by?: string | null
    reopened_reason?: string
  },
  at: Date,
): Promise<void> {
  await tx
    .updateTable('membership_month')
    .set({ ...change, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('unit_id', '=', of.unitId)
    .where('month', '=', of.month)
    .execute()
}

/** An earlier month of the unit that nobody confirmed. */
export async function hasOpenBefore(db: Db, tenantId: string, unitId: string, month: string): Promise<boolean> {
  const row = await db
    .selectFrom('membership_month as k')
    .select('k.month')
    .where('k.tenant_id', '=', tenantId)
    .where('k.unit_id', '=', unitId)
    .where('k.month', '<', month)
    .where('k.state', '=', 'open')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
