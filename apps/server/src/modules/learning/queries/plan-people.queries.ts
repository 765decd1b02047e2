import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'
import { type Audience, belongsTo } from '../../members/index.ts'

/** What the plan asks: its required courses, and those of them that were due before today. */
export type Asked = { readonly required: readonly string[]; readonly overdue: readonly string[] }

const finished = (
  tenantId: string,
  ids: readonly string[],
) => sql<number>`(select count(*)::int from learning_progress g
  where g.tenant_id = ${tenantId} and g.member_id = m.id and g.course_id = any(${[...ids]}::uuid[]) and g.completed_at is not null)`

export type Person = {
  memberId: string
  name: string
  orgId: string
  orgName: string | null
  done: number
  overdueDone: number
  lastAt: Date | null
}
export type PersonFilter = { place: string; finished: boolean | null; overdue: boolean | null; text: string | null }

export async function listPeople(
  db: Db,
  actor: Actor,
  audience: Audience,
  asked: Asked,
  filter: PersonFilter,
  keyset: Keyset,
): Promise<Person[]> {
  const { tenantId } = actor
  const done = finished(tenantId, asked.required)
  const overdueDone = finished(tenantId, asked.overdue)
  let select = db
    .selectFrom('member_card as m')
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.id', '=', 'm.org_id'))
    .select([
      'm.id as memberId',
      'm.name',
      'm.org_id as orgId',
      'o.name as orgName',
      done.as('done'),
      overdueDone.as('overdueDone'),
      sql<Date | null>`(select max(g.last_at) from learning_progress g where g.tenant_id = ${tenantId} and g.member_id = m.id
        and g.course_id = any(${[...asked.required]}::uuid[]))`.as('lastAt'),
    ])
    .where('m.tenant_id', '=', tenantId)
    .where(inReach('m.org_path', actor))
    .where(inScope('m.org_path', filter.place))
    .where(belongsTo(audience))
  if (filter.finished === true) select = select.where(sql<boolean>`${done} = ${asked.required.length}`)
  if (filter.finished === false) select = select.where(sql<boolean>`${done} < ${asked.required.length}`)
  if (filter.overdue === true) select = select.where(sql<boolean>`${overdueDone} < ${asked.overdue.length}`)
  if (filter.overdue === false) select = select.where(sql<boolean>`${overdueDone} = ${asked.overdue.length}`)
  if (filter.text) select = select.where('m.name', 'like', containing(filter.text))
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'member_card', Person>,
    keyset,
    'm.id',
  ).execute()) as Person[]
}

export type Sums = { people: number; finished: number; overdue: number }
const sums = (asked: Asked) => sql`count(*)::int as people,
  (count(*) filter (where coalesce(d.done, 0) = ${asked.required.length}))::int as finished,
  (count(*) filter (where coalesce(d.overdue_done, 0) < ${asked.overdue.length}))::int as overdue`
const doneBy = (tenantId: string, asked: Asked) => sql`(select g.member_id, count(*)::int as done,
    (count(*) filter (where g.course_id = any(${[...asked.overdue]}::uuid[])))::int as overdue_done
  from learning_progress g where g.tenant_id = ${tenantId} and g.course_id = any(${[...asked.required]}::uuid[])
    and g.completed_at is not null group by g.member_id)`

/** How far the reach is as a whole. */
export async function sumsOf(db: Db, actor: Actor, audience: Audience, asked: Asked): Promise<Sums> {
  const { tenantId } = actor
  const { rows } = await sql<Sums>`
    select ${sums(asked)} from member_card m left join ${doneBy(tenantId, asked)} d on d.member_id = m.id
    where m.tenant_id = ${tenantId} and ${inReach('m.org_path', actor)} and ${belongsTo(audience)}`.execute(db)
  return rows[0] ?? { people: 0, finished: 0, overdue: 0 }
}

export type UnitSums = Sums & { orgId: string; orgName: string; hasBelow: boolean }
/** The same for a unit itself and each unit directly below it, whoever has people of the audience. */
export async function sumsByUnit(
  db: Db,
  actor: Actor,
  audience: Audience,
  asked: Asked,
  unit: { readonly id: string; readonly path: string },
): Promise<UnitSums[]> {
  const { tenantId } = actor
  const { rows } = await sql<UnitSums>`
    select u.id as "orgId", u.name as "orgName",
      u.id <> ${unit.id}::uuid and exists (select from org_path b where b.tenant_id = ${tenantId} and b.parent_id = u.id and b.dissolved_on is null) as "hasBelow",
      n.people, n.finished, n.overdue
    from org_path u
    cross join lateral (
      select ${sums(asked)} from member_card m left join ${doneBy(tenantId, asked)} d on d.member_id = m.id
      where m.tenant_id = ${tenantId} and m.org_path >= u.path
        and m.org_path < (case when u.id = ${unit.id}::uuid then u.path || '!' else u.path || '/' end)
        and ${inReach('m.org_path', actor)} and ${belongsTo(audience)}) n
    where u.tenant_id = ${tenantId} and (u.parent_id = ${unit.id}::uuid or u.id = ${unit.id}::uuid)
      and u.dissolved_on is null and ${inReach('u.path', actor)} and n.people > 0
    order by u.id = ${unit.id}::uuid desc, u.name, u.id`.execute(db)
  return rows
}

/** People of the audience who have not finished these courses: for reminders, within a path. */
export async function unfinishedOf(
  db: Db,
  tenantId: string,
  audience: Audience,
  courseIds: readonly string[],
  within: { readonly path: string; readonly memberIds: readonly string[] | null },
): Promise<{ personId: string; name: string }[]> {
  const { rows } = await sql<{ personId: string; name: string }>`
    select m.person_id as "personId", m.name from member_card m
    where m.tenant_id = ${tenantId} and ${belongsTo(audience)} and ${inScope('m.org_path', within.path)}
      ${within.memberIds === null ? sql`` : sql`and m.id = any(${[...within.memberIds]}::uuid[])`}
      and ${finished(tenantId, courseIds)} < ${courseIds.length}
    order by m.id`.execute(db)
  return rows
}

/** Which of these members an audience means who have not finished (`finished`) or not even begun (`begun`) a course. */
export async function membersWithout(
  db: Db,
  tenantId: string,
  audience: Audience,
  asked: { readonly courseId: string; readonly memberIds: readonly string[]; readonly what: 'begun' | 'finished' },
): Promise<string[]> {
  const { courseId, memberIds, what } = asked
  const { rows } = await sql<{ memberId: string }>`
    select m.id as "memberId" from member_card m
    where m.tenant_id = ${tenantId} and m.id = any(${[...memberIds]}::uuid[]) and ${belongsTo(audience)}
      and not exists (select from learning_progress g where g.tenant_id = ${tenantId} and g.member_id = m.id
        and g.course_id = ${courseId}::uuid ${what === 'finished' ? sql`and g.completed_at is not null` : sql``})`.execute(
    db,
  )
  return rows.map(({ memberId }) => memberId)
}
