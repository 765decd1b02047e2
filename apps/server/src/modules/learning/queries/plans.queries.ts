import type { Audience, AudienceKind, CourseState, PlanKind, PlanState } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope, pathsAlong } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type Plan = {
  id: string
  kind: PlanKind
  year: number
  title: string
  note: string
  state: PlanState
  orgId: string
  orgPath: string
  orgName: string | null
  audienceId: string
  audienceName: string | null
  audiencePath: string
  audienceKinds: AudienceKind[]
  audiencePosts: Audience['posts']
  audienceLevels: Audience['levels']
  dueOn: string | null
  createdBy: string
  publishedAt: Date | null
  remindedAt: Date | null
  courses: number
  required: number
  version: number
}

const columns = [
  'p.id',
  'p.kind',
  'p.year',
  'p.title',
  'p.note',
  'p.state',
  'p.org_id as orgId',
  'p.org_path as orgPath',
  'o.name as orgName',
  'p.audience_id as audienceId',
  'a.name as audienceName',
  'p.audience_path as audiencePath',
  'p.audience_kinds as audienceKinds',
  'p.audience_posts as audiencePosts',
  'p.audience_levels as audienceLevels',
  'p.due_on as dueOn',
  'p.created_by as createdBy',
  'p.published_at as publishedAt',
  'p.reminded_at as remindedAt',
  'p.version',
] as const

const plans = (db: Db, tenantId: string) =>
  db
    .selectFrom('learning_plan as p')
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.id', '=', 'p.org_id'))
    .leftJoin('org_path as a', (join) => join.on('a.tenant_id', '=', tenantId).onRef('a.id', '=', 'p.audience_id'))
    .select(columns)
    .select([
      sql<number>`(select count(*)::int from learning_plan_course k where k.tenant_id = ${tenantId} and k.plan_id = p.id)`.as(
        'courses',
      ),
      sql<number>`(select count(*)::int from learning_plan_course k where k.tenant_id = ${tenantId} and k.plan_id = p.id and k.is_required)`.as(
        'required',
      ),
    ])
    .where('p.tenant_id', '=', tenantId)

/** Plans of the reach, and published ones from above whose audience touches it. */
const readable = (actor: Actor) => {
  if (actor.reach === 'self') return sql<boolean>`false`
  return sql<boolean>`(${inReach('p.org_path', actor)} or (p.state <> 'draft'
    and (p.audience_path = any(${pathsAlong(actor.scope)}::text[]) or ${inReach('p.audience_path', actor)})))`
}

export type PlanFilter = {
  place: string | null
  year: number | null
  kind: string | null
  state: string | null
  text: string | null
}
export async function listPlans(db: Db, actor: Actor, filter: PlanFilter, keyset: Keyset): Promise<Plan[]> {
  let select = plans(db, actor.tenantId).where(readable(actor))
  if (filter.place) select = select.where(inScope('p.org_path', filter.place))
  if (filter.year !== null) select = select.where('p.year', '=', filter.year)
  if (filter.kind) select = select.where('p.kind', '=', filter.kind)
  if (filter.state) select = select.where('p.state', '=', filter.state)
  // A draft that was given up was never anybody's plan.
  else select = select.where(sql<boolean>`(p.state <> 'closed' or p.published_at is not null)`)
  if (filter.text) select = select.where('p.title', 'like', containing(filter.text))
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'learning_plan', Plan>,
    keyset,
    'p.id',
  ).execute()) as Plan[]
}

export async function findPlan(db: Db, actor: Actor, id: string): Promise<Plan | undefined> {
  const row = await plans(db, actor.tenantId).where('p.id', '=', id).where(readable(actor)).executeTakeFirst()
  return row as Plan | undefined
}

/** A plan by its id, for reactions and jobs, which act for the whole tenant. */
export async function planById(db: Db, tenantId: string, id: string): Promise<Plan | undefined> {
  return (await plans(db, tenantId).where('p.id', '=', id).executeTakeFirst()) as Plan | undefined
}

export async function lockPlan(tx: Tx, actor: Actor, id: string): Promise<Plan | undefined> {
  const row = await plans(tx, actor.tenantId)
    .where('p.id', '=', id)
    .where(inReach('p.org_path', actor))
    .forUpdate('p')
    .executeTakeFirst()
  return row as Plan | undefined
}

export type PlanFacts = {
  title: string
  note: string
  audience: Audience
  audiencePath: string
  dueOn: string | null
}
const factColumns = (facts: PlanFacts) => ({
  title: facts.title,
  note: facts.note,
  audience_id: facts.audience.orgId,
  audience_path: facts.audiencePath,
  audience_kinds: [...facts.audience.kinds],
  audience_posts: [...facts.audience.posts],
  audience_levels: [...facts.audience.levels],
  due_on: facts.dueOn,
})

export async function insertPlan(
  tx: Tx,
  tenantId: string,
  plan: PlanFacts & { id: string; kind: PlanKind; year: number; orgId: string; orgPath: string; by: string },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('learning_plan')
    .values({
      tenant_id: tenantId,
      id: plan.id,
      org_id: plan.orgId,
      org_path: plan.orgPath,
      kind: plan.kind,
      year: plan.year,
      ...factColumns(plan),
      created_by: plan.by,
      updated_at: at,
    })
    .execute()
}

export type PlanChange = {
  facts?: PlanFacts
  state?: PlanState
  publishedAt?: Date
  closedReason?: string
}
export async function setPlan(
  tx: Tx,
  tenantId: string,
  plan: Pick<Plan, 'id' | 'version'>,
  { facts, state, publishedAt, closedReason }: PlanChange,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('learning_plan')
    .set({
      ...(facts ? factColumns(facts) : {}),
      ...(state ? { state } : {}),
      ...(publishedAt ? { published_at: publishedAt } : {}),
      ...(closedReason ? { closed_reason: closedReason } : {}),
      version: plan.version + 1,
      updated_at: at,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', plan.id)
    .execute()
}

export async function setReminded(tx: Tx, tenantId: string, planId: string, at: Date): Promise<void> {
  await tx
    .updateTable('learning_plan')
    .set({ reminded_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', planId)
    .execute()
}

export type PlanCourseRow = {
  courseId: string
  isRequired: boolean
  dueOn: string | null
  title: string
  courseState: CourseState
  quarters: number
}
export async function planCourses(db: Db, tenantId: string, planId: string): Promise<PlanCourseRow[]> {
  return (await db
    .selectFrom('learning_plan_course as k')
    .innerJoin('learning_course as c', (join) =>
      join.on('c.tenant_id', '=', tenantId).onRef('c.id', '=', 'k.course_id'),
    )
    .select([
      'k.course_id as courseId',
      'k.is_required as isRequired',
      'k.due_on as dueOn',
      'c.title',
      'c.state as courseState',
      'c.quarters',
    ])
    .where('k.tenant_id', '=', tenantId)
    .where('c.tenant_id', '=', tenantId)
    .where('k.plan_id', '=', planId)
    .orderBy('k.position')
    .execute()) as PlanCourseRow[]
}

export async function replaceCourses(
  tx: Tx,
  tenantId: string,
  plan: { id: string; orgPath: string },
  rows: readonly { courseId: string; isRequired: boolean; dueOn: string | null }[],
): Promise<void> {
  const before = await tx
    .deleteFrom('learning_plan_course')
    .where('tenant_id', '=', tenantId)
    .where('plan_id', '=', plan.id)
    .returning(['course_id', 'due_on', 'reminded_on'])
    .execute()
  // Whoever was told of a day is not told of the same day again.
  const remindedOn = (row: { courseId: string; dueOn: string | null }) =>
    before.find((one) => one.course_id === row.courseId && one.due_on === row.dueOn)?.reminded_on ?? null
  if (rows.length === 0) return
  await tx
    .insertInto('learning_plan_course')
    .values(
      rows.map((row, position) => ({
        tenant_id: tenantId,
        plan_id: plan.id,
        course_id: row.courseId,
        org_path: plan.orgPath,
        position,
        is_required: row.isRequired,
        due_on: row.dueOn,
        reminded_on: remindedOn(row),
      })),
    )
    .execute()
}

export type DueSoon = { planId: string; courseId: string; orgPath: string; title: string; dueOn: string }
/** Claims the courses of published plans for which one of the `days` before has come since they were reminded of last. */
export async function claimDueSoon(
  tx: Tx,
  tenantId: string,
  today: string,
  days: readonly number[],
): Promise<DueSoon[]> {
  const { rows } = await sql<DueSoon>`
    with claimed as (
      update learning_plan_course k set reminded_on = ${today}::date
      from learning_plan p
      where k.tenant_id = ${tenantId} and p.tenant_id = ${tenantId} and p.id = k.plan_id and p.state = 'published'
        and k.due_on >= ${today}::date and exists (
          select from unnest(${[...days]}::int[]) as step(days)
          where k.due_on - step.days between (p.published_at at time zone 'Asia/Shanghai')::date and ${today}::date
            and (k.reminded_on is null or k.reminded_on < k.due_on - step.days))
        and exists (select from learning_course c
          where c.tenant_id = ${tenantId} and c.id = k.course_id and c.state = 'live')
      returning k.plan_id, k.course_id, k.position, k.due_on, p.org_path)
    select k.plan_id as "planId", k.course_id as "courseId", k.org_path as "orgPath", c.title, k.due_on as "dueOn"
    from claimed k join learning_course c on c.tenant_id = ${tenantId} and c.id = k.course_id
    where c.tenant_id = ${tenantId}
    order by k.due_on, k.plan_id, k.position`.execute(tx)
  return rows
}
