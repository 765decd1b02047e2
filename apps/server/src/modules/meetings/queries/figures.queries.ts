import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../org/index.ts'

/** Branches hold the organised life; committees above them only see it. */
export const BRANCH_KINDS: readonly string[] = ['branch', 'joint_branch', 'temporary_branch']
export const HELD: readonly string[] = ['in_progress', 'record_pending', 'awaiting_signatures', 'archived']

export type Branch = { id: string; path: string; name: string }
export async function branchesOf(db: Db, actor: Actor, path: string, keyset: Keyset): Promise<Branch[]> {
  const select = db
    .selectFrom('org_path as o')
    .select(['o.id', 'o.path', 'o.name'])
    .where('o.tenant_id', '=', actor.tenantId)
    .where(inReach('o.path', actor))
    .where(inScope('o.path', path))
    .where('o.kind', 'in', [...BRANCH_KINDS])
    .where('o.dissolved_on', 'is', null)
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'org_path', Branch>,
    keyset,
    'o.id',
  ).execute()) as Branch[]
}

/** Days on which each kind was held by these organisations or groups below them. */
export async function heldOn(
  db: Db,
  tenantId: string,
  orgIds: readonly string[],
  from: string,
  until: string,
): Promise<{ orgId: string; kind: string; day: string }[]> {
  const { rows } = await sql<{ orgId: string; kind: string; day: string }>`
    select distinct m.org_id as "orgId", k.kind, m.held_on as day from meetings_meeting m cross join lateral unnest(m.kinds) as k(kind)
    where m.tenant_id = ${tenantId} and m.org_id = any(${[...orgIds]}::uuid[]) and m.held_on >= ${from} and m.held_on <= ${until} and m.state = any(${[...HELD]}::text[])
    order by 1, 2, 3`.execute(db)
  return rows
}

/** How many living branches there are, and how many held each kind in the span. */
export async function branchCounts(
  db: Db,
  actor: Actor,
  from: string,
  until: string,
): Promise<{ branches: number; held: { kind: string; branches: number }[] }> {
  const all = await db
    .selectFrom('org_path as o')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('o.tenant_id', '=', actor.tenantId)
    .where(inReach('o.path', actor))
    .where('o.kind', 'in', [...BRANCH_KINDS])
    .where('o.dissolved_on', 'is', null)
    .executeTakeFirstOrThrow()
  const { rows } = await sql<{ kind: string; branches: number }>`
    select k.kind, count(distinct m.org_id)::int as branches
    from meetings_meeting m join org_path o on o.tenant_id = ${actor.tenantId} and o.id = m.org_id cross join lateral unnest(m.kinds) as k(kind)
    where m.tenant_id = ${actor.tenantId} and ${inReach('m.org_path', actor)} and o.kind = any(${[...BRANCH_KINDS]}::text[]) and o.dissolved_on is null
      and m.held_on >= ${from} and m.held_on <= ${until} and m.state = any(${[...HELD]}::text[]) group by k.kind`.execute(
    db,
  )
  return { branches: all.n, held: rows }
}

/** Living branches without one of the kinds in the span, at most 5,000 at a time: for the reminder. */
export async function branchesWithout(
  tx: Tx,
  tenantId: string,
  scope: string,
  kinds: readonly string[],
  from: string,
  until: string,
): Promise<{ id: string; path: string; kinds: string[] }[]> {
  const { rows } = await sql<{ id: string; path: string; kinds: string[] }>`
    select o.id, o.path, array_agg(k.kind order by k.at) as kinds
    from org_path o cross join unnest(${[...kinds]}::text[]) with ordinality as k(kind, at)
    where o.tenant_id = ${tenantId} and ${inScope('o.path', scope)} and o.kind = any(${[...BRANCH_KINDS]}::text[]) and o.dissolved_on is null
      and not exists (select from meetings_meeting m where m.tenant_id = ${tenantId} and m.org_id = o.id and k.kind = any(m.kinds)
        and m.held_on >= ${from} and m.held_on <= ${until} and m.state = any(${[...HELD]}::text[]))
      and not exists (select from meetings_year_cell y where y.tenant_id = ${tenantId} and y.org_id = o.id and y.kind = k.kind
        and y.year = ${Number(from.slice(0, 4))} and y.period = ${from.slice(5, 7)} and y.waived_reason is not null)
    group by o.id, o.path order by o.path limit 5000`.execute(tx)
  return rows
}

export type AttendanceFigures = {
  memberId: string
  name: string
  memberNo: string
  orgName: string
  called: number
  present: number
  late: number
  onLeave: number
}
export async function attendanceOf(
  db: Db,
  actor: Actor,
  span: { from: string; until: string; orgPath: string; belowRate: number | null },
  keyset: Keyset,
): Promise<AttendanceFigures[]> {
  const counted = db
    .selectFrom('meetings_attendee as a')
    .innerJoin('meetings_meeting as m', (join) =>
      join.on('m.tenant_id', '=', actor.tenantId).onRef('m.id', '=', 'a.meeting_id'),
    )
    .leftJoin('meetings_check_in as c', (join) =>
      join
        .on('c.tenant_id', '=', actor.tenantId)
        .onRef('c.meeting_id', '=', 'a.meeting_id')
        .onRef('c.member_id', '=', 'a.member_id')
        .on('c.struck_at', 'is', null),
    )
    .select([
      'a.member_id as id',
      sql<number>`count(*)::int`.as('called'),
      sql<number>`count(c.member_id)::int`.as('present'),
      sql<number>`(count(*) filter (where c.late))::int`.as('late'),
      sql<number>`(count(*) filter (where c.member_id is null and a.answer = 'leave_approved'))::int`.as('onLeave'),
    ])
    .where('a.tenant_id', '=', actor.tenantId)
    .where(inReach('a.org_path', actor))
    .where('a.part', 'in', ['voter', 'nonvoter'])
    .where('m.tenant_id', '=', actor.tenantId)
    .where('m.held_on', '>=', span.from)
    .where('m.held_on', '<=', span.until)
    .where('m.state', 'in', ['record_pending', 'awaiting_signatures', 'archived'])
    .groupBy('a.member_id')
    .as('f')
  let select = db
    .selectFrom('member_card as p')
    .innerJoin(counted, 'f.id', 'p.id')
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', actor.tenantId).onRef('o.id', '=', 'p.org_id'))
    .select([
      'p.id as memberId',
      'p.name',
      'p.member_no as memberNo',
      sql<string>`coalesce(o.name, '')`.as('orgName'),
      'f.called',
      'f.present',
      'f.late',
      'f.onLeave',
    ])
    .where('p.tenant_id', '=', actor.tenantId)
    .where(inScope('p.org_path', span.orgPath))
  if (span.belowRate !== null) select = select.where(sql<boolean>`f.present * 100 < f.called * ${span.belowRate}::int`)
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'member_card', AttendanceFigures>,
    keyset,
    'p.id',
  ).execute()) as AttendanceFigures[]
}

export async function leavesToDecide(
  db: Db,
  actor: Actor,
  now: Date,
): Promise<{ meetingId: string; title: string; memberId: string; name: string; reason: string }[]> {
  const rows = await db
    .selectFrom('meetings_attendee as a')
    .innerJoin('meetings_meeting as m', (join) =>
      join.on('m.tenant_id', '=', actor.tenantId).onRef('m.id', '=', 'a.meeting_id'),
    )
    .select([
      'a.meeting_id as meetingId',
      'm.title',
      'a.member_id as memberId',
      'a.name',
      sql<string>`coalesce(a.leave_reason, '')`.as('reason'),
    ])
    .where('a.tenant_id', '=', actor.tenantId)
    .where(inReach('a.org_path', actor))
    .where('a.answer', '=', 'leave_asked')
    .where('m.tenant_id', '=', actor.tenantId)
    .where('m.state', 'in', ['noticed', 'in_progress'])
    .where('m.ends_at', '>', now)
    .orderBy('m.starts_at')
    .orderBy('a.member_id')
    .limit(50)
    .execute()
  return rows
}
