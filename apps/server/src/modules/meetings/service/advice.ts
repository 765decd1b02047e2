import { type Input, type Reply, type readAdvice, meetingsRefusals as refusals, type showItem } from '@tongxin/contract'
import { admissionVote, eligibleVoting, presentVoters, resolution, shouldAttend } from '@tongxin/domain'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { isCalled, quorumOf, type VoteRule } from '../meetings.policy.ts'
import { agendaOf } from '../queries/agenda.queries.ts'
import * as people from '../queries/attendees.queries.ts'
import { answersOf } from '../queries/called.queries.ts'
import * as q from '../queries/meetings.queries.ts'
import { setCurrentItem } from '../queries/places.queries.ts'
import { locked, subjectOf } from './locked.ts'
import { chosenPeople } from './plan.ts'
import { earlierTasks } from './tasks.ts'

type Advised = Reply<typeof readAdvice>

/** The least number of votes in favour that carries it, asked of the rule itself (BR-7, DEV-16). */
function neededInFavour(votes: VoteRule, eligible: number): number {
  const all = { eligible: eligibleVoting(eligible), present: presentVoters(eligible) }
  for (let inFavour = 0; inFavour <= eligible; inFavour += 1) {
    const carried =
      votes === 'admission'
        ? admissionVote({ ...all, forInPerson: inFavour, forWritten: 0, secretBallot: true }).value.passed
        : resolution({ eligible: all.eligible, presentVoting: all.present, for: inFavour }).value.passed
    if (carried) return inFavour
  }
  return eligible
}

/**
 * Before the meeting: who must attend, who is left out and on what condition, how many are needed, with the article,
 * and whether the answers so far are enough. Beside it what earlier meetings decided.
 */
export async function advise(ctx: Ctx, { params }: Input<typeof readAdvice>): Promise<Advised> {
  const meeting = await q.findMeeting(ctx.db, ctx.actor, params.id)
  if (!meeting) throw refusals.not_found()
  const { tenantId } = ctx.actor
  const agenda = await agendaOf(ctx.db, tenantId, meeting.id)
  const rules = [...new Set(agenda.map(({ votes }) => votes))].filter((votes) => votes !== 'none')
  const isPlanned = meeting.state === 'planned'
  const chosen = isPlanned
    ? await chosenPeople(ctx.db, ctx.actor, meeting)
    : (await people.allAttendees(ctx.db, tenantId, meeting.id)).map((one) => ({ ...one, id: one.memberId }))
  const voters = chosen.filter(({ part }) => part === 'voter').length
  const leftOut = chosen.filter(({ part }) => part === 'left_out')
  const answers = isPlanned
    ? { confirmed: 0, onLeave: 0, unanswered: voters }
    : await answersOf(ctx.db, tenantId, meeting.id)
  const { present, presentVoters: here } = await people.countsOf(ctx.db, tenantId, meeting.id)
  const called = { voters, leftOut: leftOut.length, presentVoters: present > 0 ? here : 0 }
  const rule = shouldAttend({ formal: 0, noRights: 0, excludable: 0, superiorConsent: true, meetingApproval: true })
  return {
    advice: rules.map((votes) => {
      const quorum = quorumOf(votes, called, meeting)
      return {
        quorum,
        neededInFavour: neededInFavour(votes, quorum.eligible),
        isBallotNeeded: votes === 'admission',
        ...answers,
        isSure: answers.confirmed >= quorum.needed,
        isPossible: voters - answers.onLeave >= quorum.needed,
      }
    }),
    leftOut: leftOut.map((one) => ({
      memberId: one.id,
      name: one.name,
      reason: one.leftOutReason as Advised['leftOut'][number]['reason'],
    })),
    leftOutCitation: rule.citation,
    leftOutRuleId: rule.ruleId,
    superiorConsent: meeting.superiorConsent,
    meetingApproval: meeting.meetingApproval,
    earlier: await earlierTasks(ctx, meeting),
  }
}

/** Tells the screen in the hall which item of the agenda is being dealt with. */
export async function show(ctx: Ctx<Tx>, { params, body }: Input<typeof showItem>): Promise<Reply<typeof showItem>> {
  const meeting = await locked(ctx, params.id)
  if (!isCalled(meeting.state)) throw refusals.wrong_state({ state: meeting.state })
  const { agendaId } = body
  const agenda = await agendaOf(ctx.db, ctx.actor.tenantId, meeting.id)
  if (agendaId !== null && !agenda.some(({ id }) => id === agendaId)) throw refusals.no_such_item.at('/body/agendaId')
  await setCurrentItem(ctx.db, ctx.actor.tenantId, meeting.id, agendaId)
  await publish(ctx, 'meetings.item_shown', subjectOf(meeting), { agendaId })
  return { agendaId }
}
