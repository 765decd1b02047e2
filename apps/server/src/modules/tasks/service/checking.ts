import {
  type checkTaskPart,
  type decideTaskExtension,
  type Input,
  type Reply,
  tasksRefusals as refusals,
  type remindTaskParts,
  type withdrawTask,
  type withdrawTaskPart,
} from '@tongxin/contract'
import { OPEN_PART_STATES } from '@tongxin/domain/tasks/parts'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish, publishAll } from '../../../platform/events.ts'
import * as q from '../queries/parts.queries.ts'
import { insertSteps } from '../queries/steps.queries.ts'
import * as tasks from '../queries/tasks.queries.ts'
import { BATCH, MOST_LEVELS } from '../tasks.policy.ts'
import { act, demandIssued, mayCheck } from './acts.ts'
import { endPartClocks, setPartClocks } from './clocks.ts'
import { partSubject, taskSubject } from './shown.ts'

type Changed = { id: string; state: string }

/** Accepted or returned by somebody who did not hand it in. */
export async function check(ctx: Ctx<Tx>, { params, body }: Input<typeof checkTaskPart>): Promise<Changed> {
  const part = await demandIssued(ctx, params.id)
  if (part.state === 'handed_in' && part.handedInById === ctx.actor.personId) throw refusals.own_work()
  const { title, round } = part
  const words = body.comment.trim()
  if (body.isAccepted) {
    const state = await act(
      ctx,
      part,
      'accept',
      { kind: 'accepted', words },
      { asked_due_on: null, asked_reason: null },
    )
    await publish(ctx, 'tasks.accepted', partSubject(part), { title, round })
    return { id: part.id, state }
  }
  const state = await act(ctx, part, 'return', { kind: 'returned', words })
  await setPartClocks(ctx, [part])
  await publish(ctx, 'tasks.returned', partSubject(part), { title, round }, { reason: words })
  return { id: part.id, state }
}

/** Nobody decides on a later day for what he does himself or asked for, under whatever post. */
function demandOthers({ actor }: Ctx<Tx>, part: q.Part): void {
  const isAsker = part.askedDueOn !== null && part.askedById === actor.personId
  if (isAsker || part.personId === actor.personId) throw refusals.own_request()
}

/** A later day: granted as asked, granted with another day, given unasked, or refused. */
export async function decideExtension(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof decideTaskExtension>,
): Promise<Changed> {
  const part = await demandIssued(ctx, params.id)
  const { isGranted } = body
  demandOthers(ctx, part)
  const dueOn = isGranted ? (body.dueOn ?? part.askedDueOn) : part.askedDueOn
  if (dueOn === null) throw refusals.nothing_asked()
  if (isGranted && (dueOn <= part.dueOn || dueOn < todayOf(ctx.now))) throw refusals.dates_wrong.at('/body/dueOn')
  const above = isGranted ? await q.dayAbove(ctx.db, ctx.actor.tenantId, part.taskId) : null
  if (above !== null && dueOn > above) throw refusals.due_beyond.at('/body/dueOn', { dueOn: above })
  const told = {
    kind: isGranted ? 'extension_granted' : 'extension_refused',
    words: body.reason.trim(),
    dueOn,
  } as const
  const granted = isGranted ? { due_on: dueOn } : {}
  const state = await act(ctx, part, 'extend', told, { ...granted, asked_due_on: null, asked_reason: null })
  if (isGranted && part.state !== 'handed_in') await setPartClocks(ctx, [{ ...part, dueOn }])
  const payload = { title: part.title, isGranted, dueOn }
  await publish(ctx, 'tasks.extension_decided', partSubject(part), payload, { reason: told.words })
  return { id: part.id, state }
}

/** Ends everything that was passed on from these parts, level by level: one statement each. @returns how many ended */
async function endBelow(ctx: Ctx<Tx>, first: readonly q.Ended[], reason: string): Promise<number> {
  const { tenantId } = ctx.actor
  let ended = [...first]
  let count = 0
  for (let level = 0; level < MOST_LEVELS && ended.length > 0; level += 1) {
    count += ended.length
    await endPartClocks(
      ctx,
      ended.map(({ id }) => id),
      'void',
    )
    const steps = ended.map(({ id: partId, orgPath, personId }) => ({
      id: newId(ctx),
      partId,
      orgPath,
      personId,
      kind: 'withdrawn' as const,
      words: reason,
      dueOn: null,
      round: 0,
      files: [],
    }))
    for (let from = 0; from < steps.length; from += BATCH)
      await insertSteps(ctx.db, ctx.actor, steps.slice(from, from + BATCH), ctx.now)
    const below = await tasks.openBelow(
      ctx.db,
      tenantId,
      ended.map(({ id }) => id),
    )
    if (below.length === 0) break
    const ids = below.map(({ id }) => id)
    await tasks.setWithdrawn(ctx.db, tenantId, ids, reason, ctx.now)
    ended = await q.withdrawParts(ctx.db, tenantId, { taskIds: ids }, ctx.now)
    // Each is told to those who had a part of it: they do not see the task from which it was passed on.
    for (const task of below) {
      const parts = ended.filter(({ taskId }) => taskId === task.id).length
      await publish(ctx, 'tasks.withdrawn', taskSubject(task), { title: task.title, parts }, { reason })
    }
  }
  return count
}

export async function withdraw(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof withdrawTask>,
): Promise<Reply<typeof withdrawTask>> {
  const task = await tasks.lockTask(ctx.db, ctx.actor, params.id)
  if (!task) throw refusals.not_found()
  if (task.state !== 'open') throw refusals.not_possible({ state: 'withdrawn' })
  const { tenantId } = ctx.actor
  const reason = body.reason.trim()
  await tasks.setWithdrawn(ctx.db, tenantId, [task.id], reason, ctx.now)
  const ended = await q.withdrawParts(ctx.db, tenantId, { taskIds: [task.id] }, ctx.now)
  const parts = await endBelow(ctx, ended, reason)
  await publish(ctx, 'tasks.withdrawn', taskSubject(task), { title: task.title, parts }, { reason })
  return { id: task.id, state: 'withdrawn', parts }
}

export async function withdrawPart(ctx: Ctx<Tx>, { params, body }: Input<typeof withdrawTaskPart>): Promise<Changed> {
  const part = await demandIssued(ctx, params.id)
  if (!OPEN_PART_STATES.includes(part.state)) throw refusals.not_possible({ state: part.state })
  const reason = body.reason.trim()
  const ended = await q.withdrawParts(ctx.db, ctx.actor.tenantId, { id: part.id }, ctx.now)
  const parts = await endBelow(ctx, ended, reason)
  await publish(ctx, 'tasks.part_withdrawn', partSubject(part), { title: part.title, parts }, { reason })
  return { id: part.id, state: 'withdrawn' }
}

/** Those that wait for the one that is asked, and were not reminded today; the others are passed over and counted. */
export async function remind(
  ctx: Ctx<Tx>,
  { body }: Input<typeof remindTaskParts>,
): Promise<Reply<typeof remindTaskParts>> {
  const today = todayOf(ctx.now)
  const found = (await q.lockParts(ctx.db, ctx.actor, body.ids)).filter((part) => mayCheck(ctx.actor, part))
  if (found.length === 0) throw refusals.not_found()
  const due = found.filter(
    ({ state, remindedOn }) => OPEN_PART_STATES.includes(state) && state !== 'handed_in' && remindedOn !== today,
  )
  if (due.length === 0) throw refusals.reminded_today()
  const { tenantId, personId } = ctx.actor
  const ids = due.map(({ id }) => id)
  await q.setReminded(ctx.db, tenantId, ids, today, ctx.now)
  const steps = due.map((part) => ({
    id: newId(ctx),
    partId: part.id,
    orgPath: part.orgPath,
    personId: part.personId,
    kind: 'reminded' as const,
    words: null,
    dueOn: part.dueOn,
    round: part.round,
    files: [],
  }))
  await insertSteps(ctx.db, ctx.actor, steps, ctx.now)
  await publishAll(
    ctx.db,
    { tenantId, now: ctx.now, actorId: personId },
    'tasks.reminded',
    due.map((part) => ({ subject: partSubject(part), payload: { title: part.title, dueOn: part.dueOn } })),
  )
  return { reminded: due.length, passedOver: body.ids.length - due.length }
}
