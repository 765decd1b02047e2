import { parentPort } from 'node:worker_threads'
import { renderForm } from './forms.render.ts'
import type { PrintOrder } from './forms.types.ts'

export type PrintJob = { readonly id: number; readonly order: PrintOrder }
export type PrintAnswer =
  | { readonly id: number; readonly bytes: Uint8Array }
  | { readonly id: number; readonly failure: string }

async function answer(job: PrintJob): Promise<void> {
  try {
    const bytes = await renderForm(job.order)
    parentPort?.postMessage({ id: job.id, bytes } satisfies PrintAnswer)
  } catch (error) {
    parentPort?.postMessage({
      id: job.id,
      failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
    } satisfies PrintAnswer)
  }
}

let last = Promise.resolve()
// One document at a time: fonts are shared and memory stays bounded.
parentPort?.on('message', (job: PrintJob) => {
  last = last.then(() => answer(job))
})
