import {
  type Input,
  type openDevelopmentCase,
  type postponeConversion,
  type Reply,
  developmentRefusals as refusals,
  type returnDevelopmentCase,
  type setCaseState,
} from '@tongxin/contract'
import { addMonths, editionOn, postponementOk, wholeParameter } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { type PersonStanding, standingsOf } from '../../members/index.ts'
import { isAbove } from '../development.policy.ts'
import type { DevelopmentPorts } from '../development.ports.ts'
import { definitionOf, doneStep, liveStep, roadOf } from '../development.road.ts'
import { type Case, caseById, hasOpenCase, insertCase } from '../queries/cases.queries.ts'
import { voidSteps } from '../queries/steps.queries.ts'
import { found, refusalOf } from '../rules/findings.ts'
import { runningEnd } from '../rules/judge-step.ts'
import { lockedCase } from './locked-case.ts'
import { prepared, write } from './record-step.ts'
import { settle, subjectOf } from './settle.ts'

const DONE = { state: 'running', stateReason: null } as const

/** Takes an application in the branch: a case whose first step it is. */
export const open =
  (ports: DevelopmentPorts) =>
  async (ctx: Ctx<Tx>, { body }: Input<typeof openDevelopmentCase>): Promise<Reply<typeof openDevelopmentCase>> => {
    const [person] = await standingsOf(ctx.db, ctx.actor, [body.memberId])
    if (!person) throw refusals.no_such_member({}, [{ field: '/body/memberId', code: 'development.no_such_member' }])
    const after = await openFor(ctx, ports, person, body)
    return { id: after.id, version: after.version }
  }

type Application = Omit<Input<typeof openDevelopmentCase>['body'], 'memberId'>

/** Opens a case for a person on record; the rights of who does it are the caller's business. */
export async function openFor(
  ctx: Ctx<Tx>,
  ports: DevelopmentPorts,
  person: PersonStanding,
  application: Application,
): Promise<Case> {
  const { tenantId } = ctx.actor
  // A probationary member without a case was admitted before this was kept here: the road is entered late.
  if (person.category === 'formal')
    throw refusals.wrong_category({ category: person.category }, [
      { field: '/body/memberId', code: 'development.wrong_category' },
    ])
  if (await hasOpenCase(ctx.db, tenantId, person.memberId)) throw refusals.case_exists()
  const id = newId(ctx)
  await insertCase(ctx.db, tenantId, {
    id,
    personId: person.personId,
    memberId: person.memberId,
    orgId: person.orgId,
    orgPath: person.orgPath,
    appliedOn: application.heldOn,
    by: ctx.actor.personId,
    at: ctx.now,
  })
  const one = await caseById(ctx.db, tenantId, id)
  const road = await roadOf(ctx.db, tenantId, one)
  const { heldOn, facts, acknowledged = [], lateReason } = application
  const step = await prepared(ctx, ports, road, { step: 1, heldOn, facts })
  await publish(ctx, 'development.opened', subjectOf(one), {
    caseId: id,
    memberId: person.memberId,
    appliedOn: step.heldOn,
  })
  await write(ctx, road, step, { acknowledged, ...(lateReason ? { lateReason } : {}) })
  return settle(ctx, id)
}

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  paused: ['running', 'returned'],
  running: ['paused'],
  stopped: ['running', 'returned', 'paused'],
}

/** Pauses, resumes or stops a case. A probationary member is only stopped by a cancellation (art. 31). */
export async function setState(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof setCaseState>,
): Promise<Reply<typeof setCaseState>> {
  const one = await lockedCase(ctx, params.id)
  if (!ALLOWED[body.to]?.includes(one.state)) throw refusals.wrong_state({ state: one.state })
  if (body.to === 'stopped' && one.admittedOn) throw refusals.wrong_state({ state: one.state })
  const reason = body.reason.trim()
  await publish(
    ctx,
    'development.state_set',
    subjectOf(one),
    { caseId: one.id, from: one.state, to: body.to },
    { reason },
  )
  const change = body.to === 'running' ? DONE : { state: body.to, stateReason: reason }
  const after = await settle(ctx, one.id, change)
  return { id: one.id, version: after.version }
}

// Who has been admitted stays admitted: only the steps of probation can be taken again.
const FIRST_AFTER_ADMISSION = 18

/** Goes back to an earlier step; what the level above had decided is only undone by the level above. */
export async function goBack(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof returnDevelopmentCase>,
): Promise<Reply<typeof returnDevelopmentCase>> {
  const one = await lockedCase(ctx, params.id)
  const road = await roadOf(ctx.db, ctx.actor.tenantId, one)
  if (one.state === 'stopped' || one.state === 'finished') throw refusals.wrong_state({ state: one.state })
  const isTooFar = body.toStep < 2 || (one.admittedOn !== null && body.toStep < FIRST_AFTER_ADMISSION)
  const live = liveStep(road, body.toStep)
  if (isTooFar || !live || (body.toStep === 24 && live.state === 'confirmed'))
    throw refusals.wrong_state({ state: one.state }, [{ field: '/body/toStep', code: 'development.wrong_state' }])
  const undone = road.steps.filter((row) => row.step >= body.toStep && row.state === 'confirmed')
  const decided = undone.some((row) => definitionOf(row).decidedAbove && row.round === one.round)
  if (decided && !(isAbove(ctx.actor, one.orgPath) && ctx.actor.permissions.has('development.approve')))
    throw refusals.not_above({}, [{ field: '/body/toStep', code: 'development.not_above' }])
  const reason = body.reason.trim()
  await voidSteps(ctx.db, ctx.actor.tenantId, one, body.toStep, reason)
  await publish(
    ctx,
    'development.returned',
    subjectOf(one),
    { caseId: one.id, fromStep: one.step, toStep: body.toStep },
    { reason },
  )
  const after = await settle(ctx, one.id, { state: 'returned', stateReason: reason }, { takesBack: true })
  return { id: one.id, version: after.version }
}

/** Puts the discussion off by at most six months when a probationary member came by transfer (art. 35). */
export async function postpone(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof postponeConversion>,
): Promise<Reply<typeof postponeConversion>> {
  const one = await lockedCase(ctx, params.id)
  const road = await roadOf(ctx.db, ctx.actor.tenantId, one)
  if (!one.admittedOn || liveStep(road, 23) || one.state === 'finished')
    throw refusals.wrong_state({ state: one.state })
  const admission = doneStep(road, 17)
  if (!one.movedOn || !admission || one.movedOn < one.admittedOn) throw refusals.not_transferred()
  const end = runningEnd(road, one.admittedOn)
  const verdict = postponementOk({ probationEnd: end, discussOn: body.until }, road.parameters)
  const months = wholeParameter(road.parameters, 'admission.postponementMonths', body.until)
  const finding = found(verdict, {
    version: editionOn(todayOf(ctx.now)),
    word: 'postponement_wrong',
    latestOn: addMonths(end, months),
    field: '/body/until',
  })
  if (finding.severity === 'block') throw refusalOf(finding)
  await publish(
    ctx,
    'development.postponed',
    subjectOf(one),
    { caseId: one.id, until: body.until },
    { reason: body.reason.trim() },
  )
  const after = await settle(ctx, one.id, { postponedUntil: body.until })
  return { id: one.id, version: after.version }
}
