import {
  type BallotConfig,
  ballotOfLeaf,
  base64url,
  bytesOf,
  type CastBody,
  type ConfigLeaf,
  canonicalText,
  countVote,
  isElectionKey,
  type Protocol,
  rootWords,
  textOf,
  utf8,
} from '@tongxin/ballot'
import {
  type Input,
  type openBallots as openContract,
  type QuestionCount,
  type Reply,
  type recountVote as recountContract,
  votingRefusals as refusals,
  type VoteOutcome,
} from '@tongxin/contract'
import { addCounts, judgeQuestion, type QuestionResult, type QuestionTally, tallyChoices } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Db, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import * as ballots from '../queries/ballots.queries.ts'
import * as papers from '../queries/papers.queries.ts'
import * as asked from '../queries/questions.queries.ts'
import * as rolls from '../queries/roll.queries.ts'
import * as q from '../queries/votes.queries.ts'
import { hasPapers, isCounted, isSealed } from '../voting.policy.ts'
import { boardOf, issueRecords, rollLeavesOf, signBoard } from './board.ts'
import { type Closing, closingOf } from './closing.ts'
import { ledgerOf, type NamedMembers, tallyOf } from './ledger.ts'
import { namedMembers } from './names.ts'
import { aboutOf, demandLocked, placeOf, subjectOf } from './subjects.ts'

/** Everything that is known by hand or by name: hand counts that two officers made, written opinions that two have seen. */
type Known = {
  readonly questions: readonly asked.Question[]
  readonly byHand: ReadonlyMap<string, papers.HandCounts>
  readonly opinions: readonly papers.Opinion[]
  /** Of a sealed vote: member ids by what ballots call those written in. */
  readonly named: NamedMembers
}

async function knownOf(db: Db, vote: q.Vote): Promise<Known> {
  const place = placeOf(vote)
  const counts = await papers.handCountsOf(db, place)
  const opinions = await papers.opinionsOf(db, place)
  return {
    questions: await asked.questionsOf(db, vote.tenantId, vote.id),
    byHand: new Map(
      counts.filter(({ confirmedBy }) => confirmedBy !== null).map(({ questionId, counts }) => [questionId, counts]),
    ),
    opinions: opinions.filter(({ confirmedBy }) => confirmedBy !== null),
    named: isSealed(vote) ? await namedMembers(db, vote) : new Map(),
  }
}

const isCountedByHand = (vote: q.Vote, { questions, byHand }: Known): boolean =>
  !hasPapers(vote) || questions.every(({ id }) => byHand.has(id))

/**
 * Counts a closed vote when everything it needs is there: the election key of a sealed one, the hand counts of one with
 * papers. Otherwise does nothing, and the next of these to come counts.
 */
export async function countIfReady(closing: Closing, vote: q.Vote, electionKey: string | null): Promise<boolean> {
  const known = await knownOf(closing.db, vote)
  const at = await q.databaseNow(closing.db)
  if (!isCountedByHand(vote, known) || (isSealed(vote) && electionKey === null)) return false
  const tallies = isSealed(vote)
    ? await tallySealed(closing, { ...vote, countedAt: at }, known, electionKey as string)
    : await tallyOpen(closing.db, vote, known)
  await conclude(closing, { ...vote, countedAt: at }, known, tallies, electionKey)
  return true
}

/** Named votes of phones, and papers. */
async function tallyOpen(db: Db, vote: q.Vote, known: Known): Promise<QuestionTally[]> {
  const named = vote.channel === 'paper' ? [] : await ballots.namedVotes(db, placeOf(vote))
  return known.questions.map((question) => {
    const choices = named.filter(({ questionId }) => questionId === question.id).map(({ choice }) => choice)
    return withPapers(tallyChoices(question, choices, choices.length), known)
  })
}

function withPapers(tally: QuestionTally, { byHand }: Known): QuestionTally {
  const counted = byHand.get(tally.questionId)
  return counted ? addCounts(tally, counted) : tally
}

/** Opens the board with the key of the election, appends the leaf that fixes all files, signs the last checkpoint. */
async function tallySealed(
  closing: Closing,
  vote: q.Vote,
  known: Known,
  electionKey: string,
): Promise<QuestionTally[]> {
  const { db } = closing
  const leaves = await ballots.leavesOf(db, placeOf(vote))
  const counted = countVote({
    config: JSON.parse(vote.config as string) as BallotConfig,
    configLeaf: JSON.parse(leaves[0] as string) as ConfigLeaf,
    ballots: ballotsOf(leaves),
    roll: await rollLeavesOf(db, vote),
    issues: await issueRecords(db, vote),
    privateKey: bytesOf(electionKey),
    protocol: protocolOf(vote, known),
  })
  const files = Object.fromEntries(Object.entries(counted.files).map(([name, bytes]) => [name, textOf(bytes)]))
  await ballots.insertFiles(db, placeOf(vote), files)
  await ballots.addLeaf(db, placeOf(vote), canonicalText(counted.leaf))
  return counted.tally.map((tally) => withPapers(tallyOf(tally, known.named), known))
}

const ballotsOf = (leaves: readonly string[]): CastBody[] =>
  leaves.flatMap((leaf) => {
    const body = ballotOfLeaf(utf8(leaf))
    return body ? [body] : []
  })

function protocolOf(vote: q.Vote, known: Known): Protocol {
  const instant = (at: Date | null) => (at ?? (vote.countedAt as Date)).toISOString()
  return {
    present: vote.present ?? 0,
    tellers: vote.trustees.map(({ name, duty }) => ({ role: duty, name })),
    drawing: { opened: instant(vote.drawingOpenedAt), closed: instant(vote.drawingClosedAt) },
    casting: { opened: instant(vote.castingOpenedAt), closed: instant(vote.closedAt) },
    counted_at: instant(vote.countedAt),
    paper: [...known.byHand.values()].map((count) => ledgerOf(count, known.named)),
    written_opinions: known.questions.map(({ id }) => ({
      question: id,
      for: known.opinions.filter((one) => one.questionId === id && one.opinion === 'for').length,
      against: known.opinions.filter((one) => one.questionId === id && one.opinion === 'against').length,
    })),
  }
}

/** Written opinions are added apart and never to the votes of those present (DEV-16). */
function withOpinions(tally: QuestionTally, opinions: readonly papers.Opinion[]): QuestionTally {
  const count = (optionId: string, opinion: string) =>
    opinions.filter(
      (one) => one.questionId === tally.questionId && one.optionId === optionId && one.opinion === opinion,
    ).length
  return {
    ...tally,
    options: tally.options.map((option) => ({
      ...option,
      writtenFor: count(option.optionId, 'for'),
      writtenAgainst: count(option.optionId, 'against'),
    })),
  }
}

async function conclude(
  closing: Closing,
  vote: q.Vote,
  known: Known,
  tallies: readonly QuestionTally[],
  electionKey: string | null,
): Promise<void> {
  const { db, now } = closing
  const board = isSealed(vote) ? await signBoard(db, closing.vault, vote, now) : null
  const outcome: VoteOutcome = {
    ...(await outcomeOf(db, vote, known, tallies, now)),
    board: board && { size: board.leaves.length, root: base64url(board.root), words: rootWords(board.root) },
    countedAt: (vote.countedAt as Date).toISOString(),
  }
  await q.setVote(
    db,
    vote.tenantId,
    vote.id,
    {
      state: 'counted',
      counted_at: vote.countedAt as Date,
      result: JSON.stringify(outcome),
      ...(electionKey === null ? {} : { election_key: electionKey }),
    },
    now,
  )
  await closing.tell('voting.counted', vote, { ...aboutOf(vote), root: outcome.board?.root ?? null })
}

async function outcomeOf(
  db: Db,
  vote: q.Vote,
  known: Known,
  tallies: readonly QuestionTally[],
  now: Date,
): Promise<Pick<VoteOutcome, 'shouldAttend' | 'present' | 'questions' | 'verdicts'>> {
  const counted = tallies.map((tally) => withOpinions(tally, known.opinions))
  const present = vote.present ?? 0
  const written = counted.flatMap(({ writtenIn }) => writtenIn.map(({ memberId }) => memberId))
  const names = new Map(
    (await rolls.rollRows(db, vote.tenantId, vote.id, written)).map((row) => [row.memberId, row.name]),
  )
  const at = {
    shouldAttend: vote.shouldAttend,
    present,
    secret: vote.secrecy === 'secret',
    on: todayOf(vote.closedAt ?? now),
  }
  return {
    shouldAttend: vote.shouldAttend,
    present,
    questions: counted.map((tally) => countOf(tally, names)),
    verdicts: counted.map((tally) => {
      const question = known.questions.find(({ id }) => id === tally.questionId) as asked.Question
      const { citation, passed, tied, rounds, ...rest } = judgeQuestion(vote.rule, question, tally, at)
      return {
        ...rest,
        article: citation?.zh ?? null,
        passed: [...passed],
        tied: [...tied],
        rounds: rounds.map((round) => [...round]),
      }
    }),
  }
}

const countOf = ({ ranking: _, ...tally }: QuestionTally, names: ReadonlyMap<string, string>): QuestionCount => ({
  ...tally,
  options: tally.options.map((option) => ({ ...option })),
  writtenIn: tally.writtenIn.map((one) => ({ ...one, name: names.get(one.memberId) ?? null })),
})

/** The trustees have joined their shares: the key is proved against the public one before anything is opened. */
export async function openBallots(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof openContract>,
): Promise<Reply<typeof openContract>> {
  const vote = await demandLocked(ctx.db, ctx.actor, params.id, ['closed'])
  if (!isSealed(vote)) throw refusals.not_secret()
  if (!isElectionKey(bytesOf(body.privateKey), vote.encryptionKey as string))
    throw refusals.election_key_wrong.at('/body/privateKey')
  if (!(await countIfReady(closingOf(ctx), vote, body.privateKey))) throw refusals.counts_missing()
  const after = (await q.voteById(ctx.db, vote.tenantId, vote.id)) as q.Vote
  return { id: vote.id, version: after.version }
}

/** Everything again from what is stored, compared with what was counted then. */
export async function recount(
  ctx: Ctx<Tx>,
  { params }: Input<typeof recountContract>,
): Promise<Reply<typeof recountContract>> {
  const vote = await demandLocked(ctx.db, ctx.actor, params.id)
  if (!isCounted(vote) || vote.result === null) throw refusals.not_counted()
  const known = await knownOf(ctx.db, vote)
  const again = isSealed(vote) ? await tallyAgain(ctx.db, vote, known) : await tallyOpen(ctx.db, vote, known)
  const outcome = await outcomeOf(ctx.db, vote, known, again, ctx.now)
  const root = isSealed(vote) ? base64url((await boardOf(ctx.db, vote)).root) : null
  const before = vote.result
  const same =
    canonicalText({ ...outcome }) ===
      canonicalText({
        shouldAttend: before.shouldAttend,
        present: before.present,
        questions: before.questions,
        verdicts: before.verdicts,
      }) && root === (before.board?.root ?? null)
  await publish(ctx, 'voting.recounted', subjectOf(vote), { voteId: vote.id, same })
  return { same }
}

async function tallyAgain(db: Db, vote: q.Vote, known: Known): Promise<QuestionTally[]> {
  const leaves = await ballots.leavesOf(db, placeOf(vote))
  const { tally } = countVote({
    config: JSON.parse(vote.config as string) as BallotConfig,
    configLeaf: JSON.parse(leaves[0] as string) as ConfigLeaf,
    ballots: ballotsOf(leaves),
    roll: [],
    issues: await issueRecords(db, vote),
    privateKey: bytesOf(vote.electionKey as string),
    protocol: protocolOf(vote, known),
  })
  return tally.map((one) => withPapers(tallyOf(one, known.named), known))
}

/** Counts without judgement, as those who hold votes are given them. */
export const resultQuestions = (outcome: VoteOutcome): QuestionResult[] =>
  outcome.questions.map((question) => ({
    ...question,
    writtenIn: question.writtenIn.map(({ memberId, votes }) => ({ memberId, votes })),
  }))
