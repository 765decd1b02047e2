import {
  type changePlan,
  type closePlan,
  type createPlan,
  type Input,
  type listPlans,
  type PlanCourse,
  type PlanRecord,
  type PlanRow,
  type publishPlan,
  type Reply,
  type readPlan,
  learningRefusals as refusals,
} from '@tongxin/contract'
import { addDays } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { reaches } from '../../../platform/scope.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { personNamesOf } from '../../access/index.ts'
import { endDeadlines, setDeadlines } from '../../deadlines/index.ts'
import { audienceOf } from '../../members/index.ts'
import { findUnit } from '../../org/index.ts'
import { coursesById } from '../queries/courses.queries.ts'
import { sumsOf } from '../queries/plan-people.queries.ts'
import * as q from '../queries/plans.queries.ts'
import { askedOf } from './audience.ts'
import { audiencePathOf } from './content.ts'
import { audienceShown } from './courses.ts'

export const planSubject = (plan: Pick<q.Plan, 'id' | 'orgPath'>) => ({
  kind: 'learning_plan',
  id: plan.id,
  orgPath: plan.orgPath,
})

const rowOf = (plan: q.Plan): PlanRow => ({
  id: plan.id,
  kind: plan.kind,
  year: plan.year,
  title: plan.title,
  state: plan.state,
  orgId: plan.orgId,
  orgName: plan.orgName ?? '',
  audience: audienceShown(plan),
  courses: plan.courses,
  required: plan.required,
  dueOn: plan.dueOn,
  version: plan.version,
})

const SORTS = { year: 'p.year', title: 'p.title', dueOn: 'p.due_on' } as const
export async function list(ctx: Ctx, { query }: Input<typeof listPlans>): Promise<Reply<typeof listPlans>> {
  const unit = query.orgId ? await findUnit(ctx.db, ctx.actor, query.orgId) : undefined
  if (query.orgId && !unit) throw refusals.no_such_org.at('/query/orgId')
  const keyset = keysetOf(query, SORTS, '-year')
  const filter = {
    place: unit?.path ?? null,
    year: query.year ?? null,
    kind: query.kind ?? null,
    state: query.state ?? null,
    text: query.text ?? null,
  }
  const { rows, next } = pageOfRows(await q.listPlans(ctx.db, ctx.actor, filter, keyset), keyset, (row) => ({
    value: keyset.column === SORTS.title ? row.title : keyset.column === SORTS.dueOn ? row.dueOn : row.year,
    id: row.id,
  }))
  return { rows: rows.map(rowOf), next, total: null }
}

export async function planFor(ctx: Ctx | Ctx<Tx>, id: string): Promise<q.Plan> {
  const plan = await q.findPlan(ctx.db, ctx.actor, id)
  if (!plan) throw refusals.plan_not_found()
  return plan
}

export async function read(ctx: Ctx, { params }: Input<typeof readPlan>): Promise<PlanRecord> {
  const plan = await planFor(ctx, params.id)
  const rows = await q.planCourses(ctx.db, ctx.actor.tenantId, plan.id)
  const today = todayOf(ctx.now)
  const sums = await sumsOf(ctx.db, ctx.actor, await audienceOf(ctx.db, ctx.actor.tenantId, plan), askedOf(rows, today))
  const names = await personNamesOf(ctx.db, [plan.createdBy])
  const writes = ctx.actor.permissions.has('learning.write')
  const owns = writes && reaches(ctx.actor, plan.orgPath)
  return {
    ...rowOf(plan),
    note: plan.note,
    rows,
    createdBy: names.get(plan.createdBy) ?? '',
    publishedAt: plan.publishedAt?.toISOString() ?? null,
    remindedAt: plan.remindedAt?.toISOString() ?? null,
    people: sums.people,
    finished: sums.finished,
    can: {
      write: owns && plan.state !== 'closed',
      publish: owns && plan.state === 'draft',
      close: owns && plan.state !== 'closed',
      remind: writes && plan.state === 'published' && sums.finished < sums.people,
    },
  }
}

/** Courses of a plan: each once, open, and due within the year. */
async function demandCourses(ctx: Ctx<Tx>, year: number, courses: readonly PlanCourse[]): Promise<void> {
  const known = await coursesById(
    ctx.db,
    ctx.actor.tenantId,
    courses.map(({ courseId }) => courseId),
  )
  const usable = new Set(known.filter(({ state }) => state === 'live').map(({ id }) => id))
  courses.forEach(({ courseId, dueOn }, at) => {
    const isRepeated = courses.findIndex((one) => one.courseId === courseId) < at
    if (isRepeated || !usable.has(courseId)) throw refusals.plan_course_unusable.at(`/body/courses/${at}/courseId`)
    if (dueOn !== null && Number(dueOn.slice(0, 4)) !== year)
      throw refusals.due_outside_year.at(`/body/courses/${at}/dueOn`)
  })
}

/** The next day on which something required is due. */
const nextDue = (courses: readonly PlanCourse[], today: string): string | null =>
  courses
    .filter(({ isRequired, dueOn }) => isRequired && dueOn !== null && dueOn >= today)
    .map(({ dueOn }) => dueOn as string)
    .sort()[0] ?? null

export async function create(ctx: Ctx<Tx>, { body }: Input<typeof createPlan>): Promise<Reply<typeof createPlan>> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  const audiencePath = await audiencePathOf(ctx, unit.path, body.audience)
  await demandCourses(ctx, body.year, body.courses)
  const { tenantId, personId } = ctx.actor
  const id = newId(ctx)
  const facts = {
    title: body.title.trim(),
    note: body.note,
    audience: body.audience,
    audiencePath,
    dueOn: nextDue(body.courses, todayOf(ctx.now)),
  }
  const plan = { id, kind: body.kind, year: body.year, orgId: unit.id, orgPath: unit.path, by: personId }
  await q.insertPlan(ctx.db, tenantId, { ...plan, ...facts }, ctx.now)
  await q.replaceCourses(ctx.db, tenantId, plan, body.courses)
  await publish(ctx, 'learning.plan_begun', planSubject(plan), { year: body.year })
  return { id, version: 1 }
}

async function lockFor(ctx: Ctx<Tx>, id: string): Promise<q.Plan> {
  const plan = await q.lockPlan(ctx.db, ctx.actor, id)
  if (!plan) throw refusals.plan_not_found()
  demandVersion(ctx, plan.version)
  return plan
}

export async function change(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof changePlan>,
): Promise<Reply<typeof changePlan>> {
  const plan = await lockFor(ctx, params.id)
  if (plan.state === 'closed') throw refusals.plan_state({ state: plan.state })
  if (plan.state === 'published' && body.courses.length === 0) throw refusals.plan_empty.at('/body/courses')
  const audiencePath = await audiencePathOf(ctx, plan.orgPath, body.audience)
  await demandCourses(ctx, plan.year, body.courses)
  const facts = {
    title: body.title.trim(),
    note: body.note,
    audience: body.audience,
    audiencePath,
    dueOn: nextDue(body.courses, todayOf(ctx.now)),
  }
  const { tenantId } = ctx.actor
  await q.setPlan(ctx.db, tenantId, plan, { facts }, ctx.now)
  await q.replaceCourses(ctx.db, tenantId, plan, body.courses)
  if (plan.state === 'published') await setClock(ctx, { ...plan, title: facts.title }, body.courses)
  await publish(ctx, 'learning.plan_changed', planSubject(plan), { year: plan.year, courses: body.courses.length })
  return { id: plan.id, version: plan.version + 1 }
}

export async function publishOne(
  ctx: Ctx<Tx>,
  { params }: Input<typeof publishPlan>,
): Promise<Reply<typeof publishPlan>> {
  const plan = await lockFor(ctx, params.id)
  if (plan.state !== 'draft') throw refusals.plan_state({ state: plan.state })
  const { tenantId } = ctx.actor
  const courses = await q.planCourses(ctx.db, tenantId, plan.id)
  if (courses.length === 0) throw refusals.plan_empty()
  await demandCourses(ctx, plan.year, courses)
  await q.setPlan(ctx.db, tenantId, plan, { state: 'published', publishedAt: ctx.now }, ctx.now)
  await setClock(ctx, plan, courses)
  await publish(ctx, 'learning.plan_published', planSubject(plan), { year: plan.year, title: plan.title })
  return { id: plan.id, version: plan.version + 1 }
}

export async function close(ctx: Ctx<Tx>, { params, body }: Input<typeof closePlan>): Promise<Reply<typeof closePlan>> {
  const plan = await lockFor(ctx, params.id)
  if (plan.state === 'closed') throw refusals.plan_state({ state: plan.state })
  await q.setPlan(ctx.db, ctx.actor.tenantId, plan, { state: 'closed', closedReason: body.reason }, ctx.now)
  await endDeadlines(ctx, [clockOf(plan.id)], 'void')
  await publish(ctx, 'learning.plan_closed', planSubject(plan), { year: plan.year }, { reason: body.reason })
  return { id: plan.id, version: plan.version + 1 }
}

const clockOf = (planId: string): string => `learning.plan/${planId}`
const YELLOW_DAYS = 30

/** The organisers look who has not finished before the next day comes; learners are told by the reminders. */
async function setClock(
  ctx: Ctx<Tx>,
  plan: Pick<q.Plan, 'id' | 'title' | 'orgId' | 'orgPath'>,
  courses: readonly PlanCourse[],
): Promise<void> {
  const today = todayOf(ctx.now)
  const dueOn = nextDue(courses, today)
  if (dueOn === null) {
    await endDeadlines(ctx, [clockOf(plan.id)], 'void')
    return
  }
  await setDeadlines(ctx, [
    {
      key: clockOf(plan.id),
      kind: 'learning.plan',
      params: { title: plan.title },
      unit: { id: plan.orgId, path: plan.orgPath },
      permission: 'learning.write',
      personId: null,
      startsOn: today,
      yellowOn: addDays(dueOn, -YELLOW_DAYS),
      dueOn,
      remind: [30, 7, 1],
      deskPath: `/learning/plans/${plan.id}`,
      phonePath: null,
    },
  ])
}
