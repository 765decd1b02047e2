import type { AttendeePart, MeetingState, Quorum } from '@tongxin/contract'
import {
  admissionQuorum,
  committeeMembers,
  committeeQuorum,
  eligibleVoting,
  generalMeetingQuorum,
  hasVotingRights,
  presentVoters,
  shouldAttend,
  type Verdict,
} from '@tongxin/domain'

/** Pure decisions of the module: who is called as what, when the code is taken, whether a vote may be held. */

export const MOST_CALLED = 20_000

/** Membership that goes on, so that the person belongs to the meeting. */
const BELONGING = new Set(['normal', 'suspended', 'retained', 'restored'])

export type Standing = { readonly category: string; readonly status: string }

/** As what someone belongs to the meeting, with the article. Null: does not belong to it (left, expelled, died). */
export function partOf(
  person: Standing,
  isRightResting: boolean,
): { part: AttendeePart; verdict: Verdict<boolean> } | null {
  if (!BELONGING.has(person.status)) return null
  if (person.category !== 'formal' && person.category !== 'probationary') {
    return { part: 'observer', verdict: hasVotingRights({ category: 'probationary' }) }
  }
  // 停止党籍 and 保留党籍 rest the right until membership is restored; 留党察看 is named by the organiser.
  const penalty = isRightResting ? '留党察看' : null
  const detained = person.status === 'suspended' || person.status === 'retained'
  const verdict = hasVotingRights({ category: person.category, penalty, detained })
  return { part: verdict.value ? 'voter' : 'nonvoter', verdict }
}

export type Called = { readonly voters: number; readonly leftOut: number; readonly presentVoters: number }
export type Consents = { readonly superiorConsent: boolean; readonly meetingApproval: boolean }
export type VoteRule = Quorum['votes']

/** Those who should attend: people left out count again unless the superior consented and the meeting approved. */
export function eligibleOf(called: Called, consents: Consents): number {
  const all = called.voters + called.leftOut
  return shouldAttend({ formal: all, noRights: 0, excludable: called.leftOut, ...consents }).value
}

function judgeQuorum(votes: VoteRule, present: number, eligible: number): Verdict<boolean> {
  if (votes === 'committee') return committeeQuorum({ present, members: committeeMembers(eligible) })
  const crowd = { eligible: eligibleVoting(eligible) }
  if (votes === 'admission') return admissionQuorum({ present: presentVoters(present), ...crowd })
  return generalMeetingQuorum({ presentVoting: presentVoters(present), ...crowd })
}

/** Whether a vote may be held with the people who are there, and how many it takes at least. */
export function quorumOf(votes: VoteRule, called: Called, consents: Consents): Quorum {
  const eligible = eligibleOf(called, consents)
  const { value, ruleId, citation } = judgeQuorum(votes, called.presentVoters, eligible)
  // The least number that satisfies the rule, asked of the rule itself; it grows with the number present.
  let least = 0
  let most = eligible
  while (least < most) {
    const middle = Math.floor((least + most) / 2)
    if (judgeQuorum(votes, middle, eligible).value) most = middle
    else least = middle + 1
  }
  return { votes, eligible, present: called.presentVoters, needed: least, isMet: value, ruleId, citation }
}

const MINUTE = 60_000
export type Window = {
  readonly startsAt: Date
  readonly opensBefore: number
  readonly closesAfter: number
  readonly leaveBefore: number
}

/** The instants between which a code is taken, and the last one for asking leave. */
export function windowOf(meeting: Window): { opensAt: Date; closesAt: Date; leaveUntil: Date } {
  const start = meeting.startsAt.getTime()
  return {
    opensAt: new Date(start - meeting.opensBefore * MINUTE),
    closesAt: new Date(start + meeting.closesAfter * MINUTE),
    leaveUntil: new Date(start - meeting.leaveBefore * MINUTE),
  }
}

/** States in which people may still be called, come and be ticked. */
export const isCalled = (state: MeetingState): boolean => state === 'noticed' || state === 'in_progress'
/** States in which the record is written. */
export const isRecording = (state: MeetingState): boolean =>
  state === 'in_progress' || state === 'record_pending' || state === 'awaiting_signatures'

/** Days since the meeting while its record is not filed, else null. `today` and `heldOn` are `YYYY-MM-DD`. */
export function unfiledDays(meeting: { state: MeetingState; heldOn: string }, today: string): number | null {
  if (!['noticed', 'in_progress', 'record_pending', 'awaiting_signatures'].includes(meeting.state)) return null
  const days = Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse(`${meeting.heldOn}T00:00:00Z`)) / 86_400_000)
  return days > 0 ? days : null
}
