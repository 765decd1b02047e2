import { createHash } from 'node:crypto'
import type { Difficulty, DrawLine, QuestionKind } from '@tongxin/contract'
import type { FrozenItem } from './exams.policy.ts'

/** What a paper may be drawn from: a live question in its live version. */
export type Drawable = {
  readonly q: string
  readonly v: string
  readonly topic: string
  readonly difficulty: Difficulty
  readonly kind: QuestionKind
  readonly options: number
}

/** A source of chance that a seed decides wholly (sfc32 by C. Doty-Humphrey, seeded with SHA-256). */
export function seededChance(seed: string): () => number {
  const bytes = createHash('sha256').update(seed).digest()
  let [a, b, c, d] = [0, 4, 8, 12].map((at) => bytes.readInt32LE(at)) as [number, number, number, number]
  return () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4_294_967_296
  }
}

/** Fisher-Yates with the given chance; the list itself stays as it is. */
export function mixed<T>(list: readonly T[], chance: () => number): T[] {
  const copy = [...list]
  for (let at = copy.length - 1; at > 0; at -= 1) {
    const other = Math.floor(chance() * (at + 1))
    const held = copy[at] as T
    copy[at] = copy[other] as T
    copy[other] = held
  }
  return copy
}

const fits = (line: DrawLine, one: Drawable): boolean =>
  (line.topic === null || one.topic === line.topic) &&
  (line.difficulty === null || one.difficulty === line.difficulty) &&
  (line.kind === null || one.kind === line.kind)

/** The lines for which the pool is too small, lines that share questions taken together in their order. */
export function shortLines(plan: readonly DrawLine[], pool: readonly Drawable[]): { at: number; found: number }[] {
  const taken = new Set<string>()
  return plan.flatMap((line, at) => {
    const free = pool.filter((one) => fits(line, one) && !taken.has(one.q))
    for (const one of free.slice(0, line.count)) taken.add(one.q)
    return free.length < line.count ? [{ at, found: free.length }] : []
  })
}

/**
 * Draws a paper: of each line those questions first that this person has seen least often, so that nothing repeats
 * until the pool is exhausted; among these by chance. `seen` counts earlier sittings of the same paper.
 */
export function drawn(
  plan: readonly DrawLine[],
  pool: readonly Drawable[],
  seen: ReadonlyMap<string, number>,
  chance: () => number,
): { question: Drawable; points: number }[] {
  const taken = new Set<string>()
  return plan.flatMap((line) => {
    const free = mixed(
      pool.filter((one) => fits(line, one) && !taken.has(one.q)),
      chance,
    ).sort((a, b) => (seen.get(a.q) ?? 0) - (seen.get(b.q) ?? 0))
    const lot = free.slice(0, line.count)
    for (const one of lot) taken.add(one.q)
    return lot.map((question) => ({ question, points: line.points }))
  })
}

/** Freezes what was drawn: the order of the questions and of each question's options. */
export function frozen(
  lot: readonly { question: Drawable; points: number }[],
  rules: { readonly shufflesQuestions: boolean; readonly shufflesOptions: boolean },
  chance: () => number,
): FrozenItem[] {
  const ordered = rules.shufflesQuestions ? mixed(lot, chance) : lot
  return ordered.map(({ question, points }) => {
    const places = Array.from({ length: question.options }, (_, at) => at)
    return { q: question.q, v: question.v, points, order: rules.shufflesOptions ? mixed(places, chance) : [] }
  })
}
