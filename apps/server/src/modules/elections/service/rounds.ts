import {
  type BoxCount,
  type collectRound,
  type countRound,
  type Input,
  type NamedMember,
  type openRound,
  type Reply,
  type reduceSeats,
  electionsRefusals as refusals,
} from '@tongxin/contract'
import { mayReduceSeats, type QuestionResult } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { clockDone, reportDueOn, setClock } from '../elections.deadlines.ts'
import { bodyOf, electedOf, faultOf, nextRound, resultOf, stateAfter } from '../elections.policy.ts'
import type { Votes } from '../elections.ports.ts'
import type { Election, ElectionChange, Steps } from '../queries/elections.queries.ts'
import * as people from '../queries/people.queries.ts'
import * as q from '../queries/rounds.queries.ts'
import { amongThem, candidatesFor, electableOf, electorateOf, leadingOf } from './electorate.ts'
import { keep, lockIn, subjectOf } from './file.ts'

/** Opens the round that the rules ask for next; who is present is frozen with it. */
export const open =
  (votes: Votes) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof openRound>): Promise<Reply<typeof openRound>> => {
    const election = await lockIn(ctx, params.id, 'preparing', 'voting', 'plenum')
    const { tenantId } = ctx.actor
    const rounds = await q.roundsOf(ctx.db, tenantId, election.id)
    if (rounds.some(({ state }) => state === 'open')) throw refusals.round_open()
    const next = nextRound(election, rounds, await people.candidatesOf(ctx.db, tenantId, election.id))
    if (!next || next.body !== body.body) throw refusals.nothing_to_vote.at('/body/body', { next: next?.body ?? null })
    const hall = await electorateOf(ctx, election, rounds, next, body.present)
    const candidates = candidatesFor(next, body.candidates, hall)
    if (!hall.isPlenum) demandNoTeller(election, candidates)
    const made = {
      number: rounds.length + 1,
      ...next,
      candidates,
      channel: body.channel,
      writeIn: body.writeIn && next.kind !== 'run_off',
      voters: [...hall.present],
      shouldAttend: hall.shouldAttend,
      present: hall.present.length,
      openedAt: ctx.now,
    }
    const roundId = await q.insertRound(ctx.db, tenantId, election, made)
    if (body.channel !== 'paper') {
      const { voteId } = await votes.prepare(ctx, planOf(election, { ...made, channel: body.channel }))
      await q.setRoundVote(ctx.db, tenantId, roundId, voteId)
    }
    const held = election.heldOn ? {} : { held_on: todayOf(ctx.now) }
    const done = await keep(ctx, election, { state: stateAfter(election, next), ...held })
    await publish(ctx, 'elections.round_opened', subjectOf(election), {
      body: next.body,
      kind: next.kind,
      channel: body.channel,
      present: made.present,
    })
    return done
  }

/** Who is named only now for a separate election may be a teller of the rounds before (ELEC-17). */
function demandNoTeller({ steps }: Election, candidates: readonly NamedMember[]): void {
  const { supervisors, counters } = steps.tellers ?? { supervisors: [], counters: [] }
  const tellers = new Set([...supervisors, ...counters].map(({ memberId }) => memberId))
  const at = candidates.findIndex(({ memberId }) => tellers.has(memberId))
  if (at >= 0) throw refusals.teller_is_candidate.at('/body/candidates', { name: candidates[at]?.name ?? '' })
}

type Made = Omit<q.NewRound, 'channel'> & { readonly channel: 'electronic' | 'mixed' }
/** One question: for, against or abstain on each candidate, at most as many in favour as there are seats (ELEC-12). */
function planOf(election: Election, round: Made): Parameters<Votes['prepare']>[1] {
  const options = round.candidates.map(({ memberId, name }, at) => ({ id: `c${at + 1}`, label: name, memberId }))
  const title = `${election.unitName}选举`
  return {
    orgId: election.unitId,
    subject: { kind: 'election', id: election.id },
    title,
    secrecy: 'secret',
    channel: round.channel,
    rule: { kind: 'election' },
    questions: [{ id: round.body, kind: 'approval', title, options, seats: round.seats, writeIn: round.writeIn }],
    voters: round.voters.map(({ memberId, personId }) => ({ memberId, personId })),
    shouldAttend: round.shouldAttend,
    writtenOpinions: false,
    meetingId: null,
  }
}

async function openRoundOf(ctx: Ctx<Tx>, election: Election, roundId: string): Promise<q.Round> {
  const round = (await q.roundsOf(ctx.db, ctx.actor.tenantId, election.id)).find(({ id }) => id === roundId)
  if (!round) throw refusals.no_round()
  if (round.state !== 'open') throw refusals.round_closed({ number: round.number })
  return round
}

/**
 * A paper count. It holds once two people have entered the same figures independently; who entered first may mend the
 * own entry. Candidates count nothing (ELEC-17).
 */
export async function count(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof countRound>,
): Promise<Reply<typeof countRound>> {
  const election = await lockIn(ctx, params.id, 'voting', 'plenum')
  const round = await openRoundOf(ctx, election, params.roundId)
  const { tenantId, personId } = ctx.actor
  if (round.channel !== 'paper') throw refusals.counted_elsewhere({ number: round.number })
  const standing = round.candidates.map(({ memberId }) => memberId)
  const cards = await people.cardsOf(ctx.db, tenantId, election.orgPath, standing)
  if (cards.some((card) => card.personId === personId)) throw refusals.count_by_candidate()
  const entered = ordered(body)
  await demandSound(ctx, election, round, body)
  if (round.firstBy === null || round.firstCount === null || round.firstBy === personId) {
    await q.setFirstCount(ctx.db, tenantId, round.id, entered, personId)
    await publish(ctx, 'elections.count_entered', subjectOf(election), { roundId: round.id })
    return { ...(await keep(ctx, election, {})), entries: 1 }
  }
  const fields = differences(round.firstCount, body)
  if (fields.length > 0)
    throw refusals.counts_differ(
      { places: fields.length },
      fields.map((field) => ({ field, code: 'elections.counts_differ' })),
    )
  return { ...(await finish(ctx, election, round, entered, personId)), entries: 2 }
}

const ordered = (count: BoxCount): BoxCount => ({
  ...count,
  tallies: count.tallies.toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1)),
  writtenIn: count.writtenIn.toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1)),
})

/**
 * Where two entries differ, never what the other one says: the second counts for herself. Places are those of the
 * second body as it was sent, which is how the page finds the box.
 */
function differences(first: BoxCount, second: BoxCount): string[] {
  const boxes = (['issued', 'returned', 'invalid'] as const).filter((key) => first[key] !== second[key])
  const rows = second.tallies.flatMap((row, at) => {
    const other = first.tallies.find(({ memberId }) => memberId === row.memberId)
    const keys = (['for', 'against', 'abstain'] as const).filter((key) => row[key] !== other?.[key])
    return keys.map((key) => `/body/tallies/${at}/${key}`)
  })
  const isSame = JSON.stringify(first.writtenIn) === JSON.stringify(ordered(second).writtenIn)
  const written = isSame ? [] : ['/body/writtenIn']
  return [...boxes.map((key) => `/body/${key}`), ...rows, ...written]
}

async function demandSound(ctx: Ctx<Tx>, election: Election, round: q.Round, count: BoxCount): Promise<void> {
  const electable = new Set((await electableFor(ctx, election, round)).map(({ memberId }) => memberId))
  const fault = faultOf(round, count, electable)
  if (fault) throw refusals[fault.reason].at(fault.field, fault.detail)
}

/** Who may be written in: in the plenum members of the committee, in the assembly whoever may be elected by it. */
async function electableFor(ctx: Ctx<Tx>, election: Election, round: q.Round): Promise<NamedMember[]> {
  const { tenantId } = ctx.actor
  const rounds = await q.roundsOf(ctx.db, tenantId, election.id)
  const leading = leadingOf(rounds)
  if (election.state === 'plenum')
    return amongThem(election, round, rounds, round.voters)
      .filter(({ memberId }) => !leading.includes(memberId))
      .map(({ memberId, name }) => ({ memberId, name }))
  const elected = electedOf(rounds).filter(({ body }) => body === round.body)
  const voters = await people.votersOf(ctx.db, tenantId, election.id)
  return (await electableOf(ctx, election, voters)).filter(
    ({ memberId }) => !leading.includes(memberId) && !elected.some((one) => one.memberId === memberId),
  )
}

/** The count holds: the rules say who is elected and what comes next. */
async function finish(ctx: Ctx<Tx>, election: Election, round: q.Round, count: BoxCount, by: string | null) {
  const electable = await electableFor(ctx, election, round)
  const names = new Map([...electable, ...round.candidates].map(({ memberId, name }) => [memberId, name]))
  const result = resultOf(round, count, names)
  await q.closeRound(ctx.db, ctx.actor.tenantId, round.id, { count, result, by, at: ctx.now })
  const done = await goOn(ctx, election, {})
  const payload = { body: round.body, action: result.action, elected: result.elected.length }
  await publish(ctx, 'elections.round_counted', subjectOf(election), payload)
  return done
}

/** Moves the file to where the rules want it after a count or a reduction. */
async function goOn(ctx: Ctx<Tx>, election: Election, steps: Steps) {
  const { tenantId } = ctx.actor
  const planned = { ...election, steps: { ...election.steps, ...steps } }
  const rounds = await q.roundsOf(ctx.db, tenantId, election.id)
  const next = nextRound(planned, rounds, await people.candidatesOf(ctx.db, tenantId, election.id))
  const change: ElectionChange = { state: stateAfter(planned, next) }
  if (!next) {
    const today = todayOf(ctx.now)
    await clockDone(ctx, election.id, 'hold')
    await setClock(ctx, election, 'report', { from: today, dueOn: reportDueOn(election.heldOn ?? today) })
  }
  return keep(ctx, election, change, steps)
}

/** Takes over what the electronic ballot counted; nobody enters anything. */
export const collect =
  (votes: Votes) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof collectRound>): Promise<Reply<typeof collectRound>> => {
    const election = await lockIn(ctx, params.id, 'voting', 'plenum')
    const round = await openRoundOf(ctx, election, params.roundId)
    if (!round.voteId) throw refusals.no_electronic()
    const result = await votes.resultOf(ctx, round.voteId)
    const question = result?.questions.find(({ questionId }) => questionId === round.body)
    if (!question) throw refusals.not_ready({ missing: ['count'] })
    return finish(ctx, election, round, countOf(round, question), null)
  }

const countOf = (round: q.Round, question: QuestionResult): BoxCount => ({
  issued: question.issued,
  returned: question.returned,
  invalid: question.invalid,
  tallies: round.candidates.map(({ memberId }, at) => {
    const row = question.options.find(({ optionId }) => optionId === `c${at + 1}`)
    return { memberId, for: row?.for ?? 0, against: row?.against ?? 0, abstain: row?.abstain ?? 0 }
  }),
  writtenIn: question.writtenIn.map(({ memberId, votes }) => ({ memberId, votes })),
})

/** Fewer seats instead of a separate election, when the number is close and half or more of the voters agree (ELEC-15). */
export async function reduce(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof reduceSeats>,
): Promise<Reply<typeof reduceSeats>> {
  const election = await lockIn(ctx, params.id, 'voting')
  const rounds = await q.roundsOf(ctx.db, ctx.actor.tenantId, election.id)
  if (rounds.some(({ state }) => state === 'open')) throw refusals.round_open()
  const last = rounds.at(-1)
  const seats = electedOf(rounds).filter((one) => one.body === bodyOf(election)).length
  const voters = last?.present ?? 0
  const { consenting, closeToNumber } = body
  // A congress has a presidium that may decide; a meeting asks its voters.
  const presidiumDecision = election.delegates !== null && body.presidium === true
  const isDue = last?.body === bodyOf(election) && last.result?.action === 're-elect-or-reduce' && seats > 0
  const may = mayReduceSeats({ voters, consenting, closeToNumber, presidiumDecision }).value
  if (!isDue || !may || consenting > voters)
    throw refusals.may_not_reduce.at('/body/consenting', { consenting, voters, elected: seats })
  const done = await goOn(ctx, election, { reduced: { seats, consenting, voters } })
  await publish(ctx, 'elections.seats_reduced', subjectOf(election), { seats, consenting })
  return done
}
