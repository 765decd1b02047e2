import { parentPort, workerData } from 'node:worker_threads'
import { Faulty } from '../upload/policy.ts'
import { READING } from './limits.ts'
import type { Answer, Asked } from './read-words.ts'

/** Only the reader of the kind is loaded, as each file has its own worker. */
async function textIn({ path, kind, bytes }: Asked): Promise<string> {
  if (kind === 'pdf') return (await import('./pdf-words.ts')).pdfWords(path)
  if (kind === 'txt') return (await import('./text-file.ts')).textFile(path)
  return (await import('./office-text.ts')).officeText(path, kind, bytes)
}

/** What the file itself is to blame for is an answer; a fault of ours ends the worker. */
const isOfTheFile = (error: unknown): boolean =>
  error instanceof Faulty || /^(InvalidPDF|Password|MissingPDF|UnexpectedResponse|FormatError)/.test(String(error))

async function answer(asked: Asked): Promise<Answer> {
  try {
    const text = await textIn(asked)
    const state = text === '' ? ('empty' as const) : ('read' as const)
    // Loading the dictionary takes longer than cutting a few pages beside other work.
    const words = text.length > READING.cutInPlace ? (await import('../words.ts')).wordsOf(text) : null
    return { state, text, words }
  } catch (error) {
    if (isOfTheFile(error)) return { state: 'failed', text: '', words: null }
    throw error
  }
}

// The parent gives the question with the worker; nothing else is ever sent.
parentPort?.postMessage(await answer(workerData as Asked))
