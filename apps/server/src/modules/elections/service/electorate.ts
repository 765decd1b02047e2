import { type NamedMember, electionsRefusals as refusals } from '@tongxin/contract'
import { minCandidates } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { leadershipOf } from '../../org/index.ts'
import { electedOf, hasRights, inStrokeOrder, isLeader, type NextRound, stateAfter } from '../elections.policy.ts'
import type { Election } from '../queries/elections.queries.ts'
import * as people from '../queries/people.queries.ts'
import type { Present, Round } from '../queries/rounds.queries.ts'
import { figuresOf, missingOf, quorumOf } from './hall.ts'

export type Hall = {
  /** Who may stand: the committee in its plenum, everybody on the roll in the meeting. */
  readonly electable: readonly NamedMember[]
  readonly present: readonly Present[]
  readonly shouldAttend: number
  readonly isPlenum: boolean
  /** Elected secretary or deputy in this election: nobody is both. */
  readonly leading: readonly string[]
}

/** Who votes in the round that is due, with the quorum of four fifths (ELEC-4), which also holds in the plenum. */
export async function electorateOf(
  ctx: Ctx<Tx>,
  election: Election,
  rounds: readonly Round[],
  next: NextRound,
  presentIds: readonly string[] | undefined,
): Promise<Hall> {
  const isPlenum = stateAfter(election, next) === 'plenum'
  const hall = isPlenum
    ? await plenum(ctx, election, next, rounds, presentIds ?? [])
    : await meeting(ctx, election, next, rounds)
  const { shouldAttend } = hall
  const figures = { present: hall.present.length, shouldAttend }
  if (!quorumOf(figures, todayOf(ctx.now)).value) throw refusals.no_quorum(figures)
  const leading = leadingOf(rounds)
  const electable = hall.electable.filter(({ memberId }) => !leading.includes(memberId))
  return { ...hall, electable, isPlenum, leading }
}

export const leadingOf = (rounds: readonly Round[]): string[] =>
  electedOf(rounds).flatMap((one) => (isLeader(one) ? [one.memberId] : []))

type Bare = Omit<Hall, 'isPlenum' | 'leading'>

async function meeting(ctx: Ctx<Tx>, election: Election, next: NextRound, rounds: readonly Round[]): Promise<Bare> {
  const voters = inStrokeOrder(await people.votersOf(ctx.db, ctx.actor.tenantId, election.id))
  const figures = figuresOf(election, voters)
  const missing = missingOf(ctx, election, figures).filter((one) => one !== 'quorum')
  if (missing.length > 0) throw refusals.not_ready({ missing })
  const present = voters
    .filter((one) => one.isPresent)
    .map(({ memberId, personId, name }) => ({ memberId, personId, name }))
  const elected = electedOf(rounds).filter(({ body }) => body === next.body)
  const may = await electableOf(ctx, election, voters)
  const electable = may.filter(({ memberId }) => !elected.some((one) => one.memberId === memberId))
  return { electable, present, shouldAttend: figures.shouldAttend }
}

/** Who may be elected by the assembly: its voters; at a congress every full member, delegate or not. */
export async function electableOf(
  ctx: Ctx<Tx>,
  election: Election,
  voters: readonly NamedMember[],
): Promise<readonly NamedMember[]> {
  if (election.delegates === null) return voters
  const cards = await people.formalBelow(ctx.db, ctx.actor.tenantId, election.orgPath)
  return cards.filter(hasRights).map(({ id, name }) => ({ memberId: id, name }))
}

/** The committee's first plenum: those elected; after a by-election also those who stayed in office. */
async function plenum(
  ctx: Ctx<Tx>,
  election: Election,
  next: NextRound,
  rounds: readonly Round[],
  presentIds: readonly string[],
): Promise<Bare> {
  const elected = electedOf(rounds).filter(({ body }) => body === 'committee')
  const { posts } = election.kind === 'term' ? { posts: [] } : await leadershipOf(ctx, election.unitId)
  const inOffice = posts.filter((one) => one.untilOn === null && one.post !== 'group_leader')
  const ids = [...new Set([...elected, ...inOffice].map(({ memberId }) => memberId))]
  const cards = await people.cardsOf(ctx.db, ctx.actor.tenantId, election.orgPath, ids)
  const committee = inStrokeOrder(
    cards.map((card) => ({ memberId: card.id, personId: card.personId, name: card.name })),
  )
  const stranger = presentIds.findIndex((id) => !committee.some(({ memberId }) => memberId === id))
  if (stranger >= 0) throw refusals.not_on_committee.at(`/body/present/${stranger}`)
  const present = committee.filter(({ memberId }) => presentIds.includes(memberId))
  return { electable: amongThem(election, next, rounds, committee), present, shouldAttend: committee.length }
}

/** Of the committee: for its standing committee whoever is not on it yet, for its leaders whoever is (ELEC-7, ELEC-8). */
export function amongThem<T extends NamedMember>(
  { standing }: Pick<Election, 'standing'>,
  { body }: Pick<NextRound, 'body'>,
  rounds: readonly Round[],
  committee: readonly T[],
): readonly T[] {
  if (standing === 0) return committee
  const onIt = new Set(electedOf(rounds).flatMap((one) => (one.body === 'standing' ? [one.memberId] : [])))
  return committee.filter(({ memberId }) => onIt.has(memberId) === (body !== 'standing'))
}

/**
 * Who stands: those agreed to from above; in a separate election, or where somebody proposed for a post was not elected
 * to the committee, the people named now. A fifth more than seats for the committee and for delegates, at least as many
 * as seats for the standing committee, as many as posts otherwise.
 */
export function candidatesFor(next: NextRound, named: readonly string[] | undefined, hall: Hall): NamedMember[] {
  const field = '/body/candidates'
  if (next.kind === 'run_off') return next.candidates
  const mayStand = ({ memberId }: NamedMember) => hall.electable.some((one) => one.memberId === memberId)
  const standing = next.candidates.filter(mayStand)
  const isOpen = next.kind === 'separate' || standing.length < next.candidates.length
  const twice = named?.findIndex((memberId) => hall.leading.includes(memberId)) ?? -1
  if (twice >= 0) throw refusals.named_twice.at(`${field}/${twice}`)
  const stranger = named?.findIndex((memberId) => !mayStand({ memberId, name: '' })) ?? -1
  if (stranger >= 0) throw (hall.isPlenum ? refusals.not_on_committee : refusals.not_on_roll).at(`${field}/${stranger}`)
  const chosen = named && isOpen ? named.flatMap((id) => hall.electable.filter((one) => one.memberId === id)) : standing
  demandChosen(next, chosen.length)
  return inStrokeOrder(chosen.map(({ memberId, name }) => ({ memberId, name })))
}

function demandChosen({ body, seats }: NextRound, candidates: number): void {
  const field = '/body/candidates'
  if (isLeader({ body })) {
    if (candidates !== seats) throw refusals.not_equal.at(field, { seats })
    return
  }
  // One or two more for the standing committee is general knowledge and told, not refused (ELEC-8).
  const least = body === 'standing' ? seats : minCandidates({ seats }).value
  if (candidates < least) throw refusals.too_few_candidates.at(field, { seats, least, candidates })
}
