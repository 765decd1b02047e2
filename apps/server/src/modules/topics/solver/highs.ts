import loadHighs, { type Highs } from 'highs'
import type { SolverAnswer, SolverOrder } from './solve.ts'

/** Loads the solver, compiled to WebAssembly. The package types its ES module as if it were CommonJS, hence the words. */
export const loadSolver = loadHighs as unknown as () => Promise<Highs>

/** Solves one 0/1 programme. The best found so far is given when the time is over, if there is any. Blocks the thread. */
export function solveBy(highs: Highs, { costs, rowsOf, most, seconds }: SolverOrder): SolverAnswer {
  if (costs.length === 0) return { chosen: [], isOptimal: true }
  const starts = [0]
  for (const rows of rowsOf) starts.push((starts.at(-1) ?? 0) + rows.length)
  const indices = rowsOf.flat()
  const columns = costs.length
  const whole = highs.constants.variableType.integer
  return highs.withModel(
    {
      numCols: columns,
      numRows: most.length,
      sense: highs.constants.objectiveSense.maximize,
      colCost: costs,
      colLower: costs.map(() => 0),
      colUpper: costs.map(() => 1),
      rowLower: most.map(() => -highs.infinity),
      rowUpper: most,
      matrix: { format: 'csc', numRows: most.length, numCols: columns, starts, indices, values: indices.map(() => 1) },
      integrality: costs.map(() => whole),
    },
    (model) => {
      model.options.set({ output_flag: false, time_limit: seconds, mip_rel_gap: 0, mip_abs_gap: 0.5 })
      model.run()
      const chosen: number[] = []
      model.getSolution().colValue.forEach((value, at) => {
        if (value > 0.5) chosen.push(at)
      })
      return { chosen, isOptimal: model.getModelStatus() === highs.constants.modelStatus.optimal }
    },
  )
}
