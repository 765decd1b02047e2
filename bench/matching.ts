import { inventedMarket } from '../apps/server/src/modules/topics/solver/cases.ts'
import { solve } from '../apps/server/src/modules/topics/solver/solve.ts'
import { demandOf, placementsOf, programOf } from '../packages/domain/src/topics/matching.ts'
import { againstLimit, type Figure, RUNS } from './figure.ts'

const LIMIT_S = 10
const SIZES = { wishes: 2000, lecturers: 300, tags: 30, slots: 8 }

/** From 2,000 supported wishes and 300 lecturers to proposals, by HiGHS to the proved optimum, worker start included. */
export async function matching(): Promise<Figure> {
  const runs: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const { wishes, lecturers } = inventedMarket(2026 + run, SIZES)
    const began = performance.now()
    const program = programOf(wishes, lecturers)
    const { chosen, greedy, isOptimal } = await solve(program)
    placementsOf(program, chosen)
    runs.push((performance.now() - began) / 1000)
    if (!isOptimal) throw new Error('matching: not solved to the optimum within the time')
    if (demandOf(program, chosen) < demandOf(program, greedy)) throw new Error('matching: worse than the greedy pass')
  }
  return againstLimit('matching', 's', LIMIT_S, runs)
}
