import {
  type changeStudyTask,
  type closeStudyTask,
  type Input,
  type listStudyTasks,
  type Reply,
  type readStudyTask,
  studyRefusals as refusals,
  type remindStudyTask,
  type setStudyTask,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { reaches } from '../../../platform/scope.ts'
import { findUnit, type OrgUnit } from '../../org/index.ts'
import type { PlaceFilter } from '../queries/paged.ts'
import * as q from '../queries/tasks.queries.ts'
import { MOST_MISSING } from '../study.policy.ts'
import type { StudyPorts } from '../study.ports.ts'
import { demandAudience, peopleOf } from './audience.ts'
import { endTaskClocks, setTaskClock } from './clocks.ts'
import { taskRow, taskSubject } from './shown.ts'

type Changed = { id: string; state: string }
const SORTS = { dueOn: 't.due_on', createdAt: 't.created_at' } as const

/** The place of a filter. @throws Refusal `study.no_such_org` */
export async function placeOf(
  ctx: Ctx | Ctx<Tx>,
  filter: { readonly orgId?: string; readonly below?: boolean },
  at: string,
): Promise<PlaceFilter> {
  const unit = filter.orgId === undefined ? null : await demandUnit(ctx, filter.orgId, `${at}/orgId`)
  return { path: unit?.path ?? null, isBelow: filter.below ?? true }
}

/** A unit that the post acts for. @throws Refusal `study.no_such_org` */
export async function demandUnit(ctx: Ctx | Ctx<Tx>, orgId: string, at: string): Promise<OrgUnit> {
  const unit = await findUnit(ctx.db, ctx.actor, orgId)
  if (!unit || !reaches(ctx.actor, unit.path)) throw refusals.no_such_org.at(at)
  return unit
}

export async function list(ctx: Ctx, { query }: Input<typeof listStudyTasks>): Promise<Reply<typeof listStudyTasks>> {
  const keyset = keysetOf(query, SORTS, '-createdAt')
  const place = await placeOf(ctx, query, '/query')
  const { kind = null, state = null, text = null } = query
  const found = await q.listTasks(ctx.db, ctx.actor, { kind, state, text, ...place }, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.column === SORTS.dueOn ? row.dueOn : row.createdAt.toISOString(),
    id: row.id,
  }))
  return { rows: rows.map(taskRow), next, total: null }
}

export async function read(ctx: Ctx, { params }: Input<typeof readStudyTask>): Promise<Reply<typeof readStudyTask>> {
  const task = await q.findTask(ctx.db, ctx.actor, params.id)
  if (!task) throw refusals.not_found()
  const { tenantId } = ctx.actor
  const people = await peopleOf(ctx.db, tenantId, task)
  const missing = await q.missingOf(ctx.db, tenantId, task.id, people, MOST_MISSING)
  return {
    task: taskRow(task),
    people: await q.countPeople(ctx.db, tenantId, people),
    missing: missing.map(({ memberId, name, orgName }) => ({ memberId, name, orgName: orgName ?? '' })),
  }
}

export const make =
  ({ courseFacts }: StudyPorts) =>
  async (ctx: Ctx<Tx>, { body }: Input<typeof setStudyTask>): Promise<Changed> => {
    const unit = await demandUnit(ctx, body.orgId, '/body/orgId')
    if (body.dueOn < todayOf(ctx.now)) throw refusals.dates_wrong.at('/body/dueOn')
    if (body.minWords > body.maxWords) throw refusals.words_range.at('/body/maxWords')
    const { orgId: _, courseId = null, title, brief, ...facts } = body
    demandAudience(body.audience)
    const course = courseId === null ? null : await courseFacts(ctx, courseId)
    if (course === undefined) throw refusals.no_such_course.at('/body/courseId')
    const task = {
      id: newId(ctx),
      unitId: unit.id,
      orgPath: unit.path,
      unitName: unit.name,
      courseId,
      courseTitle: course?.title ?? null,
      title: title.trim(),
      brief: brief.trim(),
      madeBy: ctx.actor.personName,
      ...facts,
    }
    await q.insertTask(ctx.db, ctx.actor, task, ctx.now)
    await setTaskClock(ctx, task)
    const { kind, dueOn } = task
    await publish(ctx, 'study.task_set', taskSubject(task), { title: task.title, kind, dueOn })
    return { id: task.id, state: 'open' }
  }

async function locked(ctx: Ctx<Tx>, id: string): Promise<q.Counted> {
  const task = await q.lockTask(ctx.db, ctx.actor, id)
  if (!task) throw refusals.not_found()
  return task
}

export async function change(ctx: Ctx<Tx>, { params, body }: Input<typeof changeStudyTask>): Promise<Changed> {
  const task = await locked(ctx, params.id)
  if (task.state !== 'open') throw refusals.closed()
  const { minWords, maxWords, dueOn } = body
  if (minWords > maxWords) throw refusals.words_range.at('/body/maxWords')
  if (dueOn !== task.dueOn && dueOn < todayOf(ctx.now)) throw refusals.dates_wrong.at('/body/dueOn')
  // Whoever handed in did so under the limits of the day.
  if (task.handedIn > 0 && (minWords !== task.minWords || maxWords !== task.maxWords))
    throw refusals.limits_used.at('/body/minWords')
  const title = body.title.trim()
  const written = { title, brief: body.brief.trim(), min_words: minWords, max_words: maxWords, due_on: dueOn }
  await q.setTask(ctx.db, ctx.actor.tenantId, task.id, written, ctx.now)
  await setTaskClock(ctx, { ...task, title, dueOn })
  await publish(ctx, 'study.task_changed', taskSubject(task), { title, dueOn })
  return { id: task.id, state: task.state }
}

export async function close(ctx: Ctx<Tx>, { params, body }: Input<typeof closeStudyTask>): Promise<Changed> {
  const task = await locked(ctx, params.id)
  const { state } = body
  if (task.state === state) throw refusals.closed()
  await q.setTask(ctx.db, ctx.actor.tenantId, task.id, { state }, ctx.now)
  await (state === 'closed' ? endTaskClocks(ctx, task.id) : setTaskClock(ctx, task))
  const payload = { title: task.title, state }
  await publish(ctx, 'study.task_moved', taskSubject(task), payload, { reason: body.reason.trim() })
  return { id: task.id, state }
}

export async function remind(ctx: Ctx<Tx>, { params }: Input<typeof remindStudyTask>): Promise<{ people: number }> {
  const task = await locked(ctx, params.id)
  const today = todayOf(ctx.now)
  if (task.state !== 'open') throw refusals.closed()
  if (task.remindedOn === today) throw refusals.reminded_today()
  const { tenantId } = ctx.actor
  const people = (await q.countPeople(ctx.db, tenantId, await peopleOf(ctx.db, tenantId, task))) - task.handedIn
  if (people <= 0) throw refusals.nothing_to_do()
  await q.setTask(ctx.db, ctx.actor.tenantId, task.id, { reminded_on: today }, ctx.now)
  const { title, dueOn } = task
  await publish(ctx, 'study.task_reminded', taskSubject(task), { title, dueOn, people })
  return { people }
}
