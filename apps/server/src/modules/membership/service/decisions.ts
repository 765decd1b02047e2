import {
  type approveDecision,
  type decideAppeal,
  type Input,
  type proposeDecision,
  type RuleShown,
  type recordDecisionMeeting,
  membershipRefusals as refusals,
  type returnDecision,
  type serveDecision,
  type withdrawDecision,
} from '@tongxin/contract'
import { eligibleVoting, presentVoters, resolution } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { endMembership } from '../../access/index.ts'
import { changeMember } from '../../members/index.ts'
import { findUnit } from '../../org/index.ts'
import { parametersOf } from '../../settings/index.ts'
import {
  ACTS,
  FACTS_NEEDED,
  isReady,
  needsMeeting,
  refusalOfApproval,
  removalRule,
  rulesFor,
  STATUS_AFTER,
  stopRule,
} from '../membership.policy.ts'
import { contactsOf, findAbsence, lockAbsence } from '../queries/absences.queries.ts'
import { type MemberCard, memberCard } from '../queries/cards.queries.ts'
import * as q from '../queries/decisions.queries.ts'
import { demandPast, finish, stateOf } from './absences.ts'
import { endRemovalClock, setRemovalClock } from './clocks.ts'
import { sealed } from './sealed.ts'

type Done = { id: string; state: q.Decision['state']; version: number }

export const subjectOf = (decision: Pick<q.Decision, 'id' | 'orgPath' | 'personId'>) => ({
  kind: 'membership_decision',
  id: decision.id,
  orgPath: decision.orgPath,
  personId: decision.personId,
})

export async function propose(ctx: Ctx<Tx>, { body }: Input<typeof proposeDecision>): Promise<Done> {
  const { db, actor } = ctx
  const card = actor.reach === 'self' ? undefined : await memberCard(db, actor, body.memberId)
  if (!card) throw refusals.no_such_member.at('/body/memberId')
  if (card.category !== 'formal' && card.category !== 'probationary') throw refusals.not_a_member()
  demandFacts(ctx, body)
  const rules = await rulesOf(ctx, card, body)
  refuseAgainstRules(rules)
  const id = newId(ctx)
  const decision = {
    id,
    memberId: card.id,
    personId: card.personId,
    name: card.name,
    unitId: card.orgId,
    orgPath: card.orgPath,
    kind: body.kind,
    facts: body.facts,
    rules,
    reason: sealed(ctx, id, 'reason', body.reason),
    absenceId: body.absenceId ?? null,
    statusBefore: card.status,
  }
  if (!(await q.insertDecision(db, actor, decision, ctx.now))) throw refusals.decision_open({ name: card.name })
  const ruleIds = rules.map(({ ruleId }) => ruleId)
  await publish(ctx, 'membership.proposed', subjectOf(decision), { kind: body.kind, memberId: card.id, ruleIds })
  return { id, state: 'proposed', version: 1 }
}

type Proposed = Input<typeof proposeDecision>['body']

const ENDED = new Set(['struck_off', 'expelled', 'left', 'deceased', 'transferred'])

function demandFacts(ctx: Ctx<Tx>, { kind, facts }: Proposed): void {
  const missing = FACTS_NEEDED[kind].filter((name) => facts[name] === undefined)
  if (missing.length > 0)
    throw refusals.facts_missing(
      { fields: missing },
      missing.map((name) => ({ field: `/body/facts/${name}`, code: 'field.missing' })),
    )
  for (const name of ['happenedOn', 'appliedOn', 'talkedOn', 'urgedOn'] as const) {
    const day = facts[name]
    if (day) demandPast(ctx, day, `/body/facts/${name}`)
  }
}

/** Every rule of the kind; what rests on an absence or an earlier stop is computed from what is written down there. */
async function rulesOf(
  ctx: Ctx<Tx>,
  card: MemberCard,
  { kind, facts, absenceId }: Pick<Proposed, 'kind' | 'facts' | 'absenceId'>,
  today = todayOf(ctx.now),
): Promise<RuleShown[]> {
  const { db, actor } = ctx
  const parameters = await parametersOf(db, actor.tenantId, card.orgPath)
  if (ENDED.has(card.status)) throw refusals.not_a_member()
  const waiting = async (): Promise<RuleShown | null> => {
    if (kind === 'removal') {
      const stop = await q.standingStop(db, actor.tenantId, card.id)
      if (card.status !== 'suspended' || !stop?.effectiveOn) throw refusals.facts_missing({ fields: ['stop'] })
      return removalRule({ on: stop.effectiveOn, isReachable: false }, today, parameters)
    }
    if (kind !== 'stop') return null
    const absence = absenceId ? await findAbsence(db, actor, absenceId) : undefined
    if (!absence || absence.memberId !== card.id || absence.state !== 'open')
      throw refusals.facts_missing({ fields: ['absenceId'] }, [{ field: '/body/absenceId', code: 'field.missing' }])
    const contacts = await contactsOf(db, actor.tenantId, absence.id)
    const rule = stopRule(stateOf(absence, contacts), today, parameters)
    if (!rule) throw refusals.facts_missing.at('/body/absenceId', { fields: ['absenceId'] })
    return rule
  }
  return rulesFor(kind, { status: card.status, facts, today, parameters, waiting: await waiting() })
}

function refuseAgainstRules(rules: readonly RuleShown[]): void {
  const against = rules.find(({ ok, severity }) => !ok && severity === 'block')
  if (!against) return
  throw refusals.against_rule({
    rule: against.ruleId,
    article: against.citation.zh,
    articleEn: against.citation.en,
    from: against.from,
  })
}

async function locked(ctx: Ctx<Tx>, id: string, act: keyof typeof ACTS): Promise<q.Decision> {
  const decision = ctx.actor.reach === 'self' ? undefined : await q.lockDecision(ctx.db, ctx.actor, id)
  if (!decision) throw refusals.decision_not_found()
  const ready = act === 'decide' ? isReady(decision) : ACTS[act].includes(decision.state)
  if (!ready) throw refusals.wrong_state({ state: decision.state })
  return decision
}

async function step(ctx: Ctx<Tx>, decision: q.Decision, change: q.DecisionChange): Promise<Done> {
  await q.setDecision(ctx.db, ctx.actor.tenantId, decision, change, ctx.now)
  return { id: decision.id, state: change.state, version: decision.version + 1 }
}

/** The branch meeting: quorum and majority of BR-7 over those who should attend. What it refuses goes no further. */
export async function meet(ctx: Ctx<Tx>, { params, body }: Input<typeof recordDecisionMeeting>): Promise<Done> {
  const decision = await locked(ctx, params.id, 'meet')
  if (!needsMeeting(decision.kind)) throw refusals.wrong_state({ state: decision.state })
  demandPast(ctx, body.heldOn, '/body/heldOn')
  const { shouldAttend, present, inFavour, heldOn } = body
  if (present > shouldAttend || inFavour > present)
    throw refusals.impossible_count.at(present > shouldAttend ? '/body/present' : '/body/inFavour', {
      present,
      shouldAttend,
    })
  const verdict = resolution({
    presentVoting: presentVoters(present),
    eligible: eligibleVoting(shouldAttend),
    for: inFavour,
  })
  if (!verdict.value.quorum)
    throw refusals.against_rule({
      rule: verdict.ruleId,
      article: verdict.citation.zh,
      articleEn: verdict.citation.en,
      from: null,
    })
  const carried = verdict.value.passed
  await publish(ctx, 'membership.branch_decided', subjectOf(decision), { kind: decision.kind, carried })
  return step(ctx, decision, {
    state: carried ? 'branch_decided' : 'not_carried',
    meeting: JSON.stringify({ heldOn, shouldAttend, present, inFavour, carried }),
    resolution: sealed(ctx, decision.id, 'resolution', body.resolution),
    meeting_by: ctx.actor.personId,
  })
}

/** The record follows at once; a death also ends the grant of the member. */
export async function approve(ctx: Ctx<Tx>, { params, body }: Input<typeof approveDecision>): Promise<Done> {
  const decision = await locked(ctx, params.id, 'decide')
  demandSecond(ctx, decision)
  demandPast(ctx, body.effectiveOn, '/body/effectiveOn')
  await demandStillSo(ctx, decision, body.effectiveOn)
  const { tenantId, personId, orgId } = ctx.actor
  const unit = await findUnit(ctx.db, ctx.actor, orgId)
  await changeMember(ctx, decision.memberId, {
    patch: { status: STATUS_AFTER[decision.kind] },
    source: 'membership',
    sourceId: decision.id,
    reason: null,
  })
  if (decision.kind === 'death')
    await endMembership(ctx.db, { tenantId, memberId: decision.memberId, by: personId, reason: 'death', now: ctx.now })
  await followAbsence(ctx, decision, body.effectiveOn)
  await publish(ctx, 'membership.approved', subjectOf(decision), {
    kind: decision.kind,
    memberId: decision.memberId,
    effectiveOn: body.effectiveOn,
  })
  return step(ctx, decision, {
    // Nobody is left to be told.
    state: decision.kind === 'death' ? 'served' : 'approved',
    approved_by: personId,
    approved_at: ctx.now,
    approving_org: unit?.name ?? '',
    document_number: body.documentNumber,
    effective_on: body.effectiveOn,
    opinion: body.opinion ? sealed(ctx, decision.id, 'opinion', body.opinion) : null,
  })
}

/** What the proposal rested on has to hold on the day from which it takes effect, which is no earlier than its causes. */
async function demandStillSo(ctx: Ctx<Tx>, decision: q.Decision, effectiveOn: string): Promise<void> {
  const { memberId, absenceId, kind, facts, meeting } = decision
  const card = await memberCard(ctx.db, ctx.actor, memberId)
  if (card?.status !== decision.statusBefore || card.orgId !== decision.unitId) throw refusals.standing_changed()
  if (kind === 'stop') {
    const absence = absenceId ? await findAbsence(ctx.db, ctx.actor, absenceId) : undefined
    if (absence?.state !== 'open') throw refusals.standing_changed()
  }
  const causes = [meeting?.heldOn, facts.happenedOn, facts.appliedOn].filter((day) => day !== undefined)
  if (causes.some((day) => effectiveOn < day)) throw refusals.before_start.at('/body/effectiveOn')
  refuseAgainstRules(await rulesOf(ctx, card, { kind, facts, absenceId }, effectiveOn))
}

/** The clocks that a decision starts and ends: two years after a stop; the absence itself when all is over. */
async function followAbsence(ctx: Ctx<Tx>, decision: q.Decision, effectiveOn: string): Promise<void> {
  if (decision.kind === 'stop') {
    const parameters = await parametersOf(ctx.db, ctx.actor.tenantId, decision.orgPath)
    await setRemovalClock(ctx, { ...decision, effectiveOn }, parameters)
    return
  }
  const stop = await q.standingStop(ctx.db, ctx.actor.tenantId, decision.memberId)
  if (stop) await endRemovalClock(ctx, stop.id, decision.kind === 'removal' ? 'done' : 'void')
  const absence = decision.absenceId ? await lockAbsence(ctx.db, ctx.actor, decision.absenceId) : undefined
  if (absence?.state === 'open' && absence.startedOn <= effectiveOn)
    await finish(ctx, absence, { on: effectiveOn, end: 'decided', note: null })
}

function demandSecond(ctx: Ctx<Tx>, decision: q.Decision): void {
  const refusal = refusalOfApproval(ctx.actor, decision)
  if (refusal) throw refusals[refusal]()
}

export async function sendBack(ctx: Ctx<Tx>, { params, body }: Input<typeof returnDecision>): Promise<Done> {
  const decision = await locked(ctx, params.id, 'decide')
  demandSecond(ctx, decision)
  await publish(ctx, 'membership.returned', subjectOf(decision), { kind: decision.kind, makerId: decision.proposedBy })
  return step(ctx, decision, {
    state: 'returned',
    returned_reason: sealed(ctx, decision.id, 'returned_reason', body.reason),
  })
}

export async function withdraw(ctx: Ctx<Tx>, { params, body }: Input<typeof withdrawDecision>): Promise<Done> {
  const decision = await locked(ctx, params.id, 'withdraw')
  if (decision.proposedBy !== ctx.actor.personId) throw refusals.not_yours()
  await publish(ctx, 'membership.withdrawn', subjectOf(decision), { kind: decision.kind })
  return step(ctx, decision, {
    state: 'withdrawn',
    returned_reason: sealed(ctx, decision.id, 'returned_reason', body.reason),
  })
}

export async function serve(ctx: Ctx<Tx>, { params, body }: Input<typeof serveDecision>): Promise<Done> {
  const decision = await locked(ctx, params.id, 'serve')
  demandPast(ctx, body.on, '/body/on')
  if (decision.effectiveOn && body.on < decision.effectiveOn) throw refusals.before_start.at('/body/on')
  await publish(ctx, 'membership.served', subjectOf(decision), { kind: decision.kind, way: body.way })
  return step(ctx, decision, { state: 'served', served_on: body.on, served_way: body.way })
}

export async function settleAppeal(ctx: Ctx<Tx>, { params, body }: Input<typeof decideAppeal>): Promise<Done> {
  const decision = await locked(ctx, params.id, 'decideAppeal')
  demandSecond(ctx, decision)
  if (body.outcome === 'changed') {
    // A later decision, or death, has taken the place of what this one did: that stays.
    const card = await memberCard(ctx.db, ctx.actor, decision.memberId)
    const stands = card?.status === STATUS_AFTER[decision.kind]
    if (stands)
      await changeMember(ctx, decision.memberId, {
        patch: { status: decision.statusBefore },
        source: 'membership',
        sourceId: decision.id,
        reason: null,
      })
    if (decision.kind === 'stop') await endRemovalClock(ctx, decision.id, 'void')
  }
  const { kind } = decision
  await publish(ctx, 'membership.appeal_decided', subjectOf(decision), { kind, outcome: body.outcome })
  return step(ctx, decision, {
    state: body.outcome,
    appeal_opinion: sealed(ctx, decision.id, 'appeal_opinion', body.opinion),
  })
}
