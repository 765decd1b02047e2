import { Worker } from 'node:worker_threads'
import { greedyOf, type Program, type SparseProgram, sparseOf, worthOf } from '@tongxin/domain/topics/matching'

export type SolverOrder = SparseProgram & { readonly seconds: number }
export type SolverAnswer = { readonly chosen: number[]; readonly isOptimal: boolean }
export type Solved = {
  readonly chosen: readonly number[]
  /** Columns of the greedy pass, for comparison. */
  readonly greedy: readonly number[]
  /** Proved to be the best there is. False when the time ran out: then the better of the solver and the greedy pass. */
  readonly isOptimal: boolean
}

/** The solver stops itself after so long; what goes on for longer than a little more is ended. */
export const SOLVER_SECONDS = 10
const GRACE_MS = 3_000
const MEGABYTES = 768

/**
 * Solves the matching by HiGHS in a worker thread of its own, so that the event loop never waits for it. Never worse
 * than the greedy pass: what ran out of time, failed or chose against a row is replaced by it.
 */
export async function solve(program: Program, seconds = SOLVER_SECONDS): Promise<Solved> {
  const greedy = greedyOf(program)
  if (program.columns.length === 0) return { chosen: [], greedy, isOptimal: true }
  const sparse = sparseOf(program)
  const found = await asked({ ...sparse, seconds })
  if (!found || !holds(sparse, found.chosen) || worthOf(program, found.chosen) < worthOf(program, greedy))
    return { chosen: greedy, greedy, isOptimal: false }
  return { ...found, greedy }
}

/** Whether a choice keeps every row: floating point decides nothing about people. */
function holds({ rowsOf, most }: SparseProgram, chosen: readonly number[]): boolean {
  const left = [...most]
  for (const at of chosen)
    for (const row of rowsOf[at] ?? []) {
      left[row] = (left[row] ?? 0) - 1
      if ((left[row] ?? 0) < 0) return false
    }
  return true
}

async function asked(order: SolverOrder): Promise<SolverAnswer | null> {
  const worker = new Worker(new URL('./solver-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
    execArgv: [],
  })
  let limit: NodeJS.Timeout | undefined
  try {
    return await new Promise<SolverAnswer | null>((resolve) => {
      worker.once('message', resolve)
      worker.once('error', () => resolve(null))
      worker.once('exit', () => resolve(null))
      limit = setTimeout(() => resolve(null), order.seconds * 1000 + GRACE_MS)
      worker.postMessage(order)
    })
  } finally {
    clearTimeout(limit)
    await worker.terminate()
  }
}
