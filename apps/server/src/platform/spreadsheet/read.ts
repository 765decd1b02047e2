import { Worker } from 'node:worker_threads'
import { importRefusals } from '@tongxin/contract/imports'
import type { Cell, CellKind, SheetHead, SheetRow } from '@tongxin/domain/roster/sheet'
import { LIMITS } from './limits.ts'
import type { Answer, Ask, PackedRows } from './messages.ts'

/** An open table file. Rows come in batches; only one sheet is read at a time. Always close it. */
export type Spreadsheet = {
  readonly heads: readonly SheetHead[]
  readonly rowsOf: (sheetIndex: number) => AsyncGenerator<readonly SheetRow[]>
  readonly close: () => Promise<void>
}

/** Heap of the reading thread, and how long it may take for one answer (opening, or the next rows). */
export type ReadingBounds = { readonly heapMegabytes: number; readonly answerMilliseconds: number }

const KINDS: Readonly<Record<string, CellKind>> = {
  t: 'text',
  n: 'number',
  d: 'date',
  b: 'bool',
  f: 'formula',
  e: 'error',
}
const EMPTY: Cell = { kind: 'empty', text: '' }

/**
 * Opens an `.xlsx` workbook or a text table (UTF-8, UTF-16, GB18030; comma, semicolon, tab) in a thread of its own with a
 * bounded heap, and ends the thread when an answer is late: a hostile file cannot take the server with it. Refuses with
 * `importRefusals`.
 */
export async function openSpreadsheet(path: string, bounds: ReadingBounds = LIMITS): Promise<Spreadsheet> {
  const thread = new Thread(path, bounds)
  try {
    const answer = await thread.ask({ ask: 'open' })
    if (answer.answer !== 'heads') throw new Error('the reading thread answered out of turn')
    return { heads: answer.heads, rowsOf: (sheetIndex) => rowsOf(thread, sheetIndex), close: () => thread.close() }
  } catch (error) {
    await thread.close()
    throw error
  }
}

async function* rowsOf(thread: Thread, sheetIndex: number): AsyncGenerator<readonly SheetRow[]> {
  // The next batch is on its way while this one is judged.
  let coming = thread.ask({ ask: 'first-rows', sheetIndex })
  for (;;) {
    const answer = await coming
    if (answer.answer !== 'rows') throw new Error('the reading thread answered out of turn')
    if (answer.rows === null) return
    coming = thread.ask({ ask: 'more-rows' })
    // A consumer that leaves early never awaits the batch on its way.
    coming.catch(() => undefined)
    yield unpack(answer.rows)
  }
}

function unpack({ numbers, kinds, texts }: PackedRows): SheetRow[] {
  return numbers.map((row, index) => {
    const letters = kinds[index] ?? ''
    const cells = (texts[index] ?? []).map((text, column): Cell => {
      const kind = KINDS[letters.charAt(column)]
      return kind === undefined ? EMPTY : { kind, text }
    })
    return { row, cells }
  })
}

/** The reading thread of one file; questions are answered in order. */
class Thread {
  readonly #worker: Worker
  readonly #bounds: ReadingBounds
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void; timer: NodeJS.Timeout }[] = []
  #ended: Error | null = null

  constructor(path: string, bounds: ReadingBounds) {
    this.#bounds = bounds
    this.#worker = new Worker(new URL('./read.worker.ts', import.meta.url), {
      workerData: { path },
      resourceLimits: { maxOldGenerationSizeMb: bounds.heapMegabytes, maxYoungGenerationSizeMb: 16 },
    })
    this.#worker.on('message', (answer: Answer) => this.#answered(answer))
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      const isHeap = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      this.#end(isHeap ? importRefusals.unpacks_too_large({ limit: `${bounds.heapMegabytes} MB` }) : error)
    })
    this.#worker.on('exit', () => this.#end(new Error('the reading thread has ended')))
  }

  ask(ask: Ask): Promise<Answer> {
    if (this.#ended) return Promise.reject(this.#ended)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#end(importRefusals.took_too_long())
        void this.#worker.terminate()
      }, this.#bounds.answerMilliseconds)
      this.#waiting.push({ resolve, reject, timer })
      this.#worker.postMessage(ask)
    })
  }

  #answered(answer: Answer): void {
    const first = this.#waiting.shift()
    if (first === undefined) return
    clearTimeout(first.timer)
    if (answer.answer === 'refused') first.reject(importRefusals[answer.reason](answer.detail))
    else first.resolve(answer)
  }

  #end(reason: Error): void {
    this.#ended ??= reason
    for (const { reject, timer } of this.#waiting.splice(0)) {
      clearTimeout(timer)
      reject(this.#ended)
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}
