import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'
import { meantFor } from '../../members/index.ts'
import { type Learner, type OwnCourse, openOn, ownCourses } from './own.queries.ts'

/** Days after the chosen one on which a digest is still sent, because the machine was off. */
const LATE_DAYS = 2
const MOST_SHOWN = 30

export type Reader = { readonly personId: string; readonly memberId: string }
/**
 * Claims the digest of the week for those whose day and hour have come since they chose it, so many at a time: a second
 * run of the week claims nothing again. Whoever has no living record any more is claimed and not given back.
 */
export async function claimWeekly(
  tx: Tx,
  tenantId: string,
  at: { readonly today: string; readonly hour: number },
  most: number,
): Promise<{ claimed: number; readers: Reader[] }> {
  const { rows } = await sql<Reader & { isLiving: boolean }>`
    with due as (
      select h.person_id, ${at.today}::date - ((extract(isodow from ${at.today}::date)::int - h.weekday + 7) % 7) as on_date
      from learning_habit h where h.tenant_id = ${tenantId} and h.is_weekly and h.hour <= ${at.hour}),
    claimed as (
      update learning_habit h set told_on = ${at.today}::date
      where h.tenant_id = ${tenantId} and h.person_id in (
        select w.person_id from learning_habit w join due d on d.person_id = w.person_id
        where w.tenant_id = ${tenantId} and d.on_date >= ${at.today}::date - ${LATE_DAYS}::int
          and (w.told_on is null or w.told_on < d.on_date)
          and w.updated_at <= (d.on_date + make_interval(hours => w.hour)) at time zone 'Asia/Shanghai'
        order by w.person_id limit ${most} for update of w skip locked)
      returning h.person_id, h.member_id)
    select c.person_id as "personId", c.member_id as "memberId",
      coalesce(m.status in ('normal', 'suspended', 'retained', 'restored'), false) as "isLiving"
    from claimed c left join member_card m on m.tenant_id = ${tenantId} and m.id = c.member_id
    where m.tenant_id = ${tenantId} or m.id is null
    order by c.person_id`.execute(tx)
  return { claimed: rows.length, readers: rows.filter(({ isLiving }) => isLiving) }
}

type DueCourse = { readonly planId: string; readonly courseId: string }
/** Required courses of published plans that are overdue or due until a day. */
export async function coursesDueUntil(db: Db, tenantId: string, until: string): Promise<DueCourse[]> {
  const { rows } = await sql<DueCourse>`
    select k.plan_id as "planId", k.course_id as "courseId"
    from learning_plan_course k
    join learning_plan p on p.tenant_id = ${tenantId} and p.id = k.plan_id
    join learning_course c on c.tenant_id = ${tenantId} and c.id = k.course_id
    where k.tenant_id = ${tenantId} and p.tenant_id = ${tenantId} and c.tenant_id = ${tenantId}
      and p.state = 'published' and c.state = 'live' and k.is_required and k.due_on <= ${until}::date
    order by k.plan_id, k.course_id`.execute(db)
  return rows
}

/** Courses released since a moment that are open on a day. */
export async function coursesSince(db: Db, tenantId: string, since: Date, today: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from learning_course c
    where c.tenant_id = ${tenantId} and c.state = 'live' and c.released_at >= ${since}
      and (c.valid_from is null or c.valid_from <= ${today}::date) and (c.valid_until is null or c.valid_until >= ${today}::date)
    order by c.id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Courses that are open, meant for the learner, released since a moment and not begun; the newest first. */
export async function freshFor(
  db: Db,
  learner: Learner,
  { since, today }: { readonly since: Date; readonly today: string },
): Promise<OwnCourse[]> {
  return (await ownCourses(db, learner)
    .where(openOn(today))
    .where(meantFor('c', learner))
    .where('c.released_at', '>=', since)
    .where('g.member_id', 'is', null)
    .orderBy('c.released_at', 'desc')
    .orderBy('c.id')
    .limit(MOST_SHOWN)
    .execute()) as unknown as OwnCourse[]
}

/** What the learner finished since a moment, the last one first. */
export async function finishedSince(db: Db, learner: Learner, since: Date): Promise<OwnCourse[]> {
  return (await ownCourses(db, learner)
    .where('c.state', '=', 'live')
    .where('g.completed_at', '>=', since)
    .orderBy('g.completed_at', 'desc')
    .orderBy('c.id')
    .limit(MOST_SHOWN)
    .execute()) as unknown as OwnCourse[]
}
