import { GENERAL_RULES } from '../rules/general.ts'
import { judge, type Verdict } from '../verdict.ts'

/** Boundary words of Chinese regulations; the first six include the number, the others exclude it. */
export type BoundaryWord = '以上' | '以下' | '以内' | '届满' | '不少于' | '不超过' | '超过' | '不满' | '不足' | '以外'

export type FractionWord = '半数以上' | '超过半数' | '不少于五分之四' | '超过五分之四'

const COMPARISONS: Record<BoundaryWord, (value: number, threshold: number) => boolean> = {
  以上: (value, threshold) => value >= threshold,
  以下: (value, threshold) => value <= threshold,
  以内: (value, threshold) => value <= threshold,
  届满: (value, threshold) => value >= threshold,
  不少于: (value, threshold) => value >= threshold,
  不超过: (value, threshold) => value <= threshold,
  超过: (value, threshold) => value > threshold,
  不满: (value, threshold) => value < threshold,
  不足: (value, threshold) => value < threshold,
  以外: (value, threshold) => value > threshold,
}

const FRACTIONS: Record<FractionWord, (value: number, total: number) => boolean> = {
  半数以上: (value, total) => 2 * value >= total,
  超过半数: (value, total) => 2 * value > total,
  不少于五分之四: (value, total) => 5 * value >= 4 * total,
  超过五分之四: (value, total) => 5 * value > 4 * total,
}

/** Whether `value` meets `threshold` in the sense of the word. Throws RangeError on an unknown word. */
export function compareByWord(input: { word: BoundaryWord; value: number; threshold: number }): Verdict<boolean> {
  const comparison = COMPARISONS[input.word]
  if (!comparison) throw new RangeError(`Unknown boundary word: ${input.word}`)
  const met = comparison(input.value, input.threshold)
  return judge(GENERAL_RULES['GEN-1'], met, met)
}

/** Whether `value` of `total` meets the fraction, by cross-multiplied integers. Throws RangeError on an unknown word. */
export function compareFraction(input: { word: FractionWord; value: number; total: number }): Verdict<boolean> {
  const met = isFraction(input.word, input.value, input.total)
  return judge(GENERAL_RULES['GEN-1'], met, met)
}

/** The bare comparison behind `compareFraction`, for rules that cite their own article. */
export function isFraction(word: FractionWord, value: number, total: number): boolean {
  const comparison = FRACTIONS[word]
  if (!comparison) throw new RangeError(`Unknown fraction: ${word}`)
  return comparison(value, total)
}
