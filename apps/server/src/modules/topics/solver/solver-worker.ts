import { parentPort } from 'node:worker_threads'
import { loadSolver, solveBy } from './highs.ts'
import type { SolverOrder } from './solve.ts'

parentPort?.on('message', (order: SolverOrder) => {
  void loadSolver().then((highs) => parentPort?.postMessage(solveBy(highs, order)))
})
