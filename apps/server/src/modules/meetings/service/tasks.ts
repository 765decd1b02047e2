import {
  type doneOwnTask,
  type doneTask,
  type Input,
  type listOwnTasks,
  type listTasks,
  type Reply,
  meetingsRefusals as refusals,
  type saveMinutes,
  type TaskRow,
} from '@tongxin/contract'
import { addDays } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { endDeadlines, setDeadlines } from '../../deadlines/index.ts'
import { findUnit } from '../../org/index.ts'
import { personsOfCalled } from '../queries/called.queries.ts'
import type { Meeting } from '../queries/meetings.queries.ts'
import { type NewTask, tasksOf } from '../queries/record.queries.ts'
import * as q from '../queries/tasks.queries.ts'

const keyOf = (taskId: string) => `meetings.task/${taskId}`

/** A task as it is shown. `today` is `YYYY-MM-DD`. */
export function taskRowOf(task: q.ListedTask, today: string): TaskRow {
  const { orgId: _, orgPath: __, whoPersonId: ___, ...row } = task
  return { ...row, isOverdue: task.doneOn === null && task.dueOn !== null && task.dueOn < today }
}

export async function list(ctx: Ctx, { query }: Input<typeof listTasks>): Promise<Reply<typeof listTasks>> {
  const unit = query.orgId ? await findUnit(ctx.db, ctx.actor, query.orgId) : null
  if (unit === undefined) throw refusals.no_such_org.at('/query/orgId')
  const today = todayOf(ctx.now)
  const keyset = keysetOf(query, { heldOn: 'm.held_on' }, '-heldOn')
  const filter = { mark: query.mark ?? null, orgPath: unit?.path ?? null, today }
  const found = await q.listTasks(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.heldOn, id: row.id }))
  return { rows: rows.map((row) => taskRowOf(row, today)), next, total: null }
}

export async function listOwn(ctx: Ctx): Promise<Reply<typeof listOwnTasks>> {
  const today = todayOf(ctx.now)
  const found = await q.ownTasks(ctx.db, ctx.actor.tenantId, ctx.actor.personId)
  return { rows: found.map((row) => taskRowOf(row, today)) }
}

const finish =
  (whose: 'reach' | 'own') =>
  async (
    ctx: Ctx<Tx>,
    { params, body }: Input<typeof doneTask> | Input<typeof doneOwnTask>,
  ): Promise<Reply<typeof doneTask>> => {
    const task = await q.findTask(ctx.db, ctx.actor, params.id, whose)
    if (!task) throw refusals.no_such_task()
    const doneOn = todayOf(ctx.now)
    const done = await q.setDone(ctx.db, ctx.actor.tenantId, task.id, { on: doneOn, note: body.note.trim() })
    if (!done) throw refusals.task_done()
    await endDeadlines(ctx, [keyOf(task.id)], 'done')
    const subject = { kind: 'meeting', id: task.meetingId, orgPath: task.orgPath, personId: task.whoPersonId }
    await publish(ctx, 'meetings.task_done', subject, { meetingId: task.meetingId, what: task.what })
    return { id: task.id, doneOn }
  }

/** The desk notes what became of a task; the person says it of an own one. */
export const finishAny = finish('reach')
export const finishOwn = finish('own')

const YELLOW_DAYS = 3

/** With the filed record its dated tasks become deadlines of those who have to do them. */
export async function tasksBecomeDue(ctx: Ctx<Tx>, meeting: Meeting): Promise<void> {
  const today = todayOf(ctx.now)
  const dated = await q.datedTasks(ctx.db, ctx.actor.tenantId, meeting.id)
  await setDeadlines(
    ctx,
    dated.map((task) => ({
      key: keyOf(task.id),
      kind: 'meetings.task',
      params: { what: task.what, meeting: meeting.title },
      unit: { id: meeting.orgId, path: meeting.orgPath },
      permission: 'meetings.convene' as const,
      personId: task.personId,
      startsOn: today,
      yellowOn: addDays(task.dueOn, -YELLOW_DAYS) < today ? today : addDays(task.dueOn, -YELLOW_DAYS),
      dueOn: task.dueOn < today ? today : task.dueOn,
      remind: [YELLOW_DAYS, 1, 0],
      deskPath: '/meetings/tasks?mark=open',
      phonePath: '/meetings/tasks',
    })),
  )
}

/** The state of what earlier meetings decided, for the next agenda: open tasks, and those done since the last meeting. */
export async function earlierTasks(ctx: Ctx, meeting: Meeting): Promise<TaskRow[]> {
  const { tenantId } = ctx.actor
  const last = await q.lastHeldBefore(ctx.db, tenantId, meeting.orgId, meeting)
  const doneSince = last ?? addDays(meeting.heldOn, -90)
  const found = await q.earlierTasks(ctx.db, tenantId, meeting.orgId, { ...meeting, doneSince })
  return found.map((task) => taskRowOf(task, todayOf(ctx.now)))
}

/** Ids in a body are checked like ids in addresses: a task of this record, a person who is called. */
export async function checkedTasks(
  ctx: Ctx<Tx>,
  meeting: Meeting,
  tasks: Input<typeof saveMinutes>['body']['tasks'],
): Promise<NewTask[]> {
  const { tenantId } = ctx.actor
  const known = new Set((await tasksOf(ctx.db, tenantId, meeting.id)).map(({ id }) => id))
  const named = tasks.flatMap(({ whoId }) => (whoId ? [whoId] : []))
  const called = await personsOfCalled(ctx.db, tenantId, meeting.id, named)
  return tasks.map(({ id, whoId, ...task }, at) => {
    if (id !== undefined && !known.has(id)) throw refusals.no_such_task.at(`/body/tasks/${at}/id`)
    const whoPersonId = whoId ? (called.get(whoId) ?? null) : null
    if (whoId && whoPersonId === null) throw refusals.not_called.at(`/body/tasks/${at}/whoId`)
    return { ...task, id: id ?? newId(ctx), whoId: whoId ?? null, whoPersonId }
  })
}
