import {
  type Input,
  type listIssuedTasks,
  type listMyTaskParts,
  type listTaskParts,
  type Reply,
  type readMyTaskPart,
  type readTask,
  type readTaskPart,
  tasksRefusals as refusals,
  type TaskPartFilter,
  type TaskPartRecord,
} from '@tongxin/contract'
import { addDays } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { reaches } from '../../../platform/scope.ts'
import { findUnit } from '../../org/index.ts'
import type { PlaceFilter } from '../queries/paged.ts'
import * as parts from '../queries/parts.queries.ts'
import { stepsOf } from '../queries/steps.queries.ts'
import * as q from '../queries/tasks.queries.ts'
import { SOON_DAYS } from '../tasks.policy.ts'
import { mayCheck, mayDo } from './acts.ts'
import { partRow, stepShown, taskRow, taskText } from './shown.ts'

const TASK_SORTS = { dueOn: 't.due_on', createdAt: 't.created_at' } as const
const PART_SORTS = { dueOn: 'p.due_on', since: 'p.since' } as const

/** The place of a filter. @throws Refusal `tasks.no_such_org` */
export async function placeOf(
  ctx: Ctx | Ctx<Tx>,
  filter: { readonly orgId?: string; readonly below?: boolean },
  at: string,
): Promise<PlaceFilter> {
  const isBelow = filter.below ?? true
  if (filter.orgId === undefined) return { path: null, isBelow }
  const unit = await findUnit(ctx.db, ctx.actor, filter.orgId)
  if (!unit || !reaches(ctx.actor, unit.path)) throw refusals.no_such_org.at(`${at}/orgId`)
  return { path: unit.path, isBelow }
}

export async function listIssued(
  ctx: Ctx,
  { query }: Input<typeof listIssuedTasks>,
): Promise<Reply<typeof listIssuedTasks>> {
  const keyset = keysetOf(query, TASK_SORTS, '-createdAt')
  const place = await placeOf(ctx, query, '/query')
  const today = todayOf(ctx.now)
  const { state = null, late = false, basis = null, text = null } = query
  const filter = { ...place, state, isLate: late, basis, text, today }
  const found = await q.listTasks(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.column === TASK_SORTS.dueOn ? row.dueOn : row.createdAt.toISOString(),
    id: row.id,
  }))
  const ids = rows.map(({ id }) => id)
  const countOf = await q.countsOf(ctx.db, ctx.actor.tenantId, ids, today)
  return { rows: rows.map((task) => taskRow(task, countOf(task.id))), next, total: null }
}

export async function readIssued(ctx: Ctx, { params }: Input<typeof readTask>): Promise<Reply<typeof readTask>> {
  const task = await q.findTask(ctx.db, ctx.actor, params.id)
  if (!task) throw refusals.not_found()
  const countOf = await q.countsOf(ctx.db, ctx.actor.tenantId, [task.id], todayOf(ctx.now))
  return { ...taskRow(task, countOf(task.id)), text: taskText(task), reason: task.reason }
}

/** The filter of a list of parts, with the days that it means today. */
export async function filterOf(
  ctx: Ctx | Ctx<Tx>,
  { orgId, below, ...filter }: TaskPartFilter,
  at: string,
): Promise<parts.PartFilter> {
  const wanted = { ...(orgId === undefined ? {} : { orgId }), ...(below === undefined ? {} : { below }) }
  const today = todayOf(ctx.now)
  return { ...filter, ...(await placeOf(ctx, wanted, at)), today, soon: addDays(today, SOON_DAYS) }
}

export async function listParts(
  ctx: Ctx,
  { query }: Input<typeof listTaskParts>,
): Promise<Reply<typeof listTaskParts>> {
  const { cursor: _, limit: __, sort: ___, ...filter } = query
  const keyset = keysetOf(query, PART_SORTS, 'dueOn')
  const found = await parts.listParts(ctx.db, ctx.actor, await filterOf(ctx, filter, '/query'), keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.column === PART_SORTS.dueOn ? row.dueOn : row.since.toISOString(),
    id: row.id,
  }))
  const today = todayOf(ctx.now)
  return { rows: rows.map((part) => partRow(part, today)), next, total: null }
}

async function recordOf(ctx: Ctx, part: parts.Part): Promise<TaskPartRecord> {
  const { tenantId } = ctx.actor
  const task = await q.taskOfPart(ctx.db, tenantId, part.taskId)
  if (!task) throw refusals.not_found()
  const steps = await stepsOf(ctx.db, tenantId, part.id)
  return {
    part: partRow(part, todayOf(ctx.now)),
    text: taskText(task),
    askedReason: part.askedReason,
    steps: steps.map(stepShown),
  }
}

export async function readPart(ctx: Ctx, { params }: Input<typeof readTaskPart>): Promise<Reply<typeof readTaskPart>> {
  const part = await parts.findPart(ctx.db, ctx.actor, params.id)
  if (!part) throw refusals.not_found()
  const { tenantId } = ctx.actor
  const below = await q.passedOnFrom(ctx.db, tenantId, part.id)
  const ids = below.map(({ id }) => id)
  const countOf = await q.countsOf(ctx.db, tenantId, ids, todayOf(ctx.now))
  return {
    ...(await recordOf(ctx, part)),
    mayDo: mayDo(ctx.actor, part),
    mayCheck: mayCheck(ctx.actor, part),
    passedOn: below.map((task) => taskRow(task, countOf(task.id))),
  }
}

export async function listOwn(
  ctx: Ctx,
  { query }: Input<typeof listMyTaskParts>,
): Promise<Reply<typeof listMyTaskParts>> {
  const isDone = query.done ?? false
  const keyset = keysetOf(query, { dueOn: PART_SORTS.dueOn }, isDone ? '-dueOn' : 'dueOn')
  const found = await parts.listOwnParts(ctx.db, ctx.actor, isDone, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.dueOn, id: row.id }))
  const today = todayOf(ctx.now)
  return { rows: rows.map((part) => partRow(part, today)), next, total: null }
}

export async function readOwn(ctx: Ctx, { params }: Input<typeof readMyTaskPart>): Promise<TaskPartRecord> {
  const part = await parts.findOwnPart(ctx.db, ctx.actor, params.id)
  if (!part) throw refusals.not_found()
  return recordOf(ctx, part)
}
