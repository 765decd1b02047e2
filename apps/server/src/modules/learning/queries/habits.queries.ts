import type { LearningHabit } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'
import { categoriesOf } from '../../members/index.ts'
import type { Learner } from './own.queries.ts'

export async function habitOf(db: Db, tenantId: string, personId: string): Promise<LearningHabit | undefined> {
  return db
    .selectFrom('learning_habit')
    .select(['is_on as isOn', 'hour', 'is_weekly as isWeekly', 'weekday'])
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
}

export async function setHabit(tx: Tx, learner: Learner, habit: LearningHabit, at: Date): Promise<void> {
  const { isOn, hour, isWeekly, weekday } = habit
  const set = { is_on: isOn, hour, is_weekly: isWeekly, weekday, updated_at: at }
  await tx
    .insertInto('learning_habit')
    .values({
      tenant_id: learner.tenantId,
      person_id: learner.personId,
      member_id: learner.memberId,
      org_path: learner.orgPath,
      ...set,
    })
    .onConflict((c) => c.columns(['tenant_id', 'person_id']).doUpdateSet(set))
    .execute()
}

/**
 * Claims the micro-lesson of the day for everybody whose hour has struck since he chose it: the newest one open at that
 * hour that the person has not begun and was not sent before. Posts narrow no micro-lesson. A second run of the day claims
 * nothing again, and one after hours in which the machine was off claims for those too.
 */
export async function claimDaily(
  tx: Tx,
  tenantId: string,
  today: string,
  hour: number,
): Promise<{ personId: string; courseId: string; title: string }[]> {
  const kinds = sql.raw(
    (['formal', 'probationary', 'activist', 'masses'] as const)
      .map(
        (kind) =>
          `when m.category in (${categoriesOf([kind])
            .map((one) => `'${one}'`)
            .join(', ')}) then '${kind}'`,
      )
      .join(' '),
  )
  const { rows } = await sql<{ personId: string; courseId: string; title: string }>`
    with claimed as (
      insert into learning_habit_day (tenant_id, person_id, on_date, org_path, course_id)
      select h.tenant_id, h.person_id, ${today}::date, h.org_path, c.id
      from learning_habit h
      join member_card m on m.tenant_id = ${tenantId} and m.id = h.member_id
      cross join lateral (
        select c.id from learning_course c
        where c.tenant_id = ${tenantId} and c.kind = 'micro' and c.state = 'live'
          and (c.valid_from is null or c.valid_from <= ${today}::date) and (c.valid_until is null or c.valid_until >= ${today}::date)
          and (c.audience_path = h.org_path or starts_with(h.org_path, c.audience_path || '.'))
          and c.released_at <= (${today}::date + make_interval(hours => h.hour)) at time zone 'Asia/Shanghai'
          and cardinality(c.audience_posts) = 0 and (case ${kinds} else '' end) = any(c.audience_kinds)
          and not exists (select from learning_progress g where g.tenant_id = ${tenantId} and g.course_id = c.id and g.member_id = h.member_id)
          and not exists (select from learning_habit_day y where y.tenant_id = ${tenantId} and y.person_id = h.person_id and y.course_id = c.id)
        order by c.released_at desc, c.id limit 1) c
      where h.tenant_id = ${tenantId} and m.tenant_id = ${tenantId} and h.is_on and h.hour <= ${hour}
        and h.updated_at <= (${today}::date + make_interval(hours => h.hour)) at time zone 'Asia/Shanghai'
      on conflict do nothing
      returning person_id, course_id)
    select d.person_id as "personId", d.course_id as "courseId", c.title
    from claimed d join learning_course c on c.tenant_id = ${tenantId} and c.id = d.course_id
    where c.tenant_id = ${tenantId} order by d.course_id, d.person_id`.execute(tx)
  return rows
}

/** The micro-lesson that a person was sent today. */
export async function dailyOf(db: Db, tenantId: string, personId: string, today: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('learning_habit_day')
    .select('course_id as courseId')
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', personId)
    .where('on_date', '=', today)
    .executeTakeFirst()
  return row?.courseId
}
