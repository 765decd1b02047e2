import { addMonths, type IsoDate } from '../general/dates.ts'
import type { PresentVoters, ShouldAttend } from '../general/denominators.ts'
import { electorate } from '../general/denominators.ts'
import { isFraction } from '../general/words.ts'
import { PARAMETERS, type ParameterTable, wholeParameter } from '../parameters.ts'
import { ELECTION_RULES } from '../rules/elections.ts'
import { judge, type Verdict } from '../verdict.ts'

/** First day of the regulations of 2020; the interim rules of 1990 asked for more than four fifths. */
export const ELECTIONS_2020_FROM: IsoDate = '2020-07-13'

/** Quorum of an election (ELEC-4) by the text in force on the day. */
export function electionQuorum(input: {
  present: PresentVoters
  shouldAttend: ShouldAttend
  date: IsoDate
}): Verdict<boolean> {
  const { present, shouldAttend } = input
  const version = input.date >= ELECTIONS_2020_FROM ? '2020' : '1990'
  const enough = isFraction(version === '2020' ? '不少于五分之四' : '超过五分之四', present, shouldAttend)
  const quorum = shouldAttend > 0 && present <= shouldAttend && enough
  return { ...judge(ELECTION_RULES['ELEC-4'], quorum, quorum), version }
}

/**
 * Voters who should attend an election (ELEC-5): full members less those without rights, less the groups left
 * out with consent from above and of the meeting. Throws RangeError when more are taken away than there are.
 */
export function electionShouldAttend(input: {
  formal: number
  noRights: number
  excludable: number
  superiorConsent: boolean
  meetingApproval: boolean
}): Verdict<ShouldAttend> {
  const leftOut = input.superiorConsent && input.meetingApproval ? input.excludable : 0
  return judge(ELECTION_RULES['ELEC-5'], electorate(input.formal - input.noRights - leftOut), true)
}

export type ElectingOrg = 'committee' | 'generalBranch' | 'branch'

/** Whether a congress of delegates may elect instead of the members' meeting (ELEC-2). */
export function mayUseCongress(
  input: { orgType: ElectingOrg; members: number; scattered: boolean; superiorApproval: boolean },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const large = input.members >= wholeParameter(parameters, 'elections.congressMembers')
  const may = input.orgType === 'committee' && (large || input.scattered) && input.superiorApproval
  return judge(ELECTION_RULES['ELEC-2'], may, may)
}

/** Fewest candidates for a number of seats: a fifth more, rounded up (ELEC-6). */
export function minCandidates(input: { seats: number }): Verdict<number> {
  // ceil(6/5 seats) in whole numbers: 1.2 has no exact binary form.
  return judge(ELECTION_RULES['ELEC-6'], Math.floor((6 * input.seats + 4) / 5), true)
}

/** Enough more candidates than seats (ELEC-6). */
export function candidatesOk(input: { seats: number; candidates: number }): Verdict<boolean> {
  const { seats, candidates } = input
  const ok = seats > 0 && 5 * (candidates - seats) >= seats
  return judge(ELECTION_RULES['ELEC-6'], ok, ok)
}

/** Voting by proxy (ELEC-9): nobody votes for somebody absent; who is there needs no proxy. */
export function proxyAllowed(_input: { absent: boolean }): Verdict<boolean> {
  return judge(ELECTION_RULES['ELEC-9'], false, false)
}

/** Report after an election (ELEC-19): approval or record. */
export function reportType(input: { post: CommitteePost }): Verdict<'approval' | 'record'> {
  const value = RECORDED_POSTS.has(input.post) ? 'record' : 'approval'
  return judge(ELECTION_RULES['ELEC-19'], value, true)
}

export type CommitteePost =
  | 'secretary'
  | 'deputySecretary'
  | 'standingMember'
  | 'committeeMember'
  | 'organisationMember'
  | 'publicityMember'
  | 'disciplineMember'

// All other posts are led posts and need approval, so an unknown one is never waved through.
const RECORDED_POSTS: ReadonlySet<string> = new Set<CommitteePost>([
  'committeeMember',
  'organisationMember',
  'publicityMember',
  'disciplineMember',
])

/** Last day of a term (ELEC-21); villages and communities serve five years at every level. */
export function termEnd(
  input: { orgType: ElectingOrg; place: 'village' | 'community' | 'other'; electedOn: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<IsoDate> {
  const kind = input.place !== 'other' ? 'village' : input.orgType === 'committee' ? 'committee' : 'branch'
  const years = wholeParameter(parameters, `elections.${kind}TermYears`, input.electedOn)
  return judge(ELECTION_RULES['ELEC-21'], addMonths(input.electedOn, 12 * years), true)
}

/** Day on which the level above reminds of the coming election (ELEC-22). */
export function reminderOn(input: { termEnd: IsoDate }, parameters: ParameterTable = PARAMETERS): Verdict<IsoDate> {
  const months = wholeParameter(parameters, 'elections.reminderMonths', input.termEnd)
  return judge(ELECTION_RULES['ELEC-22'], addMonths(input.termEnd, -months), true)
}

export type ShiftStatus = 'on-time' | 'advanced-ok' | 'delayed-ok' | 'needs-approval' | 'too-far'

/** Delay or advance of an election (ELEC-1): with approval, at most a year either way. */
export function shiftStatus(
  input: { termEnd: IsoDate; electionOn: IsoDate; superiorApproval: boolean },
  parameters: ParameterTable = PARAMETERS,
): Verdict<ShiftStatus> {
  const rule = ELECTION_RULES['ELEC-1']
  const months = wholeParameter(parameters, 'elections.shiftMonths', input.electionOn)
  const { electionOn } = input
  if (electionOn === input.termEnd) return judge(rule, 'on-time', true)
  if (electionOn > addMonths(input.termEnd, months) || electionOn < addMonths(input.termEnd, -months)) {
    return judge(rule, 'too-far', false)
  }
  if (!input.superiorApproval) return judge(rule, 'needs-approval', false)
  return judge(rule, electionOn < input.termEnd ? 'advanced-ok' : 'delayed-ok', true)
}
