import { parentPort, workerData } from 'node:worker_threads'
import { checkFile, type Question } from './check-file.ts'
import type { Verdict } from './inspect.ts'
import { Faulty } from './policy.ts'

/** One file, one worker: whatever a hostile file does to it ends with it. */
async function answer(question: Question): Promise<Verdict> {
  try {
    return { ok: true, ...(await checkFile(question)) }
  } catch (error) {
    if (error instanceof Faulty) return { ok: false, fault: error.fault }
    throw error
  }
}

// The parent gives the question with the worker; nothing else is ever sent.
parentPort?.postMessage(await answer(workerData as Question))
