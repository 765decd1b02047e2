import { base64url, bytesOf } from '@tongxin/ballot'
import {
  type drawPapers as drawContract,
  type Input,
  type optionsToDraw as optionsContract,
  type Reply,
  votingRefusals as refusals,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import { passkeyOptionsFor, provedLately, provedWithPasskey } from '../../access/index.ts'
import * as ballots from '../queries/ballots.queries.ts'
import * as asked from '../queries/questions.queries.ts'
import * as rolls from '../queries/roll.queries.ts'
import * as q from '../queries/votes.queries.ts'
import { drawingChallengeOf } from '../voting.challenge.ts'
import { issuerKey, signer } from '../voting.keys.ts'
import { isSealed } from '../voting.policy.ts'
import type { VotingPorts } from '../voting.ports.ts'
import { entitled, subjectOf } from './subjects.ts'

type Paper = Input<typeof drawContract>['body']['papers'][number]
const BLINDED_BYTES = 384

/** The vote and the caller's row of its roll. @throws Refusal `voting.not_found`, `voting.not_secret` */
async function entitledTo(ctx: Ctx<Tx>, voteId: string): Promise<{ vote: q.Vote; voter: rolls.RollRow }> {
  const found = await entitled(ctx, voteId)
  if (!isSealed(found.vote)) throw refusals.not_secret()
  return found
}

export const optionsToDraw =
  (platform: Platform) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof optionsContract>): Promise<Reply<typeof optionsContract>> => {
    const { vote } = await entitledTo(ctx, params.id)
    const challenge = drawingChallengeOf(vote.electionId as string, body.papers)
    return { options: await passkeyOptionsFor(ctx.db, ctx.actor.personId, platform.publicOrigin, challenge) }
  }

/**
 * One ballot paper for each question: a blind signature over a value that tells nothing about the paper. Exactly one
 * for each voter; the same value gets the same answer, so that nothing is lost when an answer is.
 */
export const drawPapers =
  (ports: VotingPorts, platform: Platform) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof drawContract>): Promise<Reply<typeof drawContract>> => {
    const { vote, voter } = await entitledTo(ctx, params.id)
    checkPapers(body.papers)
    const drawn = await ballots.issuesOf(ctx.db, { tenantId: vote.tenantId, voteId: vote.id }, voter.memberId)
    const fresh = body.papers.filter((paper) => !isDrawn(drawn, paper))
    if (fresh.length > 0) await drawFresh(ctx, ports, platform, { vote, voter, fresh, body })
    const now =
      fresh.length === 0
        ? drawn
        : await ballots.issuesOf(ctx.db, { tenantId: vote.tenantId, voteId: vote.id }, voter.memberId)
    return {
      papers: body.papers.map((paper) => {
        const issue = now.find(({ questionId }) => questionId === paper.questionId)
        // Somebody drew with this account at the same moment on another device.
        if (!issue || issue.blinded !== paper.blinded) throw refusals.already_drawn({ question: paper.questionId })
        return { questionId: paper.questionId, blindSignature: issue.blindSignature }
      }),
    }
  }

function checkPapers(papers: readonly Paper[]): void {
  for (const [at, { questionId, blinded }] of papers.entries()) {
    const isWhole =
      blinded.length === BLINDED_BYTES / 0.75 && papers.findIndex((one) => one.questionId === questionId) === at
    if (!isWhole) throw refusals.blinded_malformed.at(`/body/papers/${at}`)
  }
}

/** Whether this paper was drawn before with the same value. @throws Refusal `voting.already_drawn` for another value */
function isDrawn(drawn: readonly ballots.Issue[], { questionId, blinded }: Paper): boolean {
  const issue = drawn.find((one) => one.questionId === questionId)
  if (issue && issue.blinded !== blinded) throw refusals.already_drawn({ question: questionId })
  return issue !== undefined
}

type Drawing = {
  readonly vote: q.Vote
  readonly voter: rolls.RollRow
  readonly fresh: readonly Paper[]
  readonly body: Input<typeof drawContract>['body']
}

async function drawFresh(ctx: Ctx<Tx>, ports: VotingPorts, platform: Platform, drawing: Drawing): Promise<void> {
  const { vote, voter, fresh, body } = drawing
  const { tenantId, personId } = ctx.actor
  const phase = await q.holdPhase(ctx.db, tenantId, vote.id)
  if (phase?.state === 'announced') throw refusals.drawing_not_open()
  if (phase?.state !== 'drawing' || phase.isOver) throw refusals.drawing_over()
  if (vote.meetingId !== null) {
    const present = await ports.checkedInAmong(ctx.db, tenantId, vote.meetingId, [voter.memberId])
    if (present.length === 0) throw refusals.not_checked_in()
  }
  const challenge = drawingChallengeOf(vote.electionId as string, body.papers)
  const proof = await provedWithPasskey(ctx.db, {
    personId,
    publicOrigin: platform.publicOrigin,
    challenge,
    answer: body.assertion ?? null,
    now: ctx.now,
  })
  if (proof === 'needed') throw refusals.passkey_needed()
  // Without a passkey the session is all there is: not one that somebody else has found open.
  if (proof === null && !(await provedLately(ctx.db, ctx.actor, ctx.now))) throw refusals.proof_needed()
  const taken = await rolls.takeWay(ctx.db, { tenantId, voteId: vote.id }, [voter.memberId], 'electronic')
  if (taken.length === 0) throw refusals.other_way({ way: voter.way })
  const signed = await signAll(ctx, vote, fresh)
  await ballots.insertIssues(
    ctx.db,
    { tenantId, voteId: vote.id, orgPath: vote.orgPath, now: ctx.now },
    signed.map((paper) => ({
      ...paper,
      memberId: voter.memberId,
      personId,
      name: voter.name,
      assertion: proof === null ? null : { proof },
    })),
  )
  await publish(
    ctx,
    'voting.drawn',
    { ...subjectOf(vote), personId },
    { voteId: vote.id, title: vote.title, papers: fresh.length, proof: proof === null ? 'session' : 'passkey' },
  )
}

async function signAll(ctx: Ctx<Tx>, vote: q.Vote, papers: readonly Paper[]) {
  const questions = await asked.questionsOf(ctx.db, vote.tenantId, vote.id)
  return Promise.all(
    papers.map(async ({ questionId, blinded }, at) => {
      const question = questions.find(({ id }) => id === questionId)
      if (!question?.issuerSealed) throw refusals.no_such_question.at(`/body/papers/${at}/questionId`)
      const key = issuerKey(ctx.vault, { voteId: vote.id, questionId }, question.issuerSealed)
      const signature = await signer.sign(key, bytesOf(blinded))
      if (signature === null) throw refusals.blinded_malformed.at(`/body/papers/${at}/blinded`)
      return { questionId, blinded, blindSignature: base64url(signature) }
    }),
  )
}
