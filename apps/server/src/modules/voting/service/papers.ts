import { canonicalText } from '@tongxin/ballot'
import {
  type confirmOpinion as confirmContract,
  type enterHandCount as countContract,
  type Input,
  type enterOpinion as opinionContract,
  type givePapers as papersContract,
  type Reply,
  votingRefusals as refusals,
} from '@tongxin/contract'
import { electionValid } from '@tongxin/domain'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish, publishAll } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import * as papers from '../queries/papers.queries.ts'
import * as asked from '../queries/questions.queries.ts'
import * as rolls from '../queries/roll.queries.ts'
import * as q from '../queries/votes.queries.ts'
import { hasPapers, isSealed, mayGivePapers } from '../voting.policy.ts'
import { closingOf } from './closing.ts'
import { countIfReady } from './count.ts'
import { demandLocked, placeOf, subjectOf } from './subjects.ts'

const PAPERS_IN: readonly q.Vote['state'][] = ['announced', 'drawing', 'drawing_closed', 'casting']

/** People are struck off the electronic roll in one statement: nobody can draw on the phone at the same moment. */
export async function givePapers(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof papersContract>,
): Promise<Reply<typeof papersContract>> {
  const vote = await demandLocked(ctx.db, ctx.actor, params.id, PAPERS_IN)
  if (!hasPapers(vote)) throw refusals.not_by_hand()
  // Who is refused a paper once people vote by name has voted: nobody is to learn that before the count.
  if (!mayGivePapers(vote)) throw refusals.papers_over()
  const place = placeOf(vote)
  const taken = new Set(await rolls.takeWay(ctx.db, place, body.memberIds, 'paper'))
  const left = body.memberIds.filter((id) => !taken.has(id))
  if (left.length > 0) {
    const found = await rolls.rollRows(ctx.db, vote.tenantId, vote.id, left)
    const missing = left.find((id) => !found.some(({ memberId }) => memberId === id))
    if (missing) throw refusals.no_such_voter.at(`/body/memberIds/${body.memberIds.indexOf(missing)}`)
    throw refusals.other_way({ names: found.map(({ name }) => name) })
  }
  await publish(ctx, 'voting.paper_given', subjectOf(vote), { voteId: vote.id, people: taken.size })
  return { given: taken.size }
}

/** Formal written opinions come in before the meeting (DEV-16): none is taken once voting has begun. */
const BEFORE_VOTING: readonly q.Vote['state'][] = ['prepared', 'keyed', 'announced', 'drawing']

async function lockForOpinion(ctx: Ctx<Tx>, voteId: string): Promise<q.Vote> {
  const vote = await demandLocked(ctx.db, ctx.actor, voteId)
  if (!vote.writtenOpinions) throw refusals.no_opinions()
  if (!BEFORE_VOTING.includes(vote.state)) throw refusals.wrong_state({ state: vote.state })
  return vote
}

export async function enterOpinion(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof opinionContract>,
): Promise<Reply<typeof opinionContract>> {
  const vote = await lockForOpinion(ctx, params.id)
  const place = placeOf(vote)
  const [voter] = await rolls.rollRows(ctx.db, vote.tenantId, vote.id, [body.memberId])
  if (!voter) throw refusals.no_such_voter.at('/body/memberId')
  if (voter.way === 'electronic' || voter.way === 'paper') throw refusals.other_way({ way: voter.way })
  const question = (await asked.questionsOf(ctx.db, vote.tenantId, vote.id)).find(({ id }) => id === body.questionId)
  if (!question?.options.some(({ id }) => id === body.optionId)) throw refusals.no_such_question.at('/body/questionId')
  const entered = { ...body, enteredBy: ctx.actor.personId }
  if (!(await papers.insertOpinion(ctx.db, { ...place, now: ctx.now }, entered))) throw refusals.opinion_exists()
  const version = await q.setVote(ctx.db, vote.tenantId, vote.id, {}, ctx.now)
  await publish(ctx, 'voting.opinion_entered', subjectOf(vote), { voteId: vote.id, memberId: body.memberId })
  return { id: vote.id, version }
}

/** The second officer holds the paper and says what is on it: only the same counts, and the member cannot vote again. */
export async function confirmOpinion(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof confirmContract>,
): Promise<Reply<typeof confirmContract>> {
  const vote = await lockForOpinion(ctx, params.id)
  const place = placeOf(vote)
  const opinion = (await papers.opinionsOf(ctx.db, place)).find(
    (one) => one.memberId === params.memberId && one.questionId === body.questionId && one.optionId === body.optionId,
  )
  if (!opinion) throw refusals.no_such_voter()
  if (opinion.enteredBy === ctx.actor.personId) throw refusals.not_by_the_same()
  if (opinion.opinion !== body.opinion) throw refusals.counts_differ.at('/body/opinion')
  const taken = await rolls.takeWay(ctx.db, place, [params.memberId], 'written')
  if (taken.length === 0) throw refusals.other_way()
  await papers.confirmOpinion(ctx.db, place, opinion, ctx.actor.personId)
  const version = await q.setVote(ctx.db, vote.tenantId, vote.id, {}, ctx.now)
  await publish(ctx, 'voting.opinion_confirmed', subjectOf(vote), { voteId: vote.id, memberId: params.memberId })
  return { id: vote.id, version }
}

type CountBody = Input<typeof countContract>['body']

/**
 * Two officers count the same papers and enter what they counted without seeing each other's figures. Equal counts
 * stand. Unequal ones do not: the papers are counted again, and the first may enter what she then counted.
 */
export const enterHandCount =
  (platform: Platform) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof countContract>): Promise<Reply<typeof countContract>> => {
    const vote = await demandLocked(ctx.db, ctx.actor, params.id, ['closed'])
    if (!hasPapers(vote)) throw refusals.not_by_hand()
    const place = placeOf(vote)
    await checkCounts(ctx, vote, body)
    const counts = countsOf(body)
    const before = (await papers.handCountsOf(ctx.db, place)).find(({ questionId }) => questionId === body.questionId)
    if (before?.confirmedBy) throw refusals.counted_already()
    const isSame = before && canonicalText(before.counts) === canonicalText(counts)
    const isOwn = before?.enteredBy === ctx.actor.personId
    if (isOwn && isSame) throw refusals.not_by_the_same()
    const about = { voteId: vote.id, questionId: body.questionId }
    if (isOwn) await papers.dropHandCount(ctx.db, place, body.questionId)
    if (!before || isOwn) {
      await papers.insertHandCount(
        ctx.db,
        { ...place, now: ctx.now },
        { questionId: body.questionId, counts, enteredBy: ctx.actor.personId },
      )
      await publish(ctx, 'voting.hand_count_entered', subjectOf(vote), about)
      return { ...(await changed(ctx, vote)), state: 'entered' }
    }
    if (!isSame) {
      await tellOfDifference(platform, ctx, vote, body.questionId)
      throw refusals.counts_differ()
    }
    await papers.confirmHandCount(ctx.db, place, body.questionId, ctx.actor.personId)
    await publish(ctx, 'voting.hand_count_confirmed', subjectOf(vote), about)
    // With phones too, the key of the election is what is waited for; otherwise this was the last thing.
    if (!isSealed(vote)) await countIfReady(closingOf(ctx), vote, null)
    return { ...(await changed(ctx, vote)), state: 'confirmed' }
  }

/**
 * The refusal takes back what its transaction wrote, and a second officer who guesses the first count by trying must be
 * seen: the event is written by one of its own.
 */
async function tellOfDifference(platform: Platform, ctx: Ctx<Tx>, vote: q.Vote, questionId: string): Promise<void> {
  const { tenantId, personId, scope } = ctx.actor
  await inSystemTransaction(platform, { tenantId, scope }, (tx) =>
    publishAll(tx, { tenantId, now: ctx.now, actorId: personId }, 'voting.hand_count_differed', [
      { subject: subjectOf(vote), payload: { voteId: vote.id, questionId } },
    ]),
  )
  platform.wake()
}

const changed = async (ctx: Ctx<Tx>, vote: q.Vote) => ({
  id: vote.id,
  version: await q.setVote(ctx.db, vote.tenantId, vote.id, {}, ctx.now),
})

const countsOf = (body: CountBody): papers.HandCounts => ({
  ...body,
  options: [...body.options]
    .sort((a, b) => (a.optionId < b.optionId ? -1 : 1))
    .map((option) => ({ ...option, writtenFor: 0, writtenAgainst: 0 })),
  writtenIn: [...body.writtenIn].sort((a, b) => (a.memberId < b.memberId ? -1 : 1)),
})

/** Whole numbers that can be true together: ELEC-11, ELEC-12, and as many papers as were given. */
async function checkCounts(ctx: Ctx<Tx>, vote: q.Vote, body: CountBody): Promise<void> {
  const impossible = (field: string, why: string, detail: Record<string, number> = {}) =>
    refusals.counts_impossible.at(`/body/${field}`, { why, ...detail })
  const question = (await asked.questionsOf(ctx.db, vote.tenantId, vote.id)).find(({ id }) => id === body.questionId)
  if (!question) throw refusals.no_such_question.at('/body/questionId')
  const given = (await rolls.countWays(ctx.db, vote.tenantId, [vote.id])).get(vote.id)?.paper ?? 0
  const most = vote.channel === 'mixed' || given > 0 ? given : (vote.present ?? 0)
  if (body.issued > most) throw impossible('issued', 'more_than_given', { given: most })
  if (!electionValid({ voters: body.issued, returned: body.returned }).value)
    throw impossible('returned', 'more_than_issued', { issued: body.issued })
  if (body.valid + body.invalid !== body.returned)
    throw impossible('valid', 'valid_and_invalid', { returned: body.returned })
  const named = body.options.map(({ optionId }) => optionId)
  if (question.options.some(({ id }) => !named.includes(id)) || named.length !== question.options.length)
    throw impossible('options', 'options_missing')
  for (const [at, option] of body.options.entries())
    if (option.for + option.against + option.abstain > body.valid) throw impossible(`options/${at}`, 'more_than_valid')
  const inFavour = [...body.options.map((option) => option.for), ...body.writtenIn.map(({ votes }) => votes)]
  if (inFavour.reduce((sum, votes) => sum + votes, 0) > body.valid * question.seats)
    throw impossible('options', 'more_than_seats', { seats: question.seats })
  if (body.writtenIn.length > 0 && !question.writeIn) throw impossible('writtenIn', 'no_write_ins')
  if (isSealed(vote)) await demandOnRoll(ctx, vote, body)
}

/** Hall and phone write in from one directory: the bundle has no way to name anybody else. */
async function demandOnRoll(ctx: Ctx<Tx>, vote: q.Vote, { writtenIn }: CountBody): Promise<void> {
  const ids = writtenIn.map(({ memberId }) => memberId)
  const found = await rolls.rollRows(ctx.db, vote.tenantId, vote.id, ids)
  const stranger = ids.findIndex((id) => !found.some(({ memberId }) => memberId === id))
  if (stranger >= 0) throw refusals.no_such_voter.at(`/body/writtenIn/${stranger}/memberId`)
}
