import type {
  listDrawn as drawnContract,
  Input,
  listMyVotes as listContract,
  MyVote,
  MyVoteRow,
  Reply,
  readMyVote as readContract,
} from '@tongxin/contract'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Platform } from '../../../platform/platform.ts'
import { hasPasskey } from '../../access/index.ts'
import * as ballots from '../queries/ballots.queries.ts'
import * as asked from '../queries/questions.queries.ts'
import * as rolls from '../queries/roll.queries.ts'
import * as q from '../queries/votes.queries.ts'
import { FEW_VOTERS, isSealed } from '../voting.policy.ts'
import { questionsShown, shownDrawn } from './read.ts'
import { entitled } from './subjects.ts'

const MOST_SHOWN = 100

/** What waits for this person. Whether a secret ballot was cast only her own device knows. */
function todoOf(vote: q.Vote, way: rolls.Way | null, hasVoted: boolean): MyVoteRow['todo'] {
  if (vote.channel === 'paper' || way === 'paper' || way === 'written') return null
  if (isSealed(vote)) {
    if (vote.state === 'drawing') return way === null ? 'draw' : null
    return vote.state === 'casting' && way === 'electronic' ? 'cast' : null
  }
  return vote.state === 'casting' && (!hasVoted || vote.changeable) ? 'vote' : null
}

const myRowOf = (vote: q.Vote, way: rolls.Way | null): MyVoteRow => ({
  id: vote.id,
  title: vote.title,
  orgName: vote.orgName,
  secrecy: vote.secrecy,
  channel: vote.channel,
  state: vote.state,
  until: vote.until?.toISOString() ?? null,
  way,
  todo: todoOf(vote, way, way === 'electronic'),
})

export async function listMine(ctx: Ctx, _: Input<typeof listContract>): Promise<Reply<typeof listContract>> {
  const own = await rolls.ownVotes(ctx.db, ctx.actor, MOST_SHOWN)
  const found = new Map(
    (
      await q.votesById(
        ctx.db,
        ctx.actor.tenantId,
        own.map(({ voteId }) => voteId),
      )
    ).map((vote) => [vote.id, vote]),
  )
  return {
    rows: own.flatMap(({ voteId, way }) => {
      const vote = found.get(voteId)
      return vote ? [myRowOf(vote, way)] : []
    }),
  }
}

export const readMine =
  (platform: Platform) =>
  async (ctx: Ctx, { params }: Input<typeof readContract>): Promise<MyVote> => {
    const { vote, voter } = await entitled(ctx, params.id)
    const sealed = isSealed(vote)
    const place = { tenantId: vote.tenantId, voteId: vote.id }
    const papers = sealed ? await ballots.issuesOf(ctx.db, place, voter.memberId) : []
    const choices = sealed ? [] : await ballots.ownNamed(ctx.db, ctx.actor, vote.id)
    const drawn = sealed ? await ballots.countDrawn(ctx.db, place) : 0
    return {
      ...myRowOf(vote, voter.way),
      todo: todoOf(vote, voter.way, choices.length > 0),
      rule: vote.rule,
      shouldAttend: vote.shouldAttend,
      voters: vote.voters,
      drawn: sealed ? drawn : shownDrawn(vote, undefined),
      changeable: vote.changeable,
      meetingId: vote.meetingId,
      questions: questionsShown(await asked.questionsOf(ctx.db, vote.tenantId, vote.id)),
      grade: sealed ? 'V2' : null,
      isSmall: vote.voters < FEW_VOTERS,
      config: vote.config,
      electionId: vote.electionId,
      castOrigin: sealed ? platform.castOrigin : null,
      salt: sealed ? voter.salt : null,
      needsPasskey: sealed && (await hasPasskey(ctx.db, ctx.actor.personId, platform.publicOrigin)),
      papers: papers.map(({ questionId, blinded, blindSignature }) => ({ questionId, blinded, blindSignature })),
      choices: choices.map(({ questionId, choice, castAt }) => ({ questionId, choice, at: castAt.toISOString() })),
      outcome: vote.state === 'published' ? vote.result : null,
      cancelledReason: vote.cancelledReason,
    }
  }

export async function listDrawn(
  ctx: Ctx,
  { params }: Input<typeof drawnContract>,
): Promise<Reply<typeof drawnContract>> {
  const { vote } = await entitled(ctx, params.id)
  if (!isSealed(vote)) return { rows: [] }
  const issues = await ballots.issuesOf(ctx.db, { tenantId: vote.tenantId, voteId: vote.id })
  const people = new Map(issues.map((issue) => [issue.memberId, issue]))
  return {
    rows: [...people.values()]
      .map(({ name, assertion }) => ({ name, way: 'electronic' as const, byPasskey: assertion !== null }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}
