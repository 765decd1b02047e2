import { type Input, type issueTask, type passTaskOn, type Reply, tasksRefusals as refusals } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { reaches } from '../../../platform/scope.ts'
import { findUnit } from '../../org/index.ts'
import { insertParts, type NewPart } from '../queries/parts.queries.ts'
import * as q from '../queries/tasks.queries.ts'
import { BATCH } from '../tasks.policy.ts'
import { act, demandReceived } from './acts.ts'
import { setPartClocks } from './clocks.ts'
import { taskSubject } from './shown.ts'
import { type Target, targetsOf } from './targets.ts'

type Issued = Reply<typeof issueTask>

/** Writes a task with its parts: one statement a batch. */
async function write(ctx: Ctx<Tx>, task: q.NewTask, targets: readonly Target[]): Promise<Issued> {
  const { tenantId } = ctx.actor
  await q.insertTask(ctx.db, tenantId, task, ctx.now)
  const parts: NewPart[] = targets.map((target) => ({
    ...target,
    id: newId(ctx),
    taskId: task.id,
    issuerId: task.unitId,
    issuerPath: task.orgPath,
    dueOn: task.dueOn,
  }))
  for (let from = 0; from < parts.length; from += BATCH)
    await insertParts(ctx.db, tenantId, parts.slice(from, from + BATCH), ctx.now)
  const { title, dueOn } = task
  await setPartClocks(
    ctx,
    parts.map((part) => ({ ...part, title })),
  )
  const isPassedOn = task.parentPartId !== null
  await publish(ctx, 'tasks.issued', taskSubject(task), { title, dueOn, parts: parts.length, isPassedOn })
  return { id: task.id, state: 'open', parts: parts.length }
}

export async function issue(ctx: Ctx<Tx>, { body }: Input<typeof issueTask>): Promise<Issued> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit || unit.dissolvedOn !== null || !reaches(ctx.actor, unit.path)) throw refusals.no_such_org.at('/body/orgId')
  if (body.dueOn < todayOf(ctx.now)) throw refusals.dates_wrong.at('/body/dueOn')
  const targets = await targetsOf(ctx, unit, body.targets, '/body/targets')
  const id = newId(ctx)
  const task = {
    id,
    rootId: id,
    parentPartId: null,
    unitId: unit.id,
    orgPath: unit.path,
    unitName: unit.name,
    title: body.title.trim(),
    basis: body.basis.trim(),
    documentNumber: body.documentNumber?.trim() ?? null,
    body: body.body.trim(),
    standard: body.standard.trim(),
    evidence: body.evidence,
    additions: [],
    dueOn: body.dueOn,
    madeBy: ctx.actor.personName,
  }
  return write(ctx, task, targets)
}

/** The text from above is copied as it stands; the unit adds its own words behind it. */
export async function passOn(ctx: Ctx<Tx>, { params, body }: Input<typeof passTaskOn>): Promise<Issued> {
  const part = await demandReceived(ctx, params.id)
  if (body.dueOn < todayOf(ctx.now)) throw refusals.dates_wrong.at('/body/dueOn')
  if (body.dueOn > part.dueOn) throw refusals.due_beyond.at('/body/dueOn', { dueOn: part.dueOn })
  const above = await q.taskOfPart(ctx.db, ctx.actor.tenantId, part.taskId)
  if (!above) throw refusals.not_found()
  const targets = await targetsOf(ctx, { id: part.unitId, path: part.orgPath }, body.targets, '/body/targets')
  const words = body.words.trim()
  await act(ctx, part, 'pass_on', { kind: 'passed_on', words, dueOn: body.dueOn })
  const task = {
    id: newId(ctx),
    rootId: above.rootId,
    parentPartId: part.id,
    unitId: part.unitId,
    orgPath: part.orgPath,
    unitName: part.unitName,
    title: above.title,
    basis: above.basis,
    documentNumber: above.documentNumber,
    body: above.body,
    standard: above.standard,
    evidence: above.evidence,
    additions: [...above.additions, { orgName: part.unitName, words }],
    dueOn: body.dueOn,
    madeBy: ctx.actor.personName,
  }
  return write(ctx, task, targets)
}
