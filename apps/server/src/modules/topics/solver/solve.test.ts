import {
  demandOf,
  greedyOf,
  type Program,
  placementsOf,
  programOf,
  sparseOf,
  worthOf,
} from '@tongxin/domain/topics/matching'
import { describe, expect, it } from 'vitest'
import { inventedMarket } from './cases.ts'
import { loadSolver, solveBy } from './highs.ts'
import { solve } from './solve.ts'

const highs = await loadSolver()
const solved = (program: Program) => solveBy(highs, { ...sparseOf(program), seconds: 10 })

/** Every choice there is, by trying: only for very small programmes. */
function bestOf(program: Program): number {
  const { rowsOf, most } = sparseOf(program)
  const left = [...most]
  const from = (at: number): number => {
    if (at === program.columns.length) return 0
    const without = from(at + 1)
    const rows = rowsOf[at] ?? []
    if (rows.some((row) => left[row] === 0)) return without
    for (const row of rows) left[row] = (left[row] ?? 0) - 1
    const taken = (program.columns[at]?.weight ?? 0) + from(at + 1)
    for (const row of rows) left[row] = (left[row] ?? 0) + 1
    return Math.max(without, taken)
  }
  return from(0)
}

describe('the matching by HiGHS', () => {
  it('finds what trying every choice finds', () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const { wishes, lecturers } = inventedMarket(seed, { wishes: 6, lecturers: 4, tags: 3, slots: 3 })
      const program = programOf(wishes, lecturers)
      if (program.columns.length > 18) continue
      const { chosen, isOptimal } = solved(program)
      expect(isOptimal).toBe(true)
      expect(worthOf(program, chosen)).toBe(bestOf(program))
    }
  })

  it('is never worse than the greedy pass, keeps every limit, and is often better', () => {
    let better = 0
    for (let seed = 100; seed < 130; seed += 1) {
      const { wishes, lecturers } = inventedMarket(seed, { wishes: 60, lecturers: 12, tags: 5, slots: 5 })
      const program = programOf(wishes, lecturers)
      const { chosen, isOptimal } = solved(program)
      const greedy = greedyOf(program)
      expect(isOptimal).toBe(true)
      expect(demandOf(program, chosen)).toBeGreaterThanOrEqual(demandOf(program, greedy))
      if (demandOf(program, chosen) > demandOf(program, greedy)) better += 1
      const placements = placementsOf(program, chosen)
      expect(new Set(placements.map(({ slotId }) => slotId)).size).toBe(placements.length)
      expect(new Set(placements.map(({ wishId }) => wishId)).size).toBe(placements.length)
      for (const lecturer of lecturers) {
        const given = placements.filter(({ lecturerId }) => lecturerId === lecturer.id)
        expect(given.length).toBeLessThanOrEqual(lecturer.maxPerMonth)
      }
    }
    expect(better).toBeGreaterThan(0)
  })

  it('gives the greedy pass when there is no time, and nothing where nobody fits', async () => {
    const { wishes, lecturers } = inventedMarket(7, { wishes: 300, lecturers: 60, tags: 4, slots: 6 })
    const program = programOf(wishes, lecturers)
    const hurried = await solve(program, 0)
    expect(worthOf(program, hurried.chosen)).toBeGreaterThanOrEqual(worthOf(program, hurried.greedy))
    expect(await solve(programOf(wishes, []))).toEqual({ chosen: [], greedy: [], isOptimal: true })
  })
})
