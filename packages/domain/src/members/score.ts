/**
 * Quality of the records of a branch: four parts, each a share of its people, weighed by figures that an organisation
 * sets. Integers only: parts and the score are in tenths of a percent, 0 to 1000.
 */
export const SCORE_PARTS = ['completeness', 'conflicts', 'freshness', 'errors'] as const
export type ScorePart = (typeof SCORE_PARTS)[number]
export type ScoreWeights = Readonly<Record<ScorePart, number>>
/** A record is counted as incomplete below this percentage. */
export const COMPLETE_FROM = 80
/** Below this (tenths of a percent) a part is shown red. */
export const RED_BELOW = 800

/** What is counted of a branch; `completeSum` adds up the percentages of its records. */
export type ScoreCounts = {
  readonly people: number
  readonly completeSum: number
  readonly doubtful: number
  readonly stale: number
  readonly wrong: number
}
export type ScoreFigures = Readonly<Record<ScorePart | 'score', number>>

/** Parts and score. Without people there is nothing to find fault with. With all weights 0 every part counts alike. */
export function scoreOf(counts: ScoreCounts, weights: ScoreWeights): ScoreFigures {
  const { people } = counts
  const without = (bad: number) =>
    people === 0 ? 1000 : Math.round(((people - Math.min(bad, people)) * 1000) / people)
  const parts = {
    completeness: people === 0 ? 1000 : Math.round((counts.completeSum * 10) / people),
    conflicts: without(counts.doubtful),
    freshness: without(counts.stale),
    errors: without(counts.wrong),
  }
  const weightOf = (part: ScorePart) => (SCORE_PARTS.every((one) => weights[one] === 0) ? 1 : weights[part])
  const whole = SCORE_PARTS.reduce((sum, part) => sum + weightOf(part), 0)
  const sum = SCORE_PARTS.reduce((total, part) => total + parts[part] * weightOf(part), 0)
  return { ...parts, score: Math.round(sum / whole) }
}
