import { type decideDevelopmentStep, type Input, type Reply, developmentRefusals as refusals } from '@tongxin/contract'
import { readStepFacts, type StepFacts } from '@tongxin/domain/admission/step-facts'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { settingOf } from '../../settings/index.ts'
import { whyNotDecide } from '../development.policy.ts'
import {
  countFact,
  definitionOf,
  doneStep,
  isCancelling,
  neededBefore,
  type Road,
  roadOf,
  textFact,
} from '../development.road.ts'
import type { Case, CaseChange } from '../queries/cases.queries.ts'
import { kindOf } from '../queries/people.queries.ts'
import { type Step, setDecision, voidSteps } from '../queries/steps.queries.ts'
import { type Finding, settleFindings } from '../rules/findings.ts'
import { decisionFindings } from '../rules/judge-decision.ts'
import { runningEnd } from '../rules/judge-step.ts'
import { lockedCase } from './locked-case.ts'
import { settle, subjectOf } from './settle.ts'

type Body = Input<typeof decideDevelopmentStep>['body']

/** The level above confirms a recorded step, or sends it back with the reason. */
export async function decide(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof decideDevelopmentStep>,
): Promise<Reply<typeof decideDevelopmentStep>> {
  const one = await lockedCase(ctx, params.id)
  const road = await roadOf(ctx.db, ctx.actor.tenantId, one)
  const step = road.steps.find(({ id }) => id === params.stepId)
  if (!step) throw refusals.no_such_step()
  const why = whyNotDecide(ctx.actor, one.orgPath, step)
  if (why) throw refusals[why]()
  if (one.state !== 'running' && one.state !== 'returned') throw refusals.not_running({ state: one.state })
  demandDay(ctx, step, body)
  const isReturned = body.decision === 'return'
  const reason = body.reason?.trim() || null
  if (isReturned && !reason) throw refusals.reason_missing({}, [{ field: '/body/reason', code: 'field.missing' }])
  const decision = isReturned ? {} : decisionFacts(step, body)
  const findings = isReturned ? [] : await judged(ctx, road, step, body.decidedOn, decision)
  const verdicts = [...step.verdicts, ...settleFindings(findings, body.acknowledged ?? [])]
  await setDecision(ctx.db, ctx.actor.tenantId, step.id, {
    state: isReturned ? 'returned' : 'confirmed',
    by: ctx.actor.personId,
    on: body.decidedOn,
    at: ctx.now,
    decision,
    verdicts,
    returnedReason: isReturned ? reason : null,
  })
  await publish(
    ctx,
    'development.step_decided',
    subjectOf(one),
    { caseId: one.id, step: step.step, decision: body.decision, decidedOn: body.decidedOn },
    reason ? { reason } : {},
  )
  const after = await settle(
    ctx,
    one.id,
    isReturned ? { state: 'returned', stateReason: reason } : await consequence(ctx, road, step, decision),
  )
  return { id: one.id, stepId: step.id, state: isReturned ? 'returned' : 'confirmed', version: after.version }
}

function demandDay(ctx: Ctx<Tx>, step: Step, body: Body): void {
  const field = '/body/decidedOn'
  if (body.decidedOn > todayOf(ctx.now))
    throw refusals.date_in_future({}, [{ field, code: 'development.date_in_future' }])
  if (body.decidedOn < step.heldOn)
    throw refusals.before_last_step({ last: step.heldOn }, [
      { field, code: 'development.before_last_step', detail: { last: step.heldOn } },
    ])
}

function decisionFacts(step: Step, body: Body): StepFacts {
  const definition = definitionOf(step)
  if (!definition.decidedAbove) return {}
  const { facts, problems } = readStepFacts(definition.decisionFields, body.facts ?? {})
  if (problems.length > 0)
    throw refusals.facts_wrong(
      {},
      problems.map(({ field, code }) => ({ field: `/body/facts/${field}`, code })),
    )
  return facts
}

async function judged(
  ctx: Ctx<Tx>,
  road: Road,
  recorded: Step,
  decidedOn: string,
  facts: StepFacts,
): Promise<Finding[]> {
  // Confirmed in order: what comes later stands on what came before.
  const waiting = neededBefore(recorded.step, isCancelling(road, recorded.step, recorded.facts)).find(
    (each) => !doneStep(road, each),
  )
  if (waiting !== undefined) throw refusals.waits_above({ next: waiting })
  const { tenantId, orgId, scope } = ctx.actor
  const on = todayOf(ctx.now)
  const deliberatesOnly = await settingOf(ctx.db, tenantId, scope, 'development.deliberates_only', on)
  const orgKind = await kindOf(ctx.db, tenantId, orgId)
  return decisionFindings(road, { recorded, decidedOn, facts, orgKind, deliberatesOnly })
}

/** What a confirmation changes beyond its own step. */
async function consequence(ctx: Ctx<Tx>, road: Road, step: Step, decision: StepFacts): Promise<CaseChange> {
  const { one } = road
  const running: CaseChange = { state: 'running', stateReason: null }
  if (decision.outcome === 'refused') {
    const reason = textFact(decision, 'opinion') ?? ''
    await voidSteps(ctx.db, ctx.actor.tenantId, one, step.step === 17 ? 12 : 23, reason)
    return { state: 'returned', stateReason: reason.slice(0, 500) }
  }
  if (step.step !== 24) return running
  const meeting = doneStep(road, 23)
  if (meeting?.facts.outcome === 'cancel') {
    await publish(ctx, 'development.state_set', subjectOf(one), { caseId: one.id, from: one.state, to: 'stopped' })
    return { state: 'stopped', stateReason: (textFact(meeting.facts, 'resolution') ?? '').slice(0, 500) }
  }
  if (meeting?.facts.outcome !== 'extend') return running
  return { ...running, ...(await extended(ctx, road, countFact(meeting.facts, 'extensionMonths'))) }
}

/** An extension opens the second probation: its steps are taken again (art. 31). */
async function extended(ctx: Ctx<Tx>, road: Road, months: number): Promise<CaseChange> {
  const one: Case = { ...road.one, extensionMonths: months }
  const until = runningEnd({ ...road, one }, one.admittedOn ?? todayOf(ctx.now))
  await publish(ctx, 'development.extended', subjectOf(one), { caseId: one.id, months, until })
  return { extensionMonths: months, round: road.one.round + 1, postponedUntil: null }
}
