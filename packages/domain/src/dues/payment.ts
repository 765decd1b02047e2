import { addDays, type IsoDate } from '../general/dates.ts'
import { dividedHalfUp, fenOf, yuanOf } from '../general/money.ts'
import { PARAMETERS, type ParameterTable, wholeParameter } from '../parameters.ts'
import { DUES_RULES } from '../rules/dues.ts'
import { judge, type Verdict } from '../verdict.ts'

/** First month of dues, `YYYY-MM`: that of the branch meeting on admission, not of the approval (DUES-9). */
export function firstDuesMonth(input: { meetingDate: IsoDate }): Verdict<string> {
  return judge(DUES_RULES['DUES-9'], addDays(input.meetingDate, 0).slice(0, 7), true)
}

/** A voluntary extra of 1000 yuan or more at once goes to the Centre whole (DUES-12). Extra: paid less due. */
export function isLargePayment(
  input: { due: string; paid: string },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const limit = BigInt(wholeParameter(parameters, 'dues.largePaymentFen'))
  return judge(DUES_RULES['DUES-12'], fenOf(input.paid) - fenOf(input.due) >= limit, true)
}

/** Back payment generally covers no more than six months (DUES-13). */
export function backPaymentOk(input: { months: number }, parameters: ParameterTable = PARAMETERS): Verdict<boolean> {
  const ok = input.months <= wholeParameter(parameters, 'dues.backPaymentMonths')
  return judge(DUES_RULES['DUES-13'], ok, ok)
}

/** Reduction or waiver (DUES-8): branch and superior committee; for retirees the branch suffices. */
export function waiverApproved(input: {
  retired: boolean
  branchConsent: boolean
  superiorApproval: boolean
}): Verdict<boolean> {
  const approved = input.branchConsent && (input.retired || input.superiorApproval)
  return judge(DUES_RULES['DUES-8'], approved, approved)
}

const PERCENT = /^(\d{1,3})(?:\.(\d{1,4}))?$/

/** Share of dues handed up (DUES-16): `total` in yuan, `percent` as decimal text such as `5` or `12.5`. */
export function shareUp(input: { total: string; percent: string }): Verdict<string> {
  const match = PERCENT.exec(input.percent)
  if (!match) throw new RangeError(`Not a percentage: ${String(input.percent)}`)
  const [, whole = '0', decimals = ''] = match
  const share = BigInt(whole) * 10_000n + BigInt(decimals.padEnd(4, '0'))
  if (share > 1_000_000n) throw new RangeError(`More than 100 percent: ${input.percent}`)
  return judge(DUES_RULES['DUES-16'], yuanOf(dividedHalfUp(fenOf(input.total) * share, 1_000_000n)), true)
}

/** The Centre's share of a year's dues is handed up before the end of April of the next (DUES-16). */
export function centreShareDeadline(input: { year: number }): Verdict<IsoDate> {
  return judge(DUES_RULES['DUES-16'], `${String(input.year + 1).padStart(4, '0')}-04-30`, true)
}
