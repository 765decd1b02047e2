/** One voice of the assessment: how many gave each grade, best first, and its share in the whole. */
export type AssessmentVoice = { readonly weight: number; readonly counts: readonly number[] }

/**
 * The grade in which the weighted middle of all voices lies, as its place from the best (0). Each voice weighs the same
 * however many people it has; a half that falls between two grades counts for the better one. Null when nobody graded.
 * Computed in whole numbers: shares are brought to one denominator.
 */
export function middleGrade(voices: readonly AssessmentVoice[]): number | null {
  const heard = voices
    .map(({ weight, counts }) => ({
      weight: BigInt(weight),
      counts,
      people: BigInt(counts.reduce((a, b) => a + b, 0)),
    }))
    .filter(({ weight, people }) => weight > 0n && people > 0n)
  if (heard.length === 0) return null
  const whole = heard.reduce((product, { people }) => product * people, 1n)
  const total = heard.reduce((sum, { weight }) => sum + weight * whole, 0n)
  const grades = Math.max(...heard.map(({ counts }) => counts.length))
  let reached = 0n
  for (let place = 0; place < grades; place += 1) {
    for (const { weight, counts, people } of heard) reached += (weight * BigInt(counts[place] ?? 0) * whole) / people
    if (2n * reached >= total) return place
  }
  return grades - 1
}

/** What may be shown of a group: nothing of a small one, a band of one that nearly all agree in, else the counts. */
export type ShownGroup =
  | { readonly kind: 'few' }
  | { readonly kind: 'band'; readonly place: number }
  | { readonly kind: 'counts'; readonly counts: readonly number[] }

/** Below this many people an agreement of more than nine in ten would tell what each one answered. */
const TELLING = 20

/**
 * Groups under `least` people stay hidden; where more than 90 % of fewer than 20 people agree only the band is shown,
 * because the number would give everyone's answer away. `counts` holds abstentions as well.
 */
export function shownGroup({ counts, least }: { counts: readonly number[]; least: number }): ShownGroup {
  const people = counts.reduce((sum, count) => sum + count, 0)
  if (people < least) return { kind: 'few' }
  const most = Math.max(...counts)
  if (people < TELLING && 10 * most > 9 * people) return { kind: 'band', place: counts.indexOf(most) }
  return { kind: 'counts', counts }
}
