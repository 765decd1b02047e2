import { canonicalText } from '@tongxin/ballot'
import {
  type Input,
  type Reply,
  type readNamedVotes as readContract,
  votingRefusals as refusals,
  type voteByName as voteContract,
} from '@tongxin/contract'
import { choiceFault } from '@tongxin/domain'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import * as ballots from '../queries/ballots.queries.ts'
import * as asked from '../queries/questions.queries.ts'
import * as rolls from '../queries/roll.queries.ts'
import * as q from '../queries/votes.queries.ts'
import { isCounted } from '../voting.policy.ts'
import type { VotingPorts } from '../voting.ports.ts'
import { demandVote, subjectOf } from './subjects.ts'

type Chosen = Input<typeof voteContract>['body']['choices']

/** One row for each voter and question; another choice replaces it where the vote allows it, and only until the closing. */
export const voteByName =
  (ports: VotingPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof voteContract>): Promise<Reply<typeof voteContract>> => {
    const { tenantId, personId } = ctx.actor
    const voter = await rolls.ownRow(ctx.db, ctx.actor, params.id)
    const vote = voter && (await q.voteById(ctx.db, tenantId, params.id))
    if (!vote || !voter || vote.state === 'prepared') throw refusals.not_found()
    if (vote.secrecy !== 'named' || vote.channel === 'paper') throw refusals.wrong_state({ state: vote.state })
    const phase = await q.holdPhase(ctx.db, tenantId, vote.id)
    if (phase?.state === 'announced') throw refusals.casting_not_open()
    if (phase?.state !== 'casting' || phase.isOver) throw refusals.casting_over()
    checkChoices(await asked.questionsOf(ctx.db, tenantId, vote.id), body.choices)
    const before = await ballots.ownNamed(ctx.db, ctx.actor, vote.id)
    const others = body.choices.filter(({ questionId, choice }) => {
      const known = before.find((one) => one.questionId === questionId)
      return known && canonicalText(known.choice) !== canonicalText(choice)
    })
    if (others.length > 0 && !vote.changeable) throw refusals.already_voted({ question: others[0]?.questionId ?? '' })
    if (before.length === 0) await takePlace(ctx, ports, vote, voter)
    await ballots.setNamed(
      ctx.db,
      { tenantId, voteId: vote.id, orgPath: vote.orgPath },
      { memberId: voter.memberId, personId, name: voter.name },
      body.choices,
      ctx.now,
    )
    await publish(
      ctx,
      'voting.named_vote',
      { ...subjectOf(vote), personId },
      { voteId: vote.id, again: before.length > 0 },
    )
    return { at: ctx.now.toISOString() }
  }

async function takePlace(ctx: Ctx<Tx>, ports: VotingPorts, vote: q.Vote, voter: rolls.RollRow): Promise<void> {
  const { tenantId } = ctx.actor
  if (vote.meetingId !== null) {
    const present = await ports.checkedInAmong(ctx.db, tenantId, vote.meetingId, [voter.memberId])
    if (present.length === 0) throw refusals.not_checked_in()
  }
  const taken = await rolls.takeWay(ctx.db, { tenantId, voteId: vote.id }, [voter.memberId], 'electronic')
  if (taken.length === 0) throw refusals.other_way({ way: voter.way })
}

function checkChoices(questions: readonly asked.Question[], choices: Chosen): void {
  for (const [at, { questionId, choice }] of choices.entries()) {
    const question = questions.find(({ id }) => id === questionId)
    const isRepeated = choices.findIndex((one) => one.questionId === questionId) !== at
    if (!question || isRepeated) throw refusals.no_such_question.at(`/body/choices/${at}/questionId`)
    const why = choiceFault(question, choice)
    if (why) throw refusals.choice_wrong.at(`/body/choices/${at}/choice`, { why })
  }
}

/** Who voted how, for those entitled to know, once nobody can be moved by it any more. */
export async function readNamed(
  ctx: Ctx,
  { params, query }: Input<typeof readContract>,
): Promise<Reply<typeof readContract>> {
  const vote = await demandVote(ctx.db, ctx.actor, params.id)
  if (vote.secrecy !== 'named') throw refusals.not_found()
  if (!isCounted(vote)) throw refusals.not_counted()
  const keyset = keysetOf(query, { name: 'n.name' }, 'name')
  const rows = await ballots.listNamed(ctx.db, { tenantId: vote.tenantId, voteId: vote.id }, keyset)
  const page = pageOfRows(rows, keyset, (row) => ({ value: row.name, id: row.id }))
  return {
    rows: page.rows.map(({ memberId, name, questionId, choice }) => ({ memberId, name, questionId, choice })),
    next: page.next,
    total: null,
  }
}
