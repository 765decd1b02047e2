import { randomBytes } from 'node:crypto'
import { base64url, newSalt } from '@tongxin/ballot'
import {
  type changePoll as changeContract,
  type Input,
  type makePoll as makeContract,
  type QuestionShape,
  type Reply,
  votingRefusals as refusals,
} from '@tongxin/contract'
import { hasVotingRights, type VotePlan } from '@tongxin/domain'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { findUnit } from '../../org/index.ts'
import * as asked from '../queries/questions.queries.ts'
import * as roll from '../queries/roll.queries.ts'
import * as q from '../queries/votes.queries.ts'
import { isFrozen } from '../voting.policy.ts'
import { aboutOf, demandLocked, subjectOf } from './subjects.ts'

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))

/**
 * Prepares a vote for a capability that holds one; its own rights and states are its business. The organisation must
 * be within the caller's reach.
 * @throws Refusal `voting.no_such_org`, `voting.nobody_entitled`, `voting.question_malformed`
 */
export async function prepareVote(
  ctx: Ctx<Tx>,
  plan: VotePlan,
  more: { readonly changeable?: boolean } = {},
): Promise<{ voteId: string }> {
  const unit = await findUnit(ctx.db, ctx.actor, plan.orgId)
  if (!unit) throw refusals.no_such_org()
  if (plan.voters.length === 0) throw refusals.nobody_entitled()
  checkQuestions(plan.questions)
  const { tenantId, personId } = ctx.actor
  const cards = await roll.cardsOf(
    ctx.db,
    tenantId,
    plan.voters.map(({ memberId }) => memberId),
  )
  const names = new Map(cards.map((card) => [card.memberId, card.name]))
  const vote = {
    ...plan,
    id: newId(ctx),
    orgPath: unit.path,
    orgName: unit.name,
    changeable: plan.secrecy === 'named' && (more.changeable ?? false),
    subject: plan.subject,
  }
  const place = { tenantId, voteId: vote.id, orgPath: unit.path }
  await q.insertVote(ctx.db, { tenantId, madeBy: personId, now: ctx.now }, vote)
  await asked.replaceQuestions(ctx.db, place, plan.questions)
  await roll.insertRoll(
    ctx.db,
    place,
    plan.voters.map((voter) => ({
      ...voter,
      name: names.get(voter.memberId) ?? '',
      salt: base64url(newSalt(random)),
    })),
  )
  const about = { id: vote.id, subjectKind: plan.subject.kind, subjectId: plan.subject.id }
  await publish(ctx, 'voting.prepared', subjectOf({ id: vote.id, orgPath: unit.path }), {
    ...aboutOf(about),
    secrecy: plan.secrecy,
    channel: plan.channel,
    voters: plan.voters.length,
  })
  return { voteId: vote.id }
}

/** @throws Refusal `voting.question_malformed` naming the question and what is wrong with it */
function checkQuestions(questions: readonly QuestionShape[] | VotePlan['questions']): void {
  const refuse = (at: number, why: string) => {
    throw refusals.question_malformed.at(`/body/questions/${at}`, { why })
  }
  const ids = questions.map(({ id }) => id)
  for (const [at, question] of questions.entries()) {
    const options = question.options.map(({ id }) => id)
    if (ids.indexOf(question.id) !== at) refuse(at, 'repeated_question')
    if (new Set(options).size < options.length) refuse(at, 'repeated_option')
    if (question.kind === 'single' && question.seats !== 1) refuse(at, 'seats_of_single')
    if (question.kind === 'ranked' && question.writeIn) refuse(at, 'write_in_of_ranked')
    if (question.kind !== 'approval' && !question.writeIn && options.length < 2) refuse(at, 'too_few_options')
    if (question.seats > options.length && !question.writeIn) refuse(at, 'more_seats_than_options')
  }
}

type PollBody = Input<typeof changeContract>['body']
const ruleOf = ({ quorumPercent, sharePercent }: PollBody) => ({
  kind: 'poll' as const,
  quorumPercent,
  sharePercent,
})

/** A general poll: those entitled are the members with voting rights of the unit, or of everything below it. */
export async function makePoll(
  ctx: Ctx<Tx>,
  { body }: Input<typeof makeContract>,
): Promise<Reply<typeof makeContract>> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  demandCountable(body)
  const cards = await roll.membersOf(
    ctx.db,
    ctx.actor,
    { id: unit.id, path: unit.path, subtree: body.electorate === 'subtree' },
    body.probationary ? ['formal', 'probationary'] : ['formal'],
  )
  const voters = cards
    .filter(
      ({ category, status }) => status === 'normal' && (category !== 'formal' || hasVotingRights({ category }).value),
    )
    .map(({ memberId, personId }) => ({ memberId, personId }))
  const { voteId } = await prepareVote(
    ctx,
    {
      orgId: unit.id,
      subject: { kind: 'poll', id: newId(ctx) },
      title: body.title.trim(),
      secrecy: body.secrecy,
      channel: body.channel,
      rule: ruleOf(body),
      questions: body.questions,
      voters,
      shouldAttend: voters.length,
      writtenOpinions: false,
      meetingId: null,
    },
    { changeable: body.changeable },
  )
  return { id: voteId, version: 1 }
}

/** Rankings are lists of preferences: nobody counts them by hand without mistakes. */
function demandCountable(body: PollBody): void {
  const ranked = body.questions.findIndex(({ kind }) => kind === 'ranked')
  if (ranked >= 0 && body.channel !== 'electronic')
    throw refusals.question_malformed.at(`/body/questions/${ranked}`, { why: 'ranked_on_paper' })
}

export async function changePoll(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof changeContract>,
): Promise<Reply<typeof changeContract>> {
  const vote = await demandLocked(ctx.db, ctx.actor, params.id)
  if (vote.subjectKind !== 'poll') throw refusals.not_a_poll()
  if (isFrozen(vote)) throw refusals.frozen({ state: vote.state })
  demandVersion(ctx, vote.version)
  checkQuestions(body.questions)
  demandCountable(body)
  const { tenantId } = ctx.actor
  await asked.replaceQuestions(ctx.db, { tenantId, voteId: vote.id, orgPath: vote.orgPath }, body.questions)
  const version = await q.setVote(
    ctx.db,
    tenantId,
    vote.id,
    {
      title: body.title.trim(),
      secrecy: body.secrecy,
      channel: body.channel,
      rule: JSON.stringify(ruleOf(body)),
      changeable: body.secrecy === 'named' && body.changeable,
    },
    ctx.now,
  )
  await publish(ctx, 'voting.changed', subjectOf(vote), { voteId: vote.id, fields: Object.keys(body) })
  return { id: vote.id, version }
}
