import type { ExamFigures, QuestionFigure } from '@tongxin/contract'

/** One marked sitting: its points in all, and of each question what it gave of what it could. */
export type MarkedSitting = {
  readonly points: number
  readonly most: number
  readonly passed: boolean
  readonly items: readonly { readonly v: string; readonly points: number; readonly most: number }[]
}
export type KnownQuestion = Pick<QuestionFigure, 'questionId' | 'no' | 'kind' | 'topic' | 'stem'>

/** Kelley (1939): the upper and the lower 27 per cent tell best what a question distinguishes. */
const EXTREME = 0.27
const rounded = (value: number): number => Math.round(value * 1000) / 1000
const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : rounded(values.reduce((sum, value) => sum + value, 0) / values.length)

/** Difficulty and discrimination of each question over marked sittings; `questions` by version. */
export function figuresOf(
  sittings: readonly MarkedSitting[],
  questions: ReadonlyMap<string, KnownQuestion>,
): ExamFigures {
  const share = (one: MarkedSitting): number => (one.most === 0 ? 0 : one.points / one.most)
  const tenths = Array.from({ length: 10 }, () => 0)
  for (const one of sittings) {
    const at = Math.min(9, Math.floor(share(one) * 10))
    tenths[at] = (tenths[at] ?? 0) + 1
  }
  const byVersion = new Map<string, { score: number; total: number }[]>()
  for (const sitting of sittings)
    for (const { v, points, most } of sitting.items) {
      const list = byVersion.get(v) ?? []
      list.push({ score: most === 0 ? 0 : points / most, total: share(sitting) })
      byVersion.set(v, list)
    }
  return {
    sittings: sittings.length,
    passed: sittings.filter(({ passed }) => passed).length,
    mean: mean(sittings.map(({ points }) => points)),
    most: Math.max(0, ...sittings.map(({ most }) => most)),
    tenths,
    questions: [...byVersion].flatMap(([v, answers]) => {
      const known = questions.get(v)
      if (!known) return []
      const p = mean(answers.map(({ score }) => score))
      return [{ ...known, sittings: answers.length, p, d: discrimination(answers) }]
    }),
  }
}

/** Mean of the best less mean of the weakest by the whole result; null below ten sittings, which tell nothing. */
function discrimination(answers: readonly { score: number; total: number }[]): number | null {
  if (answers.length < 10) return null
  const sorted = [...answers].sort((a, b) => b.total - a.total)
  const group = Math.max(1, Math.round(sorted.length * EXTREME))
  const of = (part: typeof sorted) => part.reduce((sum, { score }) => sum + score, 0) / part.length
  return rounded(of(sorted.slice(0, group)) - of(sorted.slice(-group)))
}
