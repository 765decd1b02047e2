import {
  type ElectionLetter,
  type ElectionRecord,
  type ElectionRound,
  type ElectionRow,
  type Input,
  type listElections,
  type Reply,
  type readElection,
  type readElectionRoll,
  electionsRefusals as refusals,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { personNamesOf } from '../../access/index.ts'
import { findUnit, leadershipOf } from '../../org/index.ts'
import { actsOf } from '../elections.acts.ts'
import { electedOf, inStrokeOrder, nextRound } from '../elections.policy.ts'
import { congressName } from '../queries/congress.queries.ts'
import * as q from '../queries/elections.queries.ts'
import * as people from '../queries/people.queries.ts'
import { type Round, roundsOf } from '../queries/rounds.queries.ts'
import { figuresOf, missingOf, quorumOf } from './hall.ts'
import { rulesOf } from './rules.ts'

const rowOf = (election: q.Election): ElectionRow => ({
  id: election.id,
  kind: election.kind,
  state: election.state,
  orgId: election.unitId,
  orgName: election.unitName,
  ordinal: election.ordinal,
  seats: election.seats,
  delegates: election.delegates,
  plannedOn: election.plannedOn,
  heldOn: election.heldOn,
  updatedAt: election.updatedAt.toISOString(),
  version: election.version,
})

const SORTS = { plannedOn: 'e.planned_on', updatedAt: 'e.updated_at', orgName: 'e.unit_name' } as const

type Asked = Pick<Input<typeof listElections>['query'], 'orgId' | 'below' | 'kind' | 'state' | 'open' | 'text'>
/** @param field where a wrong organisation is told */
export async function filterOf(ctx: Ctx, asked: Asked, field: string): Promise<q.ElectionFilter> {
  const unit = asked.orgId ? await findUnit(ctx.db, ctx.actor, asked.orgId) : undefined
  if (asked.orgId && !unit) throw refusals.no_such_org.at(field)
  return {
    place: unit?.path ?? ctx.actor.scope,
    below: unit === undefined || (asked.below ?? true),
    kind: asked.kind ?? null,
    state: asked.state ?? null,
    openOnly: asked.open ?? false,
    text: asked.text ?? null,
  }
}

export async function list(ctx: Ctx, { query }: Input<typeof listElections>): Promise<Reply<typeof listElections>> {
  const keyset = keysetOf(query, SORTS, '-plannedOn')
  const filter = await filterOf(ctx, query, '/query/orgId')
  const found = await q.listElections(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value:
      { 'e.planned_on': row.plannedOn, 'e.updated_at': row.updatedAt.toISOString(), 'e.unit_name': row.unitName }[
        keyset.column
      ] ?? null,
    id: row.id,
  }))
  return { rows: rows.map(rowOf), next, total: null }
}

/** Everything that a file consists of, read once for the page and for the papers. */
export async function gather(ctx: Ctx, id: string) {
  const election = await q.findElection(ctx.db, ctx.actor, id)
  if (!election) throw refusals.not_found()
  const { tenantId } = ctx.actor
  const [rounds, candidates, proposals, voters] = [
    await roundsOf(ctx.db, tenantId, id),
    await people.candidatesOf(ctx.db, tenantId, id),
    await people.proposalsOf(ctx.db, tenantId, id),
    await people.votersOf(ctx.db, tenantId, id),
  ]
  return { election, rounds, candidates, proposals, voters, figures: figuresOf(election, voters) }
}
export type Gathered = Awaited<ReturnType<typeof gather>>

export async function read(ctx: Ctx, { params }: Input<typeof readElection>): Promise<ElectionRecord> {
  const file = await gather(ctx, params.id)
  const { election, rounds, figures } = file
  const { steps } = election
  const { term } = await leadershipOf(ctx, election.unitId)
  const letters = await lettersOf(ctx, steps)
  const isOpen = rounds.some(({ state }) => state === 'open')
  const isVoted = ['preparing', 'voting', 'plenum'].includes(election.state)
  return {
    ...rowOf(election),
    deputies: election.deputies,
    electsSecretary: election.electsSecretary,
    standing: election.standing,
    scattered: steps.scattered ?? false,
    congress: await congressOf(ctx, election),
    reason: steps.reason ?? '',
    termUntil: term?.untilOn ?? null,
    ...letters,
    returnedReason: steps.returnedReason ?? null,
    leadingGroup: steps.leadingGroup ?? null,
    ...peopleOf(file),
    publicity: steps.publicity ? { ...steps.publicity, lateReason: steps.publicity.lateReason ?? null } : null,
    method: steps.method ?? null,
    tellers: steps.tellers ?? { supervisors: [], counters: [] },
    roll: {
      drawnAt: steps.rollDrawnAt ?? null,
      ...figures,
      consent: steps.consent ?? null,
      quorum: quorumOf(figures, todayOf(ctx.now)).value,
    },
    rounds: rounds.map((round) => shownRound(round, ctx.actor.personId)),
    elected: electedOf(rounds),
    nextRound: isOpen || !isVoted ? null : nextRound(election, rounds, file.candidates),
    reduced: steps.reduced ?? null,
    division: (steps.division ?? []) as ElectionRecord['division'],
    cancelledReason: steps.cancelledReason ?? null,
    rules: await rulesOf(ctx, file),
    missing: election.state === 'preparing' ? missingOf(ctx, election, figures) : [],
    can: actsOf(ctx.actor, election, rounds),
  }
}

async function congressOf(ctx: Ctx, { congressId }: q.Election): Promise<ElectionRecord['congress']> {
  if (congressId === null) return null
  return { id: congressId, orgName: await congressName(ctx.db, ctx.actor.tenantId, congressId) }
}

function peopleOf({ candidates, proposals }: Gathered): Pick<ElectionRecord, 'candidates' | 'nominations'> {
  const of = (memberId: string) => proposals.find((one) => one.memberId === memberId)?.proposals ?? 0
  return {
    candidates: inStrokeOrder(candidates).map(({ memberId, name, body }) => ({
      memberId,
      name,
      body,
      proposals: of(memberId),
    })),
    nominations: inStrokeOrder(proposals).toSorted((a, b) => b.proposals - a.proposals),
  }
}

const LETTERS = ['request', 'approval', 'candidatesRequest', 'candidatesApproval', 'report', 'reply'] as const
type Letters = Record<(typeof LETTERS)[number], ElectionLetter | null>

async function lettersOf(ctx: Ctx, steps: q.Steps): Promise<Letters> {
  const names = await personNamesOf(
    ctx.db,
    LETTERS.map((key) => steps[key]?.by ?? null),
  )
  const shown = (letter: q.KeptLetter | undefined): ElectionLetter | null =>
    letter ? { ...letter, by: names.get(letter.by) ?? null } : null
  return Object.fromEntries(LETTERS.map((key) => [key, shown(steps[key])])) as Letters
}

function shownRound(round: Round, personId: string): ElectionRound {
  const { voters: _, firstCount, firstBy, openedAt, closedAt, ...rest } = round
  const named = [...round.candidates, ...(round.result?.elected ?? []), ...(round.result?.tie ?? []), ...round.voters]
  const written = new Set(round.count?.writtenIn.map(({ memberId }) => memberId))
  return {
    ...rest,
    enteredOnce: round.state === 'open' && firstCount !== null,
    enteredByMe: firstBy === personId,
    names: Object.fromEntries(
      named.filter(({ memberId }) => written.has(memberId)).map(({ memberId, name }) => [memberId, name]),
    ),
    openedAt: openedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  }
}

export async function roll(
  ctx: Ctx,
  { params }: Input<typeof readElectionRoll>,
): Promise<Reply<typeof readElectionRoll>> {
  const { voters, candidates } = await gather(ctx, params.id)
  const standing = new Set(candidates.map(({ memberId }) => memberId))
  return {
    rows: inStrokeOrder(voters).map(({ memberId, name, leftOut, isPresent }) => ({
      memberId,
      name,
      leftOut,
      present: isPresent,
      isCandidate: standing.has(memberId),
    })),
  }
}
