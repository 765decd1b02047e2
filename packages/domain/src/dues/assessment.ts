import type { IsoDate } from '../general/dates.ts'
import { dividedHalfUp, fenOf, yuanOf } from '../general/money.ts'
import { PARAMETERS, type ParameterTable, wholeParameter } from '../parameters.ts'
import { DUES_RULES } from '../rules/dues.ts'
import { judge, type Rule, type Verdict } from '../verdict.ts'

/** One band of a rate table: on the whole base, not progressive. `upToFen` is inclusive, null without end. */
export type RateBand = { upToFen: bigint | null; perMille: bigint; rate: string }

/** Art. 2, on wages; arts 3 and 4 refer to it. */
export const WAGE_BANDS: readonly RateBand[] = [
  { upToFen: 300_000n, perMille: 5n, rate: '0.005' },
  { upToFen: 500_000n, perMille: 10n, rate: '0.01' },
  { upToFen: 1_000_000n, perMille: 15n, rate: '0.015' },
  { upToFen: null, perMille: 20n, rate: '0.02' },
]

/** Art. 5, on pensions. */
export const PENSION_BANDS: readonly RateBand[] = [
  { upToFen: 500_000n, perMille: 5n, rate: '0.005' },
  { upToFen: null, perMille: 10n, rate: '0.01' },
]

export type Dues = { rate: string; due: string }

// `parts` lets an average be rated without rounding it first: the base is sum / parts.
function duesOn(sumFen: bigint, parts: bigint, bands: readonly RateBand[], stepFen: bigint): Dues {
  const band = bands.find(({ upToFen }) => upToFen === null || sumFen <= upToFen * parts)
  if (!band) throw new RangeError('A rate table must end with a band without upper limit')
  const steps = sumFen > 0n ? dividedHalfUp(sumFen * band.perMille, 1000n * parts * stepFen) : 0n
  return { rate: band.rate, due: yuanOf(steps * stepFen) }
}

function stepOf(parameters: ParameterTable, onDate: IsoDate | undefined): bigint {
  const step = wholeParameter(parameters, 'dues.roundingStepFen', onDate)
  if (step < 1) throw new RangeError(`Parameter dues.roundingStepFen must be at least 1: ${step}`)
  return BigInt(step)
}

export type RatedCategory = 'wage' | 'annualSalary' | 'retired'

const RATED: Record<RatedCategory, { rule: Rule; bands: readonly RateBand[] }> = {
  wage: { rule: DUES_RULES['DUES-3'], bands: WAGE_BANDS },
  annualSalary: { rule: DUES_RULES['DUES-4'], bands: WAGE_BANDS },
  retired: { rule: DUES_RULES['DUES-6'], bands: PENSION_BANDS },
}

/**
 * Monthly dues of people with a wage, an annual salary or a pension (DUES-3, 4, 6). `base` in yuan, for
 * pensions without subsidies. Rate as a decimal fraction, due in yuan. Throws RangeError on a malformed amount.
 */
export function monthlyDues(
  input: { category: RatedCategory; base: string; onDate?: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<Dues> {
  const rated = RATED[input.category]
  if (!rated) throw new RangeError(`Dues of this category are not rated by income: ${input.category}`)
  const dues = duesOn(fenOf(input.base), 1n, rated.bands, stepOf(parameters, input.onDate))
  return judge(rated.rule, dues, true)
}

/**
 * Dues of people without monthly income (DUES-5): the average net income of the three months of the previous
 * quarter. The rate follows the exact average; `base` is shown rounded to the fen.
 */
export function quarterlyAverageDues(
  input: { netIncomes: readonly string[]; onDate?: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<{ base: string } & Dues> {
  if (input.netIncomes.length !== 3) throw new RangeError('A quarter has three months of net income')
  const sum = input.netIncomes.reduce((total, income) => total + fenOf(income), 0n)
  const dues = duesOn(sum, 3n, WAGE_BANDS, stepOf(parameters, input.onDate))
  return judge(DUES_RULES['DUES-5'], { base: yuanOf(dividedHalfUp(sum, 3n)), ...dues }, true)
}

export type FixedCategory =
  | 'farmer'
  | 'student'
  | 'laidOff'
  | 'unemployed'
  | 'reliefRecipient'
  | 'survivorPensioner'
  | 'minimumLivingAllowance'

/** Fixed monthly amounts (DUES-7): farmers 0.20 to 1.00 yuan, all other groups of art. 6 exactly 0.20. */
export function fixedDuesRange(input: { category: FixedCategory }): Verdict<{ min: string; max: string }> {
  const max = input.category === 'farmer' ? '1.00' : '0.20'
  return judge(DUES_RULES['DUES-7'], { min: '0.20', max }, true)
}

/** A farmers' standard inside the range (DUES-7), bounds included. */
export function farmerStandardOk(input: { amount: string }): Verdict<boolean> {
  const { min, max } = fixedDuesRange({ category: 'farmer' }).value
  const fen = fenOf(input.amount)
  const ok = fen >= fenOf(min) && fen <= fenOf(max)
  return judge(DUES_RULES['DUES-7'], ok, ok)
}
