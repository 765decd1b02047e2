import { ageOn, type IsoDate } from '../general/dates.ts'
import { PARAMETERS, type ParameterTable, wholeParameter } from '../parameters.ts'
import { CONSTITUTION_RULES } from '../rules/constitution.ts'
import { DISCIPLINE_RULES } from '../rules/discipline.ts'
import { judge, type Verdict } from '../verdict.ts'

export type PenaltyName = '警告' | '严重警告' | '撤销党内职务' | '留党察看' | '开除党籍'

/** What decides about a member's rights; `penalty` is the one in force, null when there is none. */
export type MemberRights = {
  category: 'formal' | 'probationary'
  penalty?: PenaltyName | null
  /** Detained or arrested, so that the organisation has suspended the rights. */
  detained?: boolean
  /** Rights given back after 留党察看. */
  rightsRestored?: boolean
}

/** Who votes, elects and may be elected (CONST-6, DISC-2). Lighter penalties leave these rights alone. */
export function hasVotingRights(input: MemberRights): Verdict<boolean> {
  if (input.category !== 'formal') return judge(CONSTITUTION_RULES['CONST-6'], false, false)
  const suspended =
    (input.penalty === '留党察看' && input.rightsRestored !== true) ||
    input.penalty === '开除党籍' ||
    input.detained === true
  return judge(DISCIPLINE_RULES['DISC-2'], !suspended, !suspended)
}

/** Eighteen years of age on the day of the application (CONST-1). */
export function isAdultApplicant(
  input: { birthDate: IsoDate; applicationDate: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const minAge = wholeParameter(parameters, 'admission.minAge', input.applicationDate)
  const adult = ageOn(input.birthDate, input.applicationDate) >= minAge
  return judge(CONSTITUTION_RULES['CONST-1'], adult, adult)
}

/**
 * Raises the flag of 自行脱党 (CONST-11): one of three separate counters at six months, without good reason.
 * Only a flag; the branch meeting decides.
 */
export function selfWithdrawalFlag(
  input: { monthsNoActivity: number; monthsNoDues: number; monthsNoWork: number; goodReason: boolean },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const limit = wholeParameter(parameters, 'membership.inactiveMonths')
  const reached = [input.monthsNoActivity, input.monthsNoDues, input.monthsNoWork].some((months) => months >= limit)
  const flag = reached && !input.goodReason
  return judge(CONSTITUTION_RULES['CONST-11'], flag, !flag)
}

/** Months without payment up to now, from a list of months oldest first (1 paid, 0 not). */
export function trailingUnpaidMonths(
  input: { paid: readonly (0 | 1)[] },
  parameters: ParameterTable = PARAMETERS,
): Verdict<number> {
  const months = input.paid.length - 1 - input.paid.lastIndexOf(1)
  const limit = wholeParameter(parameters, 'membership.inactiveMonths')
  return judge(CONSTITUTION_RULES['CONST-11'], months, months < limit)
}
