import { Worker } from 'node:worker_threads'
import { wordsOf } from '../words.ts'
import { READING, type ReadKind } from './limits.ts'

export type Asked = { readonly path: string; readonly kind: ReadKind; readonly bytes: number }
/** `empty`: a scan without a text layer; `failed`: damaged, locked, too slow or too large to be read. */
export type WordsRead = {
  readonly state: 'read' | 'empty' | 'failed'
  /** At most 200,000 letters, with line ends. */
  readonly text: string
  /** The distinct words of the text for an index. */
  readonly words: readonly string[]
}

/** From the thread: without words where they are few enough to be cut here. */
export type Answer = Omit<WordsRead, 'words'> & { readonly words: readonly string[] | null }

const FAILED: Answer = { state: 'failed', text: '', words: null }
let running = 0
const queue: (() => void)[] = []

async function takeTurn(): Promise<void> {
  if (running >= READING.atOnce) await new Promise<void>((resolve) => queue.push(resolve))
  else running += 1
}

function passTurn(): void {
  const next = queue.shift()
  if (next) next()
  else running -= 1
}

function askWorker(asked: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./read-words.worker.ts', import.meta.url), {
      workerData: asked,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: READING.megabytes },
    })
    const settle = (end: () => void) => {
      clearTimeout(limit)
      void worker.terminate()
      end()
    }
    const limit = setTimeout(() => settle(() => resolve(FAILED)), READING.seconds * 1000)
    worker.once('message', (read: Answer) => settle(() => resolve(read)))
    worker.once('error', (error: Error & { code?: string }) =>
      settle(() => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(FAILED) : reject(error))),
    )
    // Settling twice changes nothing: a promise keeps its first answer.
    worker.once('exit', () => settle(() => reject(new Error('the reading worker ended without an answer'))))
  })
}

/**
 * Reads the words of one checked file in a thread of its own with bounds of time and memory, at most two at once.
 * Rejects only when the machine fails, never because of the file.
 */
export async function readWords(asked: Asked): Promise<WordsRead> {
  await takeTurn()
  try {
    const answer = await askWorker(asked)
    return { ...answer, words: answer.words ?? wordsOf(answer.text) }
  } finally {
    passTurn()
  }
}
