import {
  type adoptMethod,
  type appointTellers,
  type drawRoll,
  type enterPresence,
  type Input,
  type leaveOut,
  type Reply,
  electionsRefusals as refusals,
} from '@tongxin/contract'
import { electionQuorum, electionShouldAttend, electorate, presentVoters } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { hasRights, inStrokeOrder } from '../elections.policy.ts'
import type { Election } from '../queries/elections.queries.ts'
import * as people from '../queries/people.queries.ts'
import { roundsOf } from '../queries/rounds.queries.ts'
import { confirmedDelegates } from './congress.ts'
import { demandPast, keep, lockIn, subjectOf } from './file.ts'

/** The meeting adopts the method with more than half of those present (选举条例; rules of order of the meeting). */
export async function method(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof adoptMethod>,
): Promise<Reply<typeof adoptMethod>> {
  const election = await lockIn(ctx, params.id, 'preparing')
  demandPast(ctx, body.on)
  if (body.inFavour > body.present || 2 * body.inFavour <= body.present)
    throw refusals.method_not_adopted.at('/body/inFavour', { inFavour: body.inFavour, present: body.present })
  const voters = await votersOn(ctx, election)
  if (body.present > voters) throw refusals.method_beyond_roll.at('/body/present', { present: body.present, voters })
  const done = await keep(ctx, election, {}, { method: body })
  await publish(ctx, 'elections.method_adopted', subjectOf(election), { on: body.on, inFavour: body.inFavour })
  return done
}

/** How many may be present: the roll, or those who would stand on it if it were drawn now. */
async function votersOn(ctx: Ctx<Tx>, election: Election): Promise<number> {
  const { db, actor } = ctx
  if (election.steps.rollDrawnAt) return (await people.votersOf(db, actor.tenantId, election.id)).length
  return (await assemblyOf(ctx, election)).filter(hasRights).length
}

/** Tellers are no candidates (ELEC-17) and belong to the meeting. */
export async function tellers(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof appointTellers>,
): Promise<Reply<typeof appointTellers>> {
  const election = await lockIn(ctx, params.id, 'preparing', 'voting', 'plenum')
  const { db, actor } = ctx
  const standing = (await roundsOf(db, actor.tenantId, election.id)).filter(({ state }) => state === 'open')
  const proposed = await people.candidatesOf(db, actor.tenantId, election.id)
  const candidates = new Set([...proposed, ...standing.flatMap((one) => one.candidates)].map((one) => one.memberId))
  const cards = await people.cardsOf(db, actor.tenantId, election.orgPath, [...body.supervisors, ...body.counters])
  const named = (ids: readonly string[], field: string) =>
    ids.map((memberId, at) => {
      const card = cards.find(({ id }) => id === memberId)
      if (!card || !hasRights(card)) throw refusals.no_such_person.at(`${field}/${at}`)
      if (candidates.has(memberId)) throw refusals.teller_is_candidate.at(`${field}/${at}`, { name: card.name })
      return { memberId, name: card.name }
    })
  const chosen = {
    supervisors: named(body.supervisors, '/body/supervisors'),
    counters: named(body.counters, '/body/counters'),
  }
  if (body.supervisors.some((id) => body.counters.includes(id))) throw refusals.named_twice.at('/body/counters')
  const done = await keep(ctx, election, {}, { tellers: chosen })
  await publish(ctx, 'elections.tellers_appointed', subjectOf(election), {
    supervisors: chosen.supervisors.length,
    counters: chosen.counters.length,
  })
  return done
}

export type RollFigures = { formal: number; noRights: number; leftOut: number; shouldAttend: number; present: number }

/** 应到 and 实到 by ELEC-5: who is left out counts until both consents are there. */
export function figuresOf(election: Election, voters: readonly people.Voter[]): RollFigures {
  const { roll = { formal: 0, noRights: 0 }, consent } = election.steps
  const leftOut = voters.filter((one) => one.leftOut !== null).length
  const shouldAttend = electionShouldAttend({
    formal: roll.formal,
    noRights: roll.noRights,
    excludable: leftOut,
    superiorConsent: Boolean(consent?.documentNumber),
    meetingApproval: consent?.meetingApproved ?? false,
  }).value
  return { ...roll, leftOut, shouldAttend, present: voters.filter((one) => one.isPresent).length }
}

export const quorumOf = ({ present, shouldAttend }: { present: number; shouldAttend: number }, date: string) =>
  electionQuorum({ present: presentVoters(present), shouldAttend: electorate(shouldAttend), date })

async function demandNoOpenRound(ctx: Ctx<Tx>, election: Election): Promise<void> {
  const rounds = await roundsOf(ctx.db, ctx.actor.tenantId, election.id)
  if (rounds.some(({ state }) => state === 'open')) throw refusals.round_open()
}

/** Full members, or at a congress the delegates with credentials. */
const assemblyOf = (ctx: Ctx<Tx>, election: Election): Promise<people.Card[]> =>
  election.delegates === null
    ? people.formalBelow(ctx.db, ctx.actor.tenantId, election.orgPath)
    : confirmedDelegates(ctx, election)

/** Everybody with the right to vote, as the records are now; who was left out or present stays so. */
export async function draw(ctx: Ctx<Tx>, { params }: Input<typeof drawRoll>): Promise<Reply<typeof drawRoll>> {
  const election = await lockIn(ctx, params.id, 'preparing')
  const { tenantId } = ctx.actor
  const formal = await assemblyOf(ctx, election)
  const entitled = inStrokeOrder(formal.filter(hasRights))
  const known = new Map((await people.votersOf(ctx.db, tenantId, election.id)).map((one) => [one.memberId, one]))
  const rows = entitled.map((card) => ({
    id: newId(ctx),
    memberId: card.id,
    personId: card.personId,
    name: card.name,
    leftOut: known.get(card.id)?.leftOut ?? null,
    isPresent: known.get(card.id)?.isPresent ?? false,
  }))
  await people.replaceVoters(ctx.db, tenantId, election, rows)
  const roll = { formal: formal.length, noRights: formal.length - entitled.length }
  const done = await keep(ctx, election, {}, { roll, rollDrawnAt: ctx.now.toISOString() })
  await publish(ctx, 'elections.roll_drawn', subjectOf(election), { people: entitled.length })
  return done
}

/** Who is left out, all at once: the list replaces the one before. */
export async function leaveOutSome(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof leaveOut>,
): Promise<Reply<typeof leaveOut>> {
  const election = await lockIn(ctx, params.id, 'preparing')
  // The groups that may be left out are groups of members (ELEC-5); delegates all count.
  if (election.delegates !== null) throw refusals.all_count()
  if (!election.steps.rollDrawnAt) throw refusals.roll_missing()
  const { tenantId } = ctx.actor
  const voters = await people.votersOf(ctx.db, tenantId, election.id)
  const reasons = new Map(body.people.map(({ memberId, reason }) => [memberId, reason]))
  const stranger = body.people.findIndex(({ memberId }) => !voters.some((one) => one.memberId === memberId))
  if (stranger >= 0) throw refusals.not_on_roll.at(`/body/people/${stranger}/memberId`)
  await people.replaceVoters(
    ctx.db,
    tenantId,
    election,
    voters.map((one) => {
      const leftOut = reasons.get(one.memberId) ?? null
      return { ...one, id: newId(ctx), leftOut, isPresent: one.isPresent && leftOut === null }
    }),
  )
  const consent = { documentNumber: body.documentNumber, meetingApproved: body.meetingApproved }
  const done = await keep(ctx, election, {}, { consent })
  const consented = body.documentNumber !== null && body.meetingApproved
  await publish(ctx, 'elections.left_out', subjectOf(election), { people: reasons.size, consented })
  return done
}

/** Who is in the hall; somebody left out cannot be there at once. */
export async function presence(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof enterPresence>,
): Promise<Reply<typeof enterPresence>> {
  const election = await lockIn(ctx, params.id, 'preparing', 'voting')
  if (!election.steps.rollDrawnAt) throw refusals.roll_missing()
  await demandNoOpenRound(ctx, election)
  const { tenantId } = ctx.actor
  const voters = await people.votersOf(ctx.db, tenantId, election.id)
  const may = new Set(voters.filter((one) => one.leftOut === null).map((one) => one.memberId))
  const stranger = body.memberIds.findIndex((id) => !may.has(id))
  if (stranger >= 0) throw refusals.not_on_roll.at(`/body/memberIds/${stranger}`)
  await people.setPresence(ctx.db, tenantId, election.id, body.memberIds)
  const present = new Set(body.memberIds)
  const figures = figuresOf(
    election,
    voters.map((one) => ({ ...one, isPresent: present.has(one.memberId) })),
  )
  const done = await keep(ctx, election, {})
  await publish(ctx, 'elections.presence_entered', subjectOf(election), {
    present: figures.present,
    shouldAttend: figures.shouldAttend,
  })
  return done
}

/** What is missing before the members' meeting may vote. */
export function missingOf(
  ctx: Pick<Ctx, 'now'>,
  election: Election,
  figures: RollFigures,
): ('method' | 'tellers' | 'roll' | 'quorum')[] {
  const { method, tellers, rollDrawnAt, plenum } = election.steps
  // The committee in its plenum is known by name; the method and the roll are those of a members' meeting.
  if (plenum) return []
  const isQuorum = quorumOf(figures, todayOf(ctx.now)).value
  return [
    ...(method ? [] : (['method'] as const)),
    ...(tellers ? [] : (['tellers'] as const)),
    ...(rollDrawnAt ? [] : (['roll'] as const)),
    ...(isQuorum ? [] : (['quorum'] as const)),
  ]
}
