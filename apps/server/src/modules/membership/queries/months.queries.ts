import type { MovementCause } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../org/index.ts'

export type Movement = {
  id: string
  eventId: string
  unitId: string
  orgPath: string
  month: string
  on: string
  cause: MovementCause
  /** Signed: decreases below zero. */
  people: number
  memberId: string | null
  batchId: string | null
}

/** Writes movements and moves the rollup; a month that has been opened later on is carried along. */
export async function insertMovements(tx: Tx, tenantId: string, movements: readonly Movement[]): Promise<void> {
  if (movements.length === 0) return
  await tx
    .insertInto('membership_movement')
    .values(
      movements.map((one) => ({
        tenant_id: tenantId,
        id: one.id,
        event_id: one.eventId,
        unit_id: one.unitId,
        org_path: one.orgPath,
        month: one.month,
        on_date: one.on,
        cause: one.cause,
        people: one.people,
        member_id: one.memberId,
        batch_id: one.batchId,
      })),
    )
    .execute()
  await addFlows(tx, tenantId, movements)
  const [first] = movements
  if (first) await carryOn(tx, tenantId, first.month, movements)
}

type Flow = { unitId: string; orgPath: string; month: string; cause: string; people: number }

async function addFlows(tx: Tx, tenantId: string, flows: readonly Flow[]): Promise<void> {
  const sums = new Map<string, Flow>()
  for (const flow of flows) {
    const key = `${flow.unitId}/${flow.month}/${flow.cause}`
    sums.set(key, { ...flow, people: (sums.get(key)?.people ?? 0) + flow.people })
  }
  const rows = [...sums.values()].sort((a, b) => (a.unitId + a.cause < b.unitId + b.cause ? -1 : 1))
  await tx
    .insertInto('membership_flow')
    .values(
      rows.map(({ unitId, orgPath, month, cause, people }) => ({
        tenant_id: tenantId,
        unit_id: unitId,
        org_path: orgPath,
        month,
        cause,
        people,
      })),
    )
    .onConflict((c) =>
      c
        .columns(['tenant_id', 'unit_id', 'month', 'cause'])
        .doUpdateSet((eb) => ({ people: eb('membership_flow.people', '+', eb.ref('excluded.people')) })),
    )
    .execute()
}

/** Facts that are told after the next month was opened move its opening too. */
async function carryOn(tx: Tx, tenantId: string, month: string, movements: readonly Movement[]): Promise<void> {
  const later = await tx
    .selectFrom('membership_flow as f')
    .select('f.month')
    .distinct()
    .where('f.tenant_id', '=', tenantId)
    .where('f.month', '>', month)
    .where('f.cause', '=', 'opening')
    .execute()
  for (const row of later)
    await addFlows(
      tx,
      tenantId,
      movements.map(({ unitId, orgPath, people }) => ({ unitId, orgPath, people, month: row.month, cause: 'opening' })),
    )
}

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
      select from membership_flow f where f.tenant_id = ${tenantId} and f.unit_id = o.id and f.month = ${month}))
    on conflict (tenant_id, unit_id, month) do update
      set recorded = excluded.recorded, counted_at = excluded.counted_at, updated_at = excluded.updated_at
      where membership_month.state = 'open'`.execute(tx)
}

/** Paths of units by id. */
export async function pathsOf(db: Db, tenantId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('org_path as o')
    .select([sql<string>`o.id`.as('id'), sql<string>`o.path`.as('path')])
    .where('o.tenant_id', '=', tenantId)
    .where('o.id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, path }) => [id, path]))
}

export type CauseSum = { unitId: string; cause: string; people: number }

/** Sums of a place by cause: the whole. */
export async function sumsBelow(
  db: Db,
  tenantId: string,
  place: string,
  month: string,
): Promise<Omit<CauseSum, 'unitId'>[]> {
  return db
    .selectFrom('membership_flow as f')
    .select(['f.cause', sql<number>`sum(f.people)::int`.as('people')])
    .where('f.tenant_id', '=', tenantId)
    .where('f.month', '=', month)
    .where(inScope('f.org_path', place))
    .groupBy('f.cause')
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
  tenantId: string,
  place: string,
  month: string,
  keyset: Keyset,
): Promise<MonthUnit[]> {
  const select = months(db, tenantId, month)
    .where(inScope('o.path', place))
    .where(
      sql<boolean>`(k.unit_id is not null or exists (select from membership_flow f where f.tenant_id = ${tenantId} and f.unit_id = o.id and f.month = ${month}))`,
    )
  return (await byKeyset(select as never, keyset, 'o.id').execute()) as MonthUnit[]
}

export async function sumsOf(db: Db, tenantId: string, unitIds: readonly string[], month: string): Promise<CauseSum[]> {
  if (unitIds.length === 0) return []
  return db
    .selectFrom('membership_flow as f')
    .select(['f.unit_id as unitId', 'f.cause', 'f.people'])
    .where('f.tenant_id', '=', tenantId)
    .where('f.month', '=', month)
    .where('f.unit_id', 'in', [...unitIds])
    .execute()
}

/** How many units of a place do not balance, and how many are not closed. */
export async function standBelow(
  db: Db,
  tenantId: string,
  place: string,
  month: string,
): Promise<{ unbalanced: number; open: number }> {
  const { rows } = await sql<{ unbalanced: number; open: number }>`
    select (count(*) filter (where k.recorded is not null and k.recorded <> f.closing))::int as unbalanced,
      (count(*) filter (where coalesce(k.state, 'open') <> 'closed'))::int as open
    from (select unit_id, sum(people)::int as closing from membership_flow
      where tenant_id = ${tenantId} and month = ${month} and ${inScope('org_path', place)} group by unit_id) f
    left join membership_month k on k.tenant_id = ${tenantId} and k.unit_id = f.unit_id and k.month = ${month}`.execute(
    db,
  )
  return rows[0] ?? { unbalanced: 0, open: 0 }
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
  const sums = await sumsOf(tx, tenantId, [unitId], month)
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

export type ListedMovement = {
  id: string
  on: string
  cause: MovementCause
  people: number
  memberId: string | null
  name: string | null
  batchId: string | null
  unitId: string
  unitName: string | null
}

export async function listMovements(
  db: Db,
  actor: Actor,
  filter: { place: string; month: string; cause: MovementCause | null },
  keyset: Keyset,
): Promise<ListedMovement[]> {
  const { tenantId } = actor
  let select = db
    .selectFrom('membership_movement as v')
    .leftJoin('member_card as m', (join) => join.on('m.tenant_id', '=', tenantId).onRef('m.id', '=', 'v.member_id'))
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.id', '=', 'v.unit_id'))
    .select([
      'v.id',
      'v.on_date as on',
      'v.cause',
      'v.people',
      'v.member_id as memberId',
      'm.name',
      'v.batch_id as batchId',
      'v.unit_id as unitId',
      'o.name as unitName',
    ])
    .where('v.tenant_id', '=', tenantId)
    .where('v.month', '=', filter.month)
    .where(inReach('v.org_path', actor))
    .where(inScope('v.org_path', filter.place))
  if (filter.cause) select = select.where('v.cause', '=', filter.cause)
  return (await byKeyset(select as never, keyset, 'v.id').execute()) as ListedMovement[]
}
