import { addMonths, type IsoDate } from '../general/dates.ts'
import { isWithinMonths } from '../general/deadlines.ts'
import { PARAMETERS, type ParameterTable, wholeParameter } from '../parameters.ts'
import { ADMISSION_RULES } from '../rules/admission.ts'
import { judge, type Verdict } from '../verdict.ts'
import { editionOn } from './edition.ts'

export type ApprovalPower = 'approve' | 'deliberate' | 'none'

const POWERS = {
  basicCommittee: 'approve',
  partyCommittee: 'approve',
  committee: 'approve',
  workCommittee: 'approve',
  townshipCommittee: 'approve',
  streetCommittee: 'approve',
  committeeUnderTownship: 'deliberate',
  basicCommitteeUnderTownship: 'deliberate',
  generalBranch: 'deliberate',
  branch: 'none',
  jointBranch: 'none',
  partyGroup: 'none',
  leadingPartyGroup: 'none',
  temporary: 'none',
} as const satisfies Record<string, ApprovalPower>

export type ApprovingOrg = keyof typeof POWERS

/** Whether an organisation approves probationary members, only deliberates, or neither (DEV-20). */
export function approvalPower(input: { orgType: ApprovingOrg }): Verdict<ApprovalPower> {
  // An organisation of a kind the article does not name has no power of approval.
  const power = POWERS[input.orgType] ?? 'none'
  return judge(ADMISSION_RULES['DEV-20'], power, power === 'approve')
}

export type ApprovalTiming = 'normal' | 'extended' | 'void' | 'invalid'

/**
 * Time from the branch's report to approval (DEV-23): three months, up to six in special cases with a reason,
 * later the procedure is void. `invalid`: approved before the report.
 */
export function approvalTiming(
  input: { reportedOn: IsoDate; approvedOn: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<ApprovalTiming> {
  const { reportedOn, approvedOn } = input
  const latest = (code: string) => addMonths(reportedOn, wholeParameter(parameters, code, reportedOn))
  const rule = ADMISSION_RULES['DEV-23']
  if (approvedOn < reportedOn) return judge(rule, 'invalid', false)
  if (approvedOn <= latest('admission.approvalMonths')) return judge(rule, 'normal', true)
  if (approvedOn <= latest('admission.longestApprovalMonths')) return judge(rule, 'extended', false, 'warn')
  return judge(rule, 'void', false)
}

/** The oath within a month of approval (DEV-24): generally, and only since the text of 2026. */
export function oathInTime(
  input: { approvedOn: IsoDate; oathOn: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const { approvedOn, oathOn } = input
  const version = editionOn(oathOn)
  const months = wholeParameter(parameters, 'admission.oathMonths', oathOn)
  const inTime = version === '2014' ? oathOn >= approvedOn : isWithinMonths(approvedOn, oathOn, months)
  return { ...judge(ADMISSION_RULES['DEV-24'], inTime, inTime), version }
}
