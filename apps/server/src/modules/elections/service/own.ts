import {
  type ElectionHandover,
  type findElectable,
  type Input,
  type listMyElections,
  type MyElection,
  type nominate,
  type Reply,
  type readMyElection,
  electionsRefusals as refusals,
  type withdrawNomination,
} from '@tongxin/contract'
import { addDays } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { lockPerson } from '../../access/index.ts'
import { electedOf, hasRights, inStrokeOrder } from '../elections.policy.ts'
import * as q from '../queries/elections.queries.ts'
import { handoversOf } from '../queries/handovers.queries.ts'
import * as people from '../queries/people.queries.ts'
import { roundsOf } from '../queries/rounds.queries.ts'
import { ownCongress } from './congress.ts'
import { subjectOf } from './file.ts'
import { handoverShown } from './handover.ts'

const rowOf = (election: q.Election): MyElection => ({
  id: election.id,
  kind: election.kind,
  state: election.state,
  orgName: election.unitName,
  ordinal: election.ordinal,
  seats: election.seats,
  delegates: election.delegates,
  plannedOn: election.plannedOn,
})

export async function list(ctx: Ctx): Promise<Reply<typeof listMyElections>> {
  if (!ctx.actor.memberId) return { rows: [] }
  const rows = await q.listOwn(ctx.db, ctx.actor, addDays(todayOf(ctx.now), -365))
  return { rows: rows.map(rowOf) }
}

const HIDDEN: ReadonlySet<string> = new Set(['draft', 'requested', 'cancelled'])

/** An election of an organisation of one's own, from its approval on. Only members of the Party are told. */
async function ownElection(ctx: Ctx | Ctx<Tx>, id: string): Promise<q.Election> {
  const election = ctx.actor.memberId ? await q.findOwn(ctx.db, ctx.actor, id) : undefined
  if (!election || HIDDEN.has(election.state)) throw refusals.not_found()
  return election
}

const mostOf = (election: q.Election): number => Math.max(election.seats, 1)

export async function read(ctx: Ctx, { params }: Input<typeof readMyElection>): Promise<Reply<typeof readMyElection>> {
  const election = await ownElection(ctx, params.id)
  const { tenantId } = ctx.actor
  const rounds = await roundsOf(ctx.db, tenantId, election.id)
  const { publicity } = election.steps
  const isPublic = publicity !== undefined && publicity.from <= todayOf(ctx.now)
  const standing = isPublic ? await people.candidatesOf(ctx.db, tenantId, election.id) : []
  const mine = await people.ownNominations(ctx.db, ctx.actor, election.id)
  const open = rounds.find(({ state }) => state === 'open')
  return {
    ...rowOf(election),
    most: mostOf(election),
    mayNominate: election.state === 'nominating' && (await mayVote(ctx, election)),
    nominations: mine.map(({ memberId, name, reason }) => ({ memberId, name, reason })),
    candidates: inStrokeOrder(standing).map(({ memberId, name, body }) => ({ memberId, name, body })),
    publicity: publicity && isPublic ? { from: publicity.from, until: publicity.until, place: publicity.place } : null,
    elected: election.state === 'done' ? electedOf(rounds) : [],
    handovers: await ownHandovers(ctx, election),
    congress: await ownCongress(ctx, election),
    voteId: open?.voters.some(({ personId }) => personId === ctx.actor.personId) ? open.voteId : null,
  }
}

/** What I give or receive, without what was withdrawn. */
async function ownHandovers(ctx: Ctx, election: q.Election): Promise<ElectionHandover[]> {
  const { tenantId, personId } = ctx.actor
  return (await handoversOf(ctx.db, tenantId, election.id))
    .filter(({ giverPerson, receiverPerson }) => giverPerson === personId || receiverPerson === personId)
    .filter(({ state }) => state !== 'withdrawn')
    .map((one) => handoverShown(ctx.actor, one))
}

/** Who votes also proposes (ELEC-3). */
async function mayVote(ctx: Ctx | Ctx<Tx>, election: q.Election): Promise<boolean> {
  const [card] = await people.cardsOf(ctx.db, ctx.actor.tenantId, election.orgPath, [ctx.actor.memberId ?? ''])
  return card !== undefined && hasRights(card)
}

export async function electable(
  ctx: Ctx,
  { params, query }: Input<typeof findElectable>,
): Promise<Reply<typeof findElectable>> {
  const election = await ownElection(ctx, params.id)
  if (!(await mayVote(ctx, election))) return { rows: [] }
  const found = await people.electableNamed(ctx.db, ctx.actor, query.text)
  return { rows: inStrokeOrder(found.map(({ id, name }) => ({ memberId: id, name }))) }
}

export async function propose(ctx: Ctx<Tx>, { params, body }: Input<typeof nominate>): Promise<Reply<typeof nominate>> {
  const election = await ownElection(ctx, params.id)
  if (election.state !== 'nominating') throw refusals.wrong_state({ state: election.state })
  if (!(await mayVote(ctx, election))) throw refusals.no_rights.at('/body/memberId', { name: ctx.actor.personName })
  const [card] = await people.cardsOf(ctx.db, ctx.actor.tenantId, ctx.actor.scope, [body.memberId])
  if (!card) throw refusals.no_such_person.at('/body/memberId')
  if (!hasRights(card)) throw refusals.no_rights.at('/body/memberId', { name: card.name })
  // What one person sends at the same moment stands in line, so that the number is kept.
  await lockPerson(ctx.db, ctx.actor.personId)
  const mine = await people.ownNominations(ctx.db, ctx.actor, election.id)
  if (mine.some(({ memberId }) => memberId === body.memberId)) throw refusals.nominated_already({ name: card.name })
  if (mine.length >= mostOf(election)) throw refusals.too_many_nominated({ most: mostOf(election) })
  const made = { id: newId(ctx), memberId: card.id, name: card.name, reason: body.reason.trim() }
  await people.insertNomination(ctx.db, ctx.actor, election, made, ctx.now)
  await publish(ctx, 'elections.nominated', subjectOf(election), { memberId: card.id })
  return { id: election.id, nominations: mine.length + 1 }
}

export async function withdraw(
  ctx: Ctx<Tx>,
  { params }: Input<typeof withdrawNomination>,
): Promise<Reply<typeof withdrawNomination>> {
  const election = await ownElection(ctx, params.id)
  if (election.state !== 'nominating') throw refusals.wrong_state({ state: election.state })
  const mine = await people.ownNominations(ctx.db, ctx.actor, election.id)
  const one = mine.find(({ memberId }) => memberId === params.memberId)
  if (!one) throw refusals.no_such_person()
  await people.setWithdrawn(ctx.db, ctx.actor, one.id, ctx.now)
  await publish(ctx, 'elections.nomination_withdrawn', subjectOf(election), { memberId: one.memberId })
  return { id: election.id, nominations: mine.length - 1 }
}
