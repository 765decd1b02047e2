import { addMonths, type IsoDate } from '../general/dates.ts'
import type { FullMembers } from '../general/denominators.ts'
import { PARAMETERS, type ParameterTable, wholeParameter } from '../parameters.ts'
import { BRANCH_RULES } from '../rules/branch.ts'
import { judge, type Verdict } from '../verdict.ts'

/** Three full members make a branch of their own (BR-1); fewer join another. Advice. */
export function branchAdvice(
  input: { fullMembers: FullMembers },
  parameters: ParameterTable = PARAMETERS,
): Verdict<'branch' | 'joint-branch'> {
  const own = input.fullMembers >= wholeParameter(parameters, 'branch.minFullMembers')
  return judge(BRANCH_RULES[own ? 'BR-1' : 'BR-2'], own ? 'branch' : 'joint-branch', true)
}

/** A joint branch generally covers no more than five units (BR-2). */
export function jointBranchOk(input: { units: number }, parameters: ParameterTable = PARAMETERS): Verdict<boolean> {
  const ok = input.units <= wholeParameter(parameters, 'branch.jointUnits')
  return judge(BRANCH_RULES['BR-2'], ok, ok)
}

/** Works of six months or more with three full members should have a branch (BR-3). */
export function projectBranch(
  input: { months: number; fullMembers: FullMembers },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const qualifies =
    input.months >= wholeParameter(parameters, 'branch.projectMonths') &&
    input.fullMembers >= wholeParameter(parameters, 'branch.minFullMembers')
  return judge(BRANCH_RULES['BR-3'], qualifies, true)
}

/** The reply to an application for a branch came within a month (BR-4). */
export function branchReplyInTime(
  input: { applied: IsoDate; replied: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const { applied, replied } = input
  const latest = addMonths(applied, wholeParameter(parameters, 'branch.replyMonths', applied))
  const inTime = replied >= applied && replied <= latest
  return judge(BRANCH_RULES['BR-4'], inTime, inTime)
}

export type CommitteeAdvice = 'no-committee' | 'committee-required' | 'too-small' | 'too-large' | 'ok'

/**
 * Whether a branch needs a committee and of what size (BR-16); `size` 0 means there is none. By the words of the article:
 * 应当设立 and 由三至五人组成 are demanded, 一般不超过七人 is only told.
 */
export function committeeAdvice(
  input: { fullMembers: FullMembers; size: number },
  parameters: ParameterTable = PARAMETERS,
): Verdict<CommitteeAdvice> {
  const threshold = (code: string) => wholeParameter(parameters, code)
  const value = ((): CommitteeAdvice => {
    if (input.fullMembers < threshold('branch.committeeFullMembers')) return 'no-committee'
    if (input.size === 0) return 'committee-required'
    if (input.size < threshold('branch.committeeMinSize')) return 'too-small'
    return input.size > threshold('branch.committeeMaxSize') ? 'too-large' : 'ok'
  })()
  const ok = value === 'ok' || (value === 'no-committee' && input.size === 0)
  return judge(BRANCH_RULES['BR-16'], value, ok, value === 'too-large' ? 'warn' : 'block')
}

/** What a branch may do; a temporary one keeps study and organisational life only. */
export type BranchAction =
  | 'study'
  | 'partyLesson'
  | 'themeDay'
  | 'lifeMeeting'
  | 'generalMeeting'
  | 'service'
  | 'admitMember'
  | 'convertMember'
  | 'collectDues'
  | 'disciplineMember'
  | 'disposeMember'
  | 'electDelegates'
  | 'reelect'

const TEMPORARY_BRANCH_MAY: ReadonlySet<string> = new Set<BranchAction>([
  'study',
  'partyLesson',
  'themeDay',
  'lifeMeeting',
  'generalMeeting',
  'service',
])

/** Whether a temporary branch may take an action (BR-6). What is not known to be allowed is not. */
export function temporaryBranchMay(input: { action: BranchAction }): Verdict<boolean> {
  const may = TEMPORARY_BRANCH_MAY.has(input.action)
  return judge(BRANCH_RULES['BR-6'], may, may)
}

/** A secretary generally has a year of party standing when elected (BR-18). */
export function secretaryStandingOk(
  input: { standingStart: IsoDate; electedOn: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const months = wholeParameter(parameters, 'branch.secretaryStandingMonths', input.electedOn)
  const ok = input.electedOn >= addMonths(input.standingStart, months)
  return judge(BRANCH_RULES['BR-18'], ok, ok)
}
