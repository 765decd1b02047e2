import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { Marked, MarkOrder } from './mark-copy.ts'

/** Only what the kind needs is loaded, as each copy has its own worker. */
async function answer(order: MarkOrder): Promise<Marked> {
  const bytes = await readFile(order.path)
  try {
    if (order.kind === 'pdf')
      return { ok: true, bytes: await (await import('./mark-pdf.ts')).markPdf(bytes, order.text) }
    return { ok: true, bytes: await (await import('./mark-picture.ts')).markPicture(bytes, order.kind, order.text) }
  } catch (error) {
    // A file that these libraries cannot open is the file's own fault: it is not given out without its mark.
    return { ok: false, cause: String(error).slice(0, 200) }
  }
}

// The parent gives the order with the worker; nothing else is ever sent.
parentPort?.postMessage(await answer(workerData as MarkOrder))
