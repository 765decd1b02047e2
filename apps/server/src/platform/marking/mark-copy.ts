import { Worker } from 'node:worker_threads'
import type { FileKind } from '../upload/policy.ts'

/** Kinds that a name is written across. */
export const MARKED_KINDS = ['pdf', 'jpeg', 'png', 'webp'] as const satisfies readonly FileKind[]
export type MarkedKind = (typeof MARKED_KINDS)[number]
export const isMarkable = (kind: string): kind is MarkedKind => (MARKED_KINDS as readonly string[]).includes(kind)

export type MarkOrder = { readonly path: string; readonly kind: MarkedKind; readonly text: string }
export type Marked = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly cause: string }

const SECONDS = 20
const MEGABYTES = 512
/** One after another: two large files at once would need the memory of both. */
let last: Promise<unknown> = Promise.resolve()

/**
 * A copy of a file with the text across each page or over the picture, made in a thread with bounds of time and memory.
 * Rejects only when the machine fails, never because of the file.
 */
export function markCopy(order: MarkOrder): Promise<Marked> {
  const turn = last.then(() => askWorker(order))
  last = turn.catch(() => undefined)
  return turn
}

function askWorker(order: MarkOrder): Promise<Marked> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./mark-copy.worker.ts', import.meta.url), {
      workerData: order,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
    })
    const settle = (end: () => void) => {
      clearTimeout(limit)
      void worker.terminate()
      end()
    }
    const limit = setTimeout(() => settle(() => resolve({ ok: false, cause: 'too slow' })), SECONDS * 1000)
    worker.once('message', (marked: Marked) => settle(() => resolve(marked)))
    worker.once('error', (error: Error & { code?: string }) =>
      settle(() =>
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve({ ok: false, cause: 'too large' }) : reject(error),
      ),
    )
    worker.once('exit', () => settle(() => reject(new Error('the marking worker ended without an answer'))))
  })
}
