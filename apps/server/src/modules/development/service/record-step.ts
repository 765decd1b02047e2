import {
  type checkDevelopmentStep,
  type Input,
  type Reply,
  type recordDevelopmentStep,
  developmentRefusals as refusals,
  type StepVerdict,
} from '@tongxin/contract'
import { daysBetween } from '@tongxin/domain'
import { type StepDefinition, stepDefinitionOn } from '@tongxin/domain/admission/step-definitions'
import { readStepFacts, type StepFacts } from '@tongxin/domain/admission/step-facts'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { standingsOf } from '../../members/index.ts'
import { settingOf } from '../../settings/index.ts'
import { isAbove } from '../development.policy.ts'
import type { Ballot, DevelopmentPorts } from '../development.ports.ts'
import {
  doneStep,
  isCancelling,
  listFact,
  liveStep,
  nextStep,
  type Road,
  roadOf,
  textFact,
} from '../development.road.ts'
import { type Case, type CaseChange, findCase } from '../queries/cases.queries.ts'
import { kindOf } from '../queries/people.queries.ts'
import { quotaOf } from '../queries/quotas.queries.ts'
import { insertStep, type NewStep, takenItems, voidSteps } from '../queries/steps.queries.ts'
import { type Acknowledgement, type Finding, settleFindings, verdictOf } from '../rules/findings.ts'
import { stepFindings } from '../rules/judge-step.ts'
import { orderFindings } from '../rules/order.ts'
import { lockedCase } from './locked-case.ts'
import { namePeople } from './people.ts'
import { attachProofs } from './proofs.ts'
import { settle, subjectOf } from './settle.ts'

type StepInput = Pick<Input<typeof recordDevelopmentStep>['body'], 'step' | 'heldOn' | 'facts' | 'meeting'>

/** A step as read and judged, before it is written. */
export type Prepared = {
  readonly step: number
  readonly heldOn: string
  readonly facts: StepFacts
  readonly definition: StepDefinition
  readonly findings: readonly Finding[]
  readonly isLate: boolean
  readonly ballot: Ballot | null
}

/** Reads a step against its definition and asks the rules. Writes nothing. */
export async function prepared(
  ctx: Ctx,
  ports: DevelopmentPorts,
  road: Road,
  input: StepInput,
  isStrict = true,
): Promise<Prepared> {
  const today = todayOf(ctx.now)
  const ballot = input.meeting ? await ballotOf(ctx, ports, road.one, input.meeting.itemId) : null
  const heldOn = ballot?.heldOn ?? input.heldOn
  if (heldOn > today) throw refusals.date_in_future({}, [{ field: '/body/heldOn', code: 'development.date_in_future' }])
  const definition = stepDefinitionOn(input.step, heldOn)
  const given = ballot ? { ...input.facts, ...ballotFacts(ballot, input.facts) } : input.facts
  const { facts, problems } = readStepFacts(definition.fields, given)
  if (isStrict && problems.length > 0)
    throw refusals.facts_wrong(
      {},
      problems.map(({ field, code }) => ({ field: `/body/facts/${field}`, code })),
    )
  const lateAfter = await settingOf(ctx.db, ctx.actor.tenantId, road.one.orgPath, 'development.late_after_days', today)
  const isLate = daysBetween(heldOn, today) > lateAfter
  const isCancellation = isCancelling(road, input.step, facts)
  const order = orderFindings(road, input.step, heldOn, { isLate, isCancellation })
  const content =
    order.length > 0 ? [] : await contentFindings(ctx, road, { step: input.step, heldOn, today, facts }, ballot)
  return { step: input.step, heldOn, facts, definition, findings: [...order, ...content], isLate, ballot }
}

async function contentFindings(
  ctx: Ctx,
  road: Road,
  step: { step: number; heldOn: string; today: string; facts: StepFacts },
  ballot: Ballot | null,
): Promise<Finding[]> {
  const { one } = road
  const ids = [...listFact(step.facts, 'contacts'), ...listFact(step.facts, 'introducers')]
  const people = await standingsOf(ctx.db, ctx.actor, [...ids, one.memberId])
  const named = ids.flatMap((id) => people.find(({ memberId }) => memberId === id) ?? [])
  if (named.length < ids.length)
    throw refusals.no_such_member({}, [{ field: '/body/facts', code: 'development.no_such_member' }])
  const taken = ballot ? await takenItems(ctx.db, ctx.actor.tenantId, [ballot.itemId]) : null
  return stepFindings(road, {
    ...step,
    person: people.find(({ memberId }) => memberId === one.memberId) ?? { bornOn: null },
    named: named.filter(({ memberId }) => memberId !== one.memberId),
    orgKind: await kindOf(ctx.db, ctx.actor.tenantId, one.orgId),
    quota: await quotaOf(ctx.db, ctx.actor.tenantId, one.orgId, Number(step.heldOn.slice(0, 4))),
    isBallotTaken: ballot !== null && (taken?.has(ballot.itemId) ?? false),
  })
}

async function ballotOf(ctx: Ctx, ports: DevelopmentPorts, one: Case, itemId: string): Promise<Ballot> {
  const [ballot] = await ports.admissionBallots(ctx.db, ctx.actor, { orgId: one.orgId, itemId })
  if (!ballot) throw refusals.no_such_ballot({}, [{ field: '/body/meeting', code: 'development.no_such_ballot' }])
  return ballot
}

/** The figures of a recorded ballot stand in place of what was typed; the resolution only where none was typed. */
function ballotFacts(
  { vote, resolution }: Ballot,
  typed: StepInput['facts'],
): Record<string, string | number | boolean> {
  return {
    secretBallot: vote.method === 'ballot',
    eligible: vote.eligible,
    present: vote.present,
    written: vote.written,
    inFavour: vote.inFavour,
    writtenInFavour: vote.writtenInFavour,
    against: vote.against,
    abstained: vote.abstained,
    invalid: vote.invalid,
    ...(resolution && !typed.resolution ? { resolution } : {}),
  }
}

export const check =
  (ports: DevelopmentPorts) =>
  async (
    ctx: Ctx<Tx>,
    { params, body }: Input<typeof checkDevelopmentStep>,
  ): Promise<Reply<typeof checkDevelopmentStep>> => {
    const one = await findCase(ctx.db, ctx.actor, params.id)
    if (!one) throw refusals.not_found()
    const { findings, facts } = await prepared(ctx, ports, await roadOf(ctx.db, ctx.actor.tenantId, one), body, false)
    return { verdicts: findings.map((finding) => verdictOf(finding, null)), facts: { ...facts } }
  }

export const record =
  (ports: DevelopmentPorts) =>
  async (
    ctx: Ctx<Tx>,
    { params, body }: Input<typeof recordDevelopmentStep>,
  ): Promise<Reply<typeof recordDevelopmentStep>> => {
    const one = await lockedCase(ctx, params.id)
    const road = await roadOf(ctx.db, ctx.actor.tenantId, one)
    demandTurn(road, body.step)
    const { recordedAbove } = stepDefinitionOn(body.step, body.heldOn)
    if (recordedAbove && !isAbove(ctx.actor, one.orgPath)) throw refusals.above_acts()
    const step = await prepared(ctx, ports, road, body)
    const written = await write(ctx, road, step, body)
    await attachProofs(ctx, one, body.step, body.proofs ?? [])
    const after = await settle(ctx, one.id, await changeBy(ctx, road, step, written.id))
    return { id: one.id, stepId: written.id, state: written.state, version: after.version }
  }

function demandTurn(road: Road, step: number): void {
  const { state } = road.one
  if (state !== 'running' && state !== 'returned') throw refusals.not_running({ state })
  if (step === 10) throw refusals.step_by_vetting({}, [{ field: '/body/step', code: 'development.step_by_vetting' }])
  if (liveStep(road, step))
    throw refusals.not_next({ next: nextStep(road), step }, [
      { field: '/body/step', code: 'development.not_next', detail: { next: nextStep(road) } },
    ])
}

type Written = { readonly acknowledged?: readonly Acknowledgement[]; readonly lateReason?: string }

/** Writes a judged step: refused by a block, by an unanswered warning, and when entered late without a reason. */
export async function write(ctx: Ctx<Tx>, road: Road, step: Prepared, more: Written): Promise<NewStep> {
  const verdicts: StepVerdict[] = settleFindings(step.findings, more.acknowledged ?? [])
  const lateReason = more.lateReason?.trim() || null
  const days = daysBetween(step.heldOn, todayOf(ctx.now))
  if (step.isLate && !lateReason)
    throw refusals.late_reason_missing({ days }, [
      { field: '/body/lateReason', code: 'development.late_reason_missing', detail: { days } },
    ])
  const { one } = road
  const isRejected = step.facts.outcome === 'rejected'
  const waits = !isRejected && (step.definition.decidedAbove || step.isLate)
  const row: NewStep = {
    id: newId(ctx),
    caseId: one.id,
    personId: one.personId,
    orgPath: one.orgPath,
    step: step.step,
    attempt: road.steps.filter((each) => each.step === step.step).length + 1,
    round: one.round,
    state: waits ? 'recorded' : 'confirmed',
    heldOn: step.heldOn,
    facts: step.facts,
    verdicts,
    edition: step.definition.edition,
    lateReason: step.isLate ? lateReason : null,
    meetingId: step.ballot?.meetingId ?? null,
    itemId: step.ballot?.itemId ?? null,
    recordedBy: ctx.actor.personId,
    recordedAt: ctx.now,
  }
  await insertStep(ctx.db, ctx.actor.tenantId, row)
  await namePeople(ctx, one, step.step, step.facts, step.heldOn)
  await publish(ctx, 'development.step_recorded', subjectOf(one), {
    caseId: one.id,
    step: step.step,
    heldOn: step.heldOn,
    waitsAbove: waits,
  })
  return row
}

/** Where a ballot that was lost leaves the case: back at the examination, or at the meeting on conversion. */
async function changeBy(ctx: Ctx<Tx>, road: Road, step: Prepared, stepId: string): Promise<CaseChange> {
  const change: CaseChange = { state: 'running', stateReason: null }
  if (step.facts.outcome === 'rejected') {
    const from = step.step === 15 ? 12 : 23
    const reason = textFact(step.facts, 'resolution') ?? stepId
    await voidSteps(ctx.db, ctx.actor.tenantId, road.one, from, reason)
    return { state: 'returned', stateReason: reason.slice(0, 500) }
  }
  if (step.step === 7) {
    const year = step.facts.planYear
    return { ...change, planYear: typeof year === 'number' ? year : Number(step.heldOn.slice(0, 4)) + 1 }
  }
  if (step.step === 12) return { ...change, leavesOn: textFact(step.facts, 'leavesOn') }
  return doneStep(road, step.step) ? {} : change
}
