import type { MeetingKindName, MeetingState } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach, inScope } from '../../org/index.ts'
import { BRANCH_KINDS } from './figures.queries.ts'

export type Cell = {
  orgId: string
  kind: string
  period: string
  plannedOn: string | null
  note: string | null
  waivedReason: string | null
}

/** What people changed in the year plans of these branches. */
export async function cellsOf(db: Db, tenantId: string, orgIds: readonly string[], year: number): Promise<Cell[]> {
  if (orgIds.length === 0) return []
  return db
    .selectFrom('meetings_year_cell')
    .select(['org_id as orgId', 'kind', 'period', 'planned_on as plannedOn', 'note', 'waived_reason as waivedReason'])
    .where('tenant_id', '=', tenantId)
    .where('org_id', 'in', [...orgIds])
    .where('year', '=', year)
    .execute()
}

type NewCell = Cell & { orgPath: string; year: number; by: string; at: Date }
export async function setCell(tx: Tx, tenantId: string, cell: NewCell): Promise<void> {
  const values = {
    planned_on: cell.plannedOn,
    note: cell.note,
    waived_reason: cell.waivedReason,
    set_by: cell.by,
    set_at: cell.at,
  }
  await tx
    .insertInto('meetings_year_cell')
    .values({
      tenant_id: tenantId,
      org_id: cell.orgId,
      org_path: cell.orgPath,
      year: cell.year,
      kind: cell.kind,
      period: cell.period,
      ...values,
    })
    .onConflict((c) => c.columns(['tenant_id', 'org_id', 'year', 'kind', 'period']).doUpdateSet(values))
    .execute()
}

export async function removeCell(
  tx: Tx,
  tenantId: string,
  cell: Pick<NewCell, 'orgId' | 'year' | 'kind' | 'period'>,
): Promise<void> {
  await tx
    .deleteFrom('meetings_year_cell')
    .where('tenant_id', '=', tenantId)
    .where('org_id', '=', cell.orgId)
    .where('year', '=', cell.year)
    .where('kind', '=', cell.kind)
    .where('period', '=', cell.period)
    .execute()
}

export type YearMeeting = {
  id: string
  title: string
  startsAt: Date
  heldOn: string
  state: MeetingState
  kinds: MeetingKindName[]
}
/** Meetings of one branch in a year, its own and those held together with others; cancelled ones are left out. */
export async function meetingsOfYear(db: Db, tenantId: string, orgId: string, year: number): Promise<YearMeeting[]> {
  const rows = await db
    .selectFrom('meetings_meeting as m')
    .select(['m.id', 'm.title', 'm.starts_at as startsAt', 'm.held_on as heldOn', 'm.state', 'm.kinds'])
    .where('m.tenant_id', '=', tenantId)
    .where((eb) =>
      eb.or([
        eb('m.org_id', '=', orgId),
        eb.exists(
          eb
            .selectFrom('meetings_joint as j')
            .select('j.id')
            .where('j.tenant_id', '=', tenantId)
            .whereRef('j.meeting_id', '=', 'm.id')
            .where('j.org_id', '=', orgId)
            .where('j.state', '=', 'accepted'),
        ),
      ]),
    )
    .where('m.held_on', '>=', `${year}-01-01`)
    .where('m.held_on', '<=', `${year}-12-31`)
    .where('m.state', '<>', 'cancelled')
    .orderBy('m.starts_at')
    .orderBy('m.id')
    .execute()
  return rows as YearMeeting[]
}

/** What a branch held by kind and period, from the rollup. */
export async function heldOf(
  db: Db,
  tenantId: string,
  orgId: string,
  year: number,
): Promise<{ kind: string; period: string }[]> {
  return db
    .selectFrom('meetings_held')
    .select(['kind', 'period'])
    .where('tenant_id', '=', tenantId)
    .where('org_id', '=', orgId)
    .where('year', '=', year)
    .execute()
}

/** How many branches at or below the path held each kind in each period, from the rollup. */
export async function sumsOf(
  db: Db,
  tenantId: string,
  path: string,
  year: number,
): Promise<{ kind: string; period: string; branches: number }[]> {
  return db
    .selectFrom('meetings_held_sum')
    .select(['kind', 'period', 'branches'])
    .where('tenant_id', '=', tenantId)
    .where('org_path', '=', path)
    .where('year', '=', year)
    .execute()
}

/** How many branches at or below a path waived each kind with a reason; those without groups waive nothing of theirs. */
export async function waivedIn(
  db: Db,
  tenantId: string,
  path: string,
  year: number,
): Promise<{ kind: string; period: string; branches: number }[]> {
  return db
    .selectFrom('meetings_year_cell as y')
    .select(['y.kind', 'y.period', sql<number>`count(*)::int`.as('branches')])
    .where('y.tenant_id', '=', tenantId)
    .where(inScope('y.org_path', path))
    .where('y.year', '=', year)
    .where('y.waived_reason', 'is not', null)
    .where((where) =>
      where.or([
        where('y.kind', '<>', 'groupMeeting'),
        where.exists(
          where
            .selectFrom('org_path as g')
            .select('g.id')
            .where('g.tenant_id', '=', tenantId)
            .whereRef('g.parent_id', '=', 'y.org_id')
            .where('g.kind', '=', 'group')
            .where('g.dissolved_on', 'is', null),
        ),
      ]),
    )
    .groupBy(['y.kind', 'y.period'])
    .execute()
}

/** Branches at or below a path that have groups. */
export async function countWithGroups(db: Db, tenantId: string, path: string): Promise<number> {
  const row = await db
    .selectFrom('org_path as g')
    .select(sql<number>`count(distinct g.parent_id)::int`.as('n'))
    .where('g.tenant_id', '=', tenantId)
    .where(inScope('g.path', path))
    .where('g.kind', '=', 'group')
    .where('g.dissolved_on', 'is', null)
    .executeTakeFirstOrThrow()
  return row.n
}

/** Living branches at or below a path of the caller's reach. */
export async function countBranches(db: Db, actor: Actor, path: string): Promise<number> {
  const row = await db
    .selectFrom('org_path as o')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('o.tenant_id', '=', actor.tenantId)
    .where(inReach('o.path', actor))
    .where(inScope('o.path', path))
    .where('o.kind', 'in', [...BRANCH_KINDS])
    .where('o.dissolved_on', 'is', null)
    .executeTakeFirstOrThrow()
  return row.n
}
