import {
  type Input,
  type LearnerRow,
  type listLearners,
  type listPlanPeople,
  type listPlanUnits,
  type PlanPerson,
  type Reply,
  learningRefusals as refusals,
  type remindPlan,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { type Keyset, keysetOf, pageOfRows } from '../../../platform/page.ts'
import { reaches } from '../../../platform/scope.ts'
import { audienceOf } from '../../members/index.ts'
import { findUnit } from '../../org/index.ts'
import * as courses from '../queries/courses.queries.ts'
import * as q from '../queries/plan-people.queries.ts'
import * as plans from '../queries/plans.queries.ts'
import * as progress from '../queries/progress.queries.ts'
import { askedOf } from './audience.ts'
import { planFor } from './plans.ts'

/** The path below which a list looks. @throws Refusal for a unit that the caller does not reach */
export async function placeOf(ctx: Ctx, orgId: string | undefined, field: string): Promise<string> {
  if (orgId === undefined) return ctx.actor.scope
  const unit = await findUnit(ctx.db, ctx.actor, orgId)
  if (!unit) throw refusals.no_such_org.at(field)
  return unit.path
}

type LearnerFilter = Pick<Input<typeof listLearners>['query'], 'completed' | 'orgId' | 'text'>
export async function learnersOf(
  ctx: Ctx,
  courseId: string,
  filter: LearnerFilter,
  keyset: Keyset,
  field: string,
): Promise<progress.LearnerRow[]> {
  const course = await courses.findCourse(ctx.db, ctx.actor, courseId)
  if (!course) throw refusals.not_found()
  const place = await placeOf(ctx, filter.orgId, field)
  const where = { place, completed: filter.completed ?? null, text: filter.text ?? null }
  return progress.listLearners(ctx.db, ctx.actor, course.id, where, keyset)
}

export const learnerShown = (row: progress.LearnerRow): LearnerRow => ({
  memberId: row.memberId,
  name: row.name,
  orgId: row.orgId,
  orgName: row.orgName ?? '',
  number: row.number,
  done: row.done,
  total: row.total,
  startedOn: todayOf(row.startedAt),
  lastOn: todayOf(row.lastAt),
  completedOn: row.completedAt && todayOf(row.completedAt),
})

export async function learners(
  ctx: Ctx,
  { params, query }: Input<typeof listLearners>,
): Promise<Reply<typeof listLearners>> {
  const keyset = keysetOf(query, { name: 'm.name', lastOn: 'g.last_at' }, '-lastOn')
  const found = await learnersOf(ctx, params.id, query, keyset, '/query/orgId')
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.column === 'm.name' ? row.name : row.lastAt.toISOString(),
    id: row.memberId,
  }))
  return { rows: rows.map(learnerShown), next, total: null }
}

type PersonFilter = Pick<Input<typeof listPlanPeople>['query'], 'finished' | 'overdue' | 'orgId' | 'text'>
export async function planPeopleOf(
  ctx: Ctx,
  planId: string,
  filter: PersonFilter,
  keyset: Keyset,
  field: string,
): Promise<{ plan: plans.Plan; rows: PlanPerson[]; found: q.Person[] }> {
  const plan = await planFor(ctx, planId)
  const { tenantId } = ctx.actor
  const asked = askedOf(await plans.planCourses(ctx.db, tenantId, plan.id), todayOf(ctx.now))
  const where = {
    place: await placeOf(ctx, filter.orgId, field),
    finished: filter.finished ?? null,
    overdue: filter.overdue ?? null,
    text: filter.text ?? null,
  }
  const found = await q.listPeople(ctx.db, ctx.actor, await audienceOf(ctx.db, tenantId, plan), asked, where, keyset)
  const rows = found.map((row) => ({
    memberId: row.memberId,
    name: row.name,
    orgId: row.orgId,
    orgName: row.orgName ?? '',
    required: asked.required.length,
    done: row.done,
    overdue: asked.overdue.length - row.overdueDone,
    lastOn: row.lastAt && todayOf(row.lastAt),
  }))
  return { plan, rows, found }
}

export async function planPeople(
  ctx: Ctx,
  { params, query }: Input<typeof listPlanPeople>,
): Promise<Reply<typeof listPlanPeople>> {
  const keyset = keysetOf(query, { name: 'm.name' }, 'name')
  const { rows: all } = await planPeopleOf(ctx, params.id, query, keyset, '/query/orgId')
  const { rows, next } = pageOfRows(all, keyset, (row) => ({ value: row.name, id: row.memberId }))
  return { rows, next, total: null }
}

export async function planUnits(
  ctx: Ctx,
  { params, query }: Input<typeof listPlanUnits>,
): Promise<Reply<typeof listPlanUnits>> {
  const plan = await planFor(ctx, params.id)
  const unit = await findUnit(ctx.db, ctx.actor, query.orgId ?? ctx.actor.orgId)
  if (!unit) throw refusals.no_such_org.at('/query/orgId')
  const { tenantId } = ctx.actor
  const asked = askedOf(await plans.planCourses(ctx.db, tenantId, plan.id), todayOf(ctx.now))
  const audience = await audienceOf(ctx.db, tenantId, plan)
  return {
    orgId: unit.id,
    orgName: unit.name,
    rows: await q.sumsByUnit(ctx.db, ctx.actor, audience, asked, unit),
  }
}

/**
 * Tells people of the caller's reach who have not finished. Whoever owns the plan tells everybody at most once a day; a
 * unit below tells its own people and keeps nobody else from telling theirs.
 */
export async function remind(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof remindPlan>,
): Promise<Reply<typeof remindPlan>> {
  const plan = await planFor(ctx, params.id)
  if (plan.state !== 'published') throw refusals.plan_state({ state: plan.state })
  const { tenantId, scope } = ctx.actor
  const today = todayOf(ctx.now)
  const isForAll = body.memberIds === null && reaches(ctx.actor, plan.orgPath)
  if (isForAll && plan.remindedAt !== null && todayOf(plan.remindedAt) === today) throw refusals.reminded_today()
  const { required } = askedOf(await plans.planCourses(ctx.db, tenantId, plan.id), today)
  const audience = await audienceOf(ctx.db, tenantId, plan)
  const within = { path: scope, memberIds: body.memberIds }
  const people = await q.unfinishedOf(ctx.db, tenantId, audience, required, within)
  if (people.length === 0) throw refusals.nobody_to_remind()
  if (isForAll) await plans.setReminded(ctx.db, tenantId, plan.id, ctx.now)
  const told = { planId: plan.id, title: plan.title, memberIds: body.memberIds, people: people.length }
  await publish(ctx, 'learning.reminded', { kind: 'learning_plan', id: plan.id, orgPath: scope }, told)
  return { people: people.length }
}
