import {
  type CaseCan,
  type DevelopmentCase,
  type Input,
  type listCaseMeetings,
  type Reply,
  type readDevelopmentCase,
  developmentRefusals as refusals,
} from '@tongxin/contract'
import { lampOn } from '@tongxin/domain'
import { stepDefinitionOn } from '@tongxin/domain/admission/step-definitions'
import type { Static } from 'typebox'
import { todayOf } from '../../../platform/clock.ts'
import type { Actor, Ctx } from '../../../platform/ctx.ts'
import { personNamesOf } from '../../access/index.ts'
import { clocksOf } from '../development.clocks.ts'
import { whyNotDecide } from '../development.policy.ts'
import type { DevelopmentPorts } from '../development.ports.ts'
import { doneStep, liveStep, type Road, roadOf } from '../development.road.ts'
import { findCase } from '../queries/cases.queries.ts'
import { caseRow } from '../queries/list.queries.ts'
import { proofsOf } from '../queries/parts.queries.ts'
import { takenItems } from '../queries/steps.queries.ts'
import { verdictOf } from '../rules/findings.ts'
import { nextOf } from '../rules/next.ts'
import { rowOf } from './list.ts'

/** The case page. Nothing of the political review but whether step 10 is done. */
export async function read(
  ctx: Ctx,
  { params }: Input<typeof readDevelopmentCase>,
): Promise<Reply<typeof readDevelopmentCase>> {
  const { tenantId } = ctx.actor
  const one = await findCase(ctx.db, ctx.actor, params.id)
  const row = one && (await caseRow(ctx.db, ctx.actor, one.id))
  if (!one || !row) throw refusals.not_found()
  const road = await roadOf(ctx.db, tenantId, one)
  const today = todayOf(ctx.now)
  const names = await personNamesOf(ctx.db, [
    ...road.steps.flatMap(({ recordedBy, decidedBy }) => [recordedBy, decidedBy]),
    ...road.reviews.map(({ recordedBy }) => recordedBy),
  ])
  const proofs = await proofsOf(ctx.db, tenantId, one.id)
  return {
    card: rowOf(row, today),
    round: one.round,
    extensionMonths: one.extensionMonths,
    postponedUntil: one.postponedUntil,
    leavesOn: one.leavesOn,
    next: nextRow(road, today),
    clocks: clocksOf(road).map(({ kind, startsOn, yellowOn, dueOn }) => ({
      kind,
      startsOn,
      yellowOn,
      dueOn,
      lamp: lampOn({ yellowOn, dueOn }, today),
    })),
    steps: road.steps.map(({ recordedBy, decidedBy, round: _, itemId, facts, verdicts, decision, ...step }) => ({
      ...step,
      facts: { ...facts },
      verdicts: [...verdicts],
      decision: { ...decision },
      meetingItemId: itemId,
      recordedBy: names.get(recordedBy) ?? null,
      recordedAt: step.recordedAt.toISOString(),
      decidedBy: decidedBy === null ? null : (names.get(decidedBy) ?? null),
    })),
    people: road.people.map((person) => ({ ...person })),
    reviews: road.reviews.map(({ recordedBy, isOwn: _, ...review }) => ({
      ...review,
      by: names.get(recordedBy) ?? null,
    })),
    publicities: road.publicities.map(({ floating: _, ...publicity }) => publicity),
    proofs: proofs.map((proof) => ({
      ...proof,
      kind: proof.kind as DevelopmentCase['proofs'][number]['kind'],
      addedAt: proof.addedAt.toISOString(),
    })),
    vetted: doneStep(road, 10) !== undefined,
    can: canOf(ctx.actor, road),
    version: one.version,
  }
}

function nextRow(road: Road, today: string): DevelopmentCase['next'] {
  const { one } = road
  if (one.state === 'stopped' || one.state === 'finished') return null
  const { step, earliestOn, clock, findings } = nextOf(road, today)
  const { actor, decidedAbove } = stepDefinitionOn(step, today)
  const waitsAbove = liveStep(road, step)?.state === 'recorded'
  return {
    step,
    actor: waitsAbove ? 'above' : actor,
    decidedAbove,
    waitsAbove,
    earliestOn,
    dueOn: clock?.dueOn ?? null,
    verdicts: findings.map((finding) => verdictOf(finding, null)),
  }
}

type Can = Static<typeof CaseCan>

/** Acts of the case page with the word that explains why not. */
function canOf(actor: Actor, road: Road): Can {
  const { one } = road
  const isRunning = one.state === 'running' || one.state === 'returned'
  const isOpen = isRunning || one.state === 'paused'
  const writes = actor.permissions.has('development.write') ? null : 'not_permitted'
  const when = (holds: boolean, word: string) => writes ?? (holds ? null : word)
  const waiting = road.steps.filter(({ state }) => state === 'recorded')
  const decisions = waiting.map((step) => whyNotDecide(actor, one.orgPath, step))
  const canPostpone = one.admittedOn !== null && !liveStep(road, 23)
  return {
    record: when(isRunning, 'not_running'),
    decide: decisions.includes(null) ? null : (decisions[0] ?? 'decided_already'),
    vet: !actor.permissions.has('development.vet')
      ? 'not_permitted'
      : isRunning && !liveStep(road, 12)
        ? null
        : 'wrong_state',
    pause: when(isRunning, 'wrong_state'),
    resume: when(one.state === 'paused', 'wrong_state'),
    stop: when(isOpen && one.admittedOn === null, 'wrong_state'),
    return: when(isOpen, 'wrong_state'),
    postpone: when(canPostpone && isRunning, 'wrong_state') ?? (one.movedOn ? null : 'not_transferred'),
  }
}

export const meetings =
  (ports: DevelopmentPorts) =>
  async (ctx: Ctx, { params }: Input<typeof listCaseMeetings>): Promise<Reply<typeof listCaseMeetings>> => {
    const one = await findCase(ctx.db, ctx.actor, params.id)
    if (!one) throw refusals.not_found()
    const ballots = await ports.admissionBallots(ctx.db, ctx.actor, { orgId: one.orgId })
    const taken = await takenItems(
      ctx.db,
      ctx.actor.tenantId,
      ballots.map(({ itemId }) => itemId),
    )
    return {
      rows: ballots.map(({ vote, resolution: _, ...ballot }) => ({
        ...ballot,
        eligible: vote.eligible,
        present: vote.present,
        inFavour: vote.inFavour + vote.writtenInFavour,
        carried: vote.carried,
        isTaken: taken.has(ballot.itemId),
      })),
    }
  }
