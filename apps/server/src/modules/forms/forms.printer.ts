import { Worker } from 'node:worker_threads'
import { formsRefusals } from '@tongxin/contract/forms'
import type { PrintOrder } from './forms.types.ts'
import type { PrintAnswer, PrintJob } from './forms-worker.ts'

type Waiting = { readonly resolve: (bytes: Uint8Array) => void; readonly reject: (error: Error) => void }
type Press = { readonly worker: Worker; readonly waiting: Map<number, Waiting> }

/** The worker holds the two parsed fonts (about 60 MB), so it goes when nobody has printed for a while. */
const IDLE_MS = 30_000
/** Nobody prints more on paper: 2,000 rows take 1 s as PDF, 2 s and half a gigabyte as Word. */
export const MOST_ROWS = 2000
/** The longest permitted list takes a few seconds; what takes longer than this is stuck. */
const LIMIT_MS = 60_000

let press: Press | undefined
let idle: NodeJS.Timeout | undefined
let serial = 0

function startPress(): Press {
  const worker = new Worker(new URL('./forms-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 640 },
    execArgv: [],
  })
  const started: Press = { worker, waiting: new Map() }
  const failAll = (error: Error): void => {
    for (const { reject } of started.waiting.values()) reject(error)
    started.waiting.clear()
    if (press === started) press = undefined
  }
  worker.on('message', (answer: PrintAnswer) => {
    const asked = started.waiting.get(answer.id)
    started.waiting.delete(answer.id)
    if ('bytes' in answer) asked?.resolve(answer.bytes)
    else asked?.reject(new Error(answer.failure))
    if (started.waiting.size === 0 && press === started) rest(started)
  })
  worker.on('error', failAll)
  worker.on('exit', () => failAll(new Error('the printing worker ended before the form was finished')))
  return started
}

/** Nothing to do: the worker no longer keeps the process alive, and ends after a while. */
function rest(resting: Press): void {
  resting.worker.unref()
  clearTimeout(idle)
  idle = setTimeout(() => void closePrinter(), IDLE_MS)
  idle.unref()
}

function rowsOf(order: PrintOrder): number {
  switch (order.kind) {
    case 'attendance_sheet':
      return order.facts.people.length
    case 'activation_slips':
      return order.facts.slips.length
    case 'member_roster':
      return order.facts.members.length
    case 'register':
      return order.facts.rows.length
    case 'paper':
      return order.facts.blocks.reduce((sum, block) => sum + (block.kind === 'register' ? block.rows.length : 0), 0)
    default:
      return 0
  }
}

/**
 * Prints one form in a worker thread, so that the event loop never waits for it; orders are printed one after the
 * other. Rejects when the document cannot be made within a minute: the worker is then ended and the next order gets
 * a fresh one. Refuses `forms.too_long` above `MOST_ROWS`.
 */
export async function printForm(order: PrintOrder): Promise<Uint8Array> {
  const rows = rowsOf(order)
  if (rows > MOST_ROWS) throw formsRefusals.too_long({ rows, limit: MOST_ROWS })
  clearTimeout(idle)
  press ??= startPress()
  const { worker, waiting } = press
  worker.ref()
  const id = ++serial
  let limit: NodeJS.Timeout | undefined
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      limit = setTimeout(() => void worker.terminate(), LIMIT_MS)
      worker.postMessage({ id, order } satisfies PrintJob)
    })
  } finally {
    clearTimeout(limit)
  }
}

/** Ends the worker at once; orders under way are rejected. For the graceful stop and after a while of rest. */
export async function closePrinter(): Promise<void> {
  clearTimeout(idle)
  const ending = press
  press = undefined
  await ending?.worker.terminate()
}
