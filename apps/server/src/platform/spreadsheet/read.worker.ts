import { parentPort, workerData } from 'node:worker_threads'
import type { CellKind, SheetRow } from '@tongxin/domain/roster/sheet'
import type { Answer, Ask, PackedRows } from './messages.ts'
import { openSource, type TableSource } from './source.ts'
import { Unreadable } from './unreadable.ts'

const LETTERS: Record<CellKind, string> = {
  text: 't',
  number: 'n',
  date: 'd',
  bool: 'b',
  formula: 'f',
  error: 'e',
  empty: '-',
}

let source: TableSource | null = null
let batches: AsyncGenerator<SheetRow[]> | null = null
let turn: Promise<void> = Promise.resolve()

function pack(rows: readonly SheetRow[]): PackedRows {
  return {
    numbers: rows.map(({ row }) => row),
    kinds: rows.map(({ cells }) => cells.map(({ kind }) => LETTERS[kind]).join('')),
    texts: rows.map(({ cells }) => cells.map(({ text }) => text)),
  }
}

async function answerTo(ask: Ask): Promise<Answer> {
  if (ask.ask === 'open') {
    source = await openSource((workerData as { path: string }).path)
    return { answer: 'heads', heads: source.heads }
  }
  if (ask.ask === 'first-rows') {
    await batches?.return(undefined)
    batches = source?.rowsOf(ask.sheetIndex) ?? null
  }
  if (batches === null) throw new Error('rows were asked for before the file was opened')
  const { value, done } = await batches.next()
  return { answer: 'rows', rows: done === true ? null : pack(value) }
}

async function answer(ask: Ask): Promise<void> {
  const reply = await answerTo(ask).catch((error: unknown): Answer => {
    // Anything that is no refusal is a fault of ours: the thread dies of it and its owner hears the error.
    if (!(error instanceof Unreadable)) throw error
    return { answer: 'refused', reason: error.reason, detail: error.detail }
  })
  parentPort?.postMessage(reply)
}

parentPort?.on('message', (ask: Ask) => {
  turn = turn.then(() => answer(ask))
})
