import {
  type Input,
  type prepareBallot,
  type Reply,
  meetingsRefusals as refusals,
  type takeBallot,
} from '@tongxin/contract'
import { admissionVote, eligibleVoting, presentVoters } from '@tongxin/domain'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { eligibleOf, isCalled, isRecording, quorumOf } from '../meetings.policy.ts'
import type { Votes } from '../meetings.ports.ts'
import { type AgendaRow, agendaOf, setBallot } from '../queries/agenda.queries.ts'
import { countsOf } from '../queries/attendees.queries.ts'
import { votersOf } from '../queries/called.queries.ts'
import type { Meeting } from '../queries/meetings.queries.ts'
import { locked, subjectOf } from './locked.ts'
import { enterCount } from './record.ts'

type VotedItem = AgendaRow & { votes: Exclude<AgendaRow['votes'], 'none'> }
/** One question with one option: in favour, against, abstained. */
const ITEM = 'item'

async function votedItem(ctx: Ctx<Tx>, meeting: Meeting, itemId: string): Promise<VotedItem> {
  const item = (await agendaOf(ctx.db, ctx.actor.tenantId, meeting.id)).find(({ id }) => id === itemId)
  if (!item) throw refusals.no_such_item()
  if (item.votes === 'none') throw refusals.not_a_vote()
  return item as VotedItem
}

/** Prepares a vote on an item: the roll is those called with a vote, and drawing a ballot needs a check-in. */
export const prepare =
  (votes: Votes) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof prepareBallot>): Promise<Reply<typeof prepareBallot>> => {
    const meeting = await locked(ctx, params.id)
    if (!isCalled(meeting.state)) throw refusals.wrong_state({ state: meeting.state })
    const item = await votedItem(ctx, meeting, params.itemId)
    if (item.ballotId !== null) throw refusals.ballot_there()
    const isAdmission = item.votes === 'admission'
    if (isAdmission && body.secrecy !== 'secret') {
      const none = { eligible: eligibleVoting(0), present: presentVoters(0) }
      const { citation } = admissionVote({ ...none, forInPerson: 0, forWritten: 0, secretBallot: false })
      throw refusals.ballot_needed.at('/body/secrecy', { article: citation.zh, articleEn: citation.en })
    }
    const { tenantId } = ctx.actor
    const { voteId } = await votes.prepare(ctx, {
      orgId: meeting.orgId,
      subject: { kind: 'meeting', id: meeting.id },
      title: item.title,
      secrecy: body.secrecy,
      channel: body.channel,
      rule: { kind: isAdmission ? 'admission' : 'resolution' },
      questions: [
        {
          id: ITEM,
          kind: 'approval',
          title: item.title,
          options: [{ id: ITEM, label: item.title, memberId: null }],
          seats: 1,
          writeIn: false,
        },
      ],
      voters: await votersOf(ctx.db, tenantId, meeting.id),
      shouldAttend: eligibleOf(await countsOf(ctx.db, tenantId, meeting.id), meeting),
      writtenOpinions: isAdmission,
      meetingId: meeting.id,
    })
    await setBallot(ctx.db, tenantId, item.id, voteId)
    const told = { agendaId: item.id, ballotId: voteId, secrecy: body.secrecy }
    await publish(ctx, 'meetings.ballot_prepared', subjectOf(meeting), told)
    return { ballotId: voteId }
  }

/** Takes what was counted into the record, judged by the same rules as figures entered by hand. */
export const take =
  (votes: Votes) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof takeBallot>): Promise<Reply<typeof takeBallot>> => {
    const meeting = await locked(ctx, params.id)
    if (!isRecording(meeting.state)) throw refusals.wrong_state({ state: meeting.state })
    const item = await votedItem(ctx, meeting, params.itemId)
    if (item.ballotId === null) throw refusals.no_ballot()
    const counted = await votes.resultOf(ctx, item.ballotId)
    const question = counted?.questions[0]
    const option = question?.options[0]
    if (!counted || !question || !option) throw refusals.ballot_not_counted()
    const called = { voters: counted.shouldAttend, leftOut: 0, presentVoters: counted.present }
    const quorum = quorumOf(item.votes, called, { superiorConsent: false, meetingApproval: false })
    return enterCount(ctx, meeting, item, {
      quorum,
      figures: {
        method: 'ballot',
        inFavour: option.for,
        against: option.against,
        abstained: option.abstain,
        invalid: question.invalid,
        written: option.writtenFor + option.writtenAgainst,
        writtenInFavour: option.writtenFor,
      },
    })
  }
