import { addMonths, type IsoDate } from '../general/dates.ts'
import { isWithinMonths } from '../general/deadlines.ts'
import { PARAMETERS, type ParameterTable, wholeParameter } from '../parameters.ts'
import { DISCIPLINE_RULES } from '../rules/discipline.ts'
import { judge, type Verdict } from '../verdict.ts'

/** Penalties with an influence period; 留党察看 and expulsion follow rules of their own. */
const INFLUENCE_MONTHS = { 警告: 12, 严重警告: 18, 撤销党内职务: 24 } as const

export type InfluencingPenalty = keyof typeof INFLUENCE_MONTHS

/** Last day of the influence period, itself inside (DISC-1). Throws RangeError on a penalty without one. */
export function influenceEnd(input: { penalty: InfluencingPenalty; approvedOn: IsoDate }): Verdict<IsoDate> {
  const months = INFLUENCE_MONTHS[input.penalty]
  if (months === undefined) throw new RangeError(`No influence period is known for ${input.penalty}`)
  return judge(DISCIPLINE_RULES['DISC-1'], addMonths(input.approvedOn, months), true)
}

/** The time set for reform is at most a year (DISP-2). */
export function rectifyPeriodOk(
  input: { from: IsoDate; to: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const ok = isWithinMonths(input.from, input.to, wholeParameter(parameters, 'membership.rectifyMonths', input.from))
  return judge(DISCIPLINE_RULES['DISP-2'], ok, ok)
}
