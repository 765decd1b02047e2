import type { EligibleVoting, PresentVoters } from '../general/denominators.ts'
import { isFraction } from '../general/words.ts'
import { ADMISSION_RULES } from '../rules/admission.ts'
import { judge, type Verdict } from '../verdict.ts'

function hasAdmissionQuorum(present: PresentVoters, eligible: EligibleVoting): boolean {
  return present <= eligible && isFraction('超过半数', present, eligible)
}

/** Quorum of a meeting on admission or conversion (DEV-15): more than half of those who should attend. */
export function admissionQuorum(input: { present: PresentVoters; eligible: EligibleVoting }): Verdict<boolean> {
  const quorum = hasAdmissionQuorum(input.present, input.eligible)
  return judge(ADMISSION_RULES['DEV-15'], quorum, quorum)
}

/**
 * Vote on one admission or conversion (DEV-15, DEV-16, DEV-28). Written opinions of absent members count as
 * votes and never for the quorum; the base is who should attend, not who is present nor the valid ballots.
 */
export function admissionVote(input: {
  eligible: EligibleVoting
  present: PresentVoters
  forInPerson: number
  forWritten: number
  secretBallot: boolean
}): Verdict<{ quorum: boolean; passed: boolean }> {
  const { eligible, present, forInPerson, forWritten } = input
  const quorum = hasAdmissionQuorum(present, eligible)
  const isPossible = forInPerson <= present && forWritten <= eligible - present
  const isOverHalf = isFraction('超过半数', forInPerson + forWritten, eligible)
  const passed = quorum && input.secretBallot && isPossible && isOverHalf
  return judge(ADMISSION_RULES[quorum ? 'DEV-16' : 'DEV-15'], { quorum, passed }, passed)
}

/**
 * Whether the figures of a vote can be true (DEV-16, DEV-19): whole numbers, no more people than should
 * attend, no more votes than people. Fewer votes than people is possible: a ballot may not be returned.
 */
export function validateVoteRecord(input: {
  eligible: EligibleVoting
  present: PresentVoters
  writtenIn: number
  for: number
  against: number
  abstain: number
  invalid: number
}): Verdict<boolean> {
  const { eligible, present, writtenIn } = input
  const votes = [input.for, input.against, input.abstain, input.invalid]
  const isCounted = [eligible, present, writtenIn, ...votes].every((n) => Number.isSafeInteger(n) && n >= 0)
  const cast = votes.reduce((sum, n) => sum + n, 0)
  const voters = present + writtenIn
  const valid = isCounted && eligible > 0 && voters <= eligible && cast <= voters
  return judge(ADMISSION_RULES['DEV-19'], valid, valid)
}
