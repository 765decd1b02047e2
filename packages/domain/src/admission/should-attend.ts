import { type EligibleVoting, eligibleVoting } from '../general/denominators.ts'
import { ADMISSION_RULES } from '../rules/admission.ts'
import { judge, type Verdict } from '../verdict.ts'

/**
 * Voting members who should attend (DEV-18): full members less those without rights, and less the five groups
 * that may be left out, but only with consent from above and approval of the members' meeting.
 * Throws RangeError when more are taken away than there are.
 */
export function shouldAttend(input: {
  formal: number
  noRights: number
  excludable: number
  superiorConsent: boolean
  meetingApproval: boolean
}): Verdict<EligibleVoting> {
  const leftOut = input.superiorConsent && input.meetingApproval ? input.excludable : 0
  return judge(ADMISSION_RULES['DEV-18'], eligibleVoting(input.formal - input.noRights - leftOut), true)
}
