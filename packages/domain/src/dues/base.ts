import { fenOf, yuanOf } from '../general/money.ts'
import { DUES_RULES } from '../rules/dues.ts'
import { judge, type Verdict } from '../verdict.ts'

function sumOf(items: Readonly<Record<string, string>>): bigint {
  return Object.values(items).reduce((sum, amount) => sum + fenOf(amount), 0n)
}

/**
 * Base from a wage slip (DUES-1, DUES-2): what is counted less tax and social insurance; what is excluded
 * (reform subsidies, irregular bonuses) is only kept on record. Never below zero.
 */
export function wageBase(input: {
  counted: Readonly<Record<string, string>>
  deducted: Readonly<Record<string, string>>
  excluded: Readonly<Record<string, string>>
}): Verdict<string> {
  // Summed although not used, so that a malformed amount on the slip is refused here too.
  sumOf(input.excluded)
  const base = sumOf(input.counted) - sumOf(input.deducted)
  return judge(DUES_RULES['DUES-2'], yuanOf(base > 0n ? base : 0n), true)
}

/** Base of a retiree (DUES-6): the basic pension; subsidies are left out since 2017. */
export function retireeBase(input: { basicPension: string; subsidies: string }): Verdict<string> {
  fenOf(input.subsidies)
  return judge(DUES_RULES['DUES-6'], yuanOf(fenOf(input.basicPension)), true)
}

export type BasePolicy = 'yearly-fixed' | 'monthly'

/**
 * Base in `month` when the wage changes from `newFrom` (DUES-11), months as `YYYY-MM`. Fixed yearly, a new wage
 * counts from the next January; monthly, from the month it is received.
 */
export function effectiveBase(input: {
  policy: BasePolicy
  yearStartBase: string
  newBase: string
  newFrom: string
  month: string
}): Verdict<string> {
  const decisive = input.policy === 'monthly' ? input.month : `${input.month.slice(0, 4)}-01`
  const base = input.newFrom <= decisive ? input.newBase : input.yearStartBase
  return judge(DUES_RULES['DUES-11'], yuanOf(fenOf(base)), true)
}
