import { tasksRefusals as refusals, type TaskFile, type TaskStepKind } from '@tongxin/contract'
import { type PartAct, type PartState, stageEnded, stateAfter } from '@tongxin/domain/tasks/parts'
import { todayOf } from '../../../platform/clock.ts'
import type { Actor, Ctx, Tx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/events.ts'
import { reaches } from '../../../platform/scope.ts'
import * as q from '../queries/parts.queries.ts'
import { insertStage, insertSteps } from '../queries/steps.queries.ts'

/**
 * Whether the post acts for the unit that is asked: the unit itself, or one above it that does not reach the unit that
 * asks. Whoever asks does not sign for the one that is asked, and people act for themselves, on the phone. A unit that
 * was moved under another one still does what it was asked.
 */
export const mayDo = (actor: Actor, part: q.Part): boolean =>
  part.personId === null && reaches(actor, part.orgPath) && !reaches(actor, part.issuerPath)

/** Whether the post acts for the unit that asks. */
export const mayCheck = (actor: Actor, part: q.Part): boolean => reaches(actor, part.issuerPath)

async function demandLocked(ctx: Ctx<Tx>, id: string): Promise<q.Part> {
  const part = await q.lockPart(ctx.db, ctx.actor, id)
  if (!part) throw refusals.not_found()
  return part
}
/** A part that the post may do, locked. @throws Refusal `tasks.not_found`, `tasks.not_yours` */
export async function demandReceived(ctx: Ctx<Tx>, id: string): Promise<q.Part> {
  const part = await demandLocked(ctx, id)
  if (!mayDo(ctx.actor, part)) throw refusals.not_yours()
  return part
}
/** A part that the post may check, locked. @throws Refusal `tasks.not_found`, `tasks.not_yours` */
export async function demandIssued(ctx: Ctx<Tx>, id: string): Promise<q.Part> {
  const part = await demandLocked(ctx, id)
  if (!mayCheck(ctx.actor, part)) throw refusals.not_yours()
  return part
}
/** A part of the caller as a person, locked. @throws Refusal `tasks.not_found` */
export async function demandOwn(ctx: Ctx<Tx>, id: string): Promise<q.Part> {
  const part = await q.lockOwnPart(ctx.db, ctx.actor, id)
  if (!part) throw refusals.not_found()
  return part
}

export type Told = {
  readonly kind: TaskStepKind
  readonly words?: string | null
  readonly dueOn?: string | null
  readonly files?: readonly TaskFile[]
}
const MINUTE = 60_000

/**
 * One act on a locked part: the state that follows, the line in its timeline, and the time of the stage that ends, which
 * is kept for units alone. @throws Refusal `tasks.not_possible`
 */
export async function act(
  ctx: Ctx<Tx>,
  part: q.Part,
  by: PartAct,
  told: Told,
  change: q.PartChange = {},
): Promise<PartState> {
  const { tenantId } = ctx.actor
  const state = stateAfter(part.state, by)
  if (state === null) throw refusals.not_possible({ state: part.state })
  const moved = state === part.state ? {} : { state, since: ctx.now }
  await q.setPart(ctx.db, tenantId, part.id, { ...change, ...moved }, ctx.now)
  const { kind, words = null, dueOn = null, files = [] } = told
  const round = change.round ?? part.round
  const { id: partId, orgPath, personId } = part
  const step = { id: newId(ctx), partId, orgPath, personId, kind, words, dueOn, round, files: [...files] }
  await insertSteps(ctx.db, ctx.actor, [step], ctx.now)
  const stage = stageEnded(part.state, state)
  if (stage !== null && part.personId === null && state !== 'withdrawn') {
    const minutes = Math.max(0, Math.round((ctx.now.getTime() - part.since.getTime()) / MINUTE))
    await insertStage(ctx.db, tenantId, part, { id: newId(ctx), stage, minutes, on: todayOf(ctx.now) })
  }
  return state
}
