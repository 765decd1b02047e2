import { plain } from '../identity/written-text.ts'

/** Names as compared: half width, without blanks. */
export function organisationKey(name: string): string {
  return plain(name).replace(/^中共|^中国共产党/, '')
}

/** Edit distance (Levenshtein), one row of the table at a time. */
function distanceOf(left: string, right: string): number {
  let before = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i += 1) {
    const line = [i]
    for (let j = 1; j <= right.length; j += 1) {
      const change = (before[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)
      line.push(Math.min(change, (before[j] ?? 0) + 1, (line[j - 1] ?? 0) + 1))
    }
    before = line
  }
  return before[right.length] ?? 0
}

/** Up to three known names that differ from `name` in at most half of its characters, the nearest first. */
export function nearestNames(name: string, known: readonly string[]): string[] {
  const key = organisationKey(name)
  if (key === '' || key.length > 100) return []
  return known
    .map((candidate) => ({ candidate, distance: distanceOf(key, organisationKey(candidate)) }))
    .filter(({ candidate, distance }) => distance <= Math.max(key.length, candidate.length) / 2)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}
