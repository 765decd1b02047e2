import { Worker } from 'node:worker_threads'
import type { Checked, Question } from './check-file.ts'
import { type FileFault, LIMITS } from './policy.ts'

export type Verdict = ({ readonly ok: true } & Checked) | { readonly ok: false; readonly fault: FileFault }

/** Two cores: a third inspection at once would only slow the others and add its memory. */
const MOST_AT_ONCE = 2
let running = 0
const queue: (() => void)[] = []

async function takeTurn(): Promise<void> {
  if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => queue.push(resolve))
  else running += 1
}

function passTurn(): void {
  const next = queue.shift()
  if (next) next()
  else running -= 1
}

function askWorker(question: Question): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./inspect.worker.ts', import.meta.url), {
      workerData: question,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: LIMITS.workerMegabytes },
    })
    let answered = false
    const settle = (verdict: Verdict | Error): void => {
      if (answered) return
      answered = true
      clearTimeout(limit)
      void worker.terminate()
      if (verdict instanceof Error) reject(verdict)
      else resolve(verdict)
    }
    const limit = setTimeout(
      () => settle({ ok: false, fault: 'too_slow' }),
      (question.policy.seconds ?? LIMITS.seconds) * 1000,
    )
    worker.once('message', (verdict: Verdict) => settle(verdict))
    worker.once('error', (error: Error & { code?: string }) =>
      settle(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? { ok: false, fault: 'unpacks_too_large' } : error),
    )
    worker.once('exit', () => settle(new Error('the inspecting worker ended without an answer')))
  })
}

/**
 * Inspects one file on disk against the policy of a feature, in a worker thread with a memory and a time limit
 * (5 s, or the policy's own). Pictures are redrawn in place. Rejects only when the machine fails, never because of the file.
 */
export async function inspect(path: string, name: string, policy: Question['policy']): Promise<Verdict> {
  await takeTurn()
  try {
    return await askWorker({ path, name, policy })
  } finally {
    passTurn()
  }
}
