import { type CallInput, call } from '@tongxin/client/call'
import { RefusedError, UnreachedError } from '@tongxin/client/refused-error'
import type { Endpoint, Reply } from '@tongxin/contract/endpoint'
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { useSyncExternalStore } from 'react'

/** A write noted on the device. `key` is its idempotency key, so a second delivery counts once. */
export type Noted = {
  readonly seq: number
  readonly key: string
  readonly personId: string
  readonly endpoint: Pick<Endpoint, 'method' | 'path'>
  readonly input: Record<string, unknown>
  /** What the person did, in his words, for the list of pending acts. */
  readonly label: string
  readonly notedAt: string
  /** Set when the server refused it: it will not be sent again, and the person is told. */
  readonly refusedWith: string | null
}
interface Schema extends DBSchema {
  noted: { key: number; value: Noted; indexes: { key: string } }
}

let opening: Promise<IDBPDatabase<Schema>> | null = null
const database = () => {
  opening ??= openDB<Schema>('tongxin-queue', 1, {
    upgrade: (db) => {
      const store = db.createObjectStore('noted', { keyPath: 'seq', autoIncrement: true })
      store.createIndex('key', 'key', { unique: true })
    },
  })
  return opening
}

let shown: readonly Noted[] = []
const changed = new EventTarget()
async function show(): Promise<void> {
  shown = await (await database()).getAll('noted')
  changed.dispatchEvent(new Event('change'))
}

/** Notes a write in order. The same key is noted once; `seq` gives the order of delivery. */
export async function note(act: Omit<Noted, 'seq' | 'refusedWith'>): Promise<void> {
  const db = await database()
  const tx = db.transaction('noted', 'readwrite')
  if ((await tx.store.index('key').getKey(act.key)) === undefined) {
    // The store gives `seq`; its type cannot say that it may be absent before.
    await tx.store.add({ ...act, refusedWith: null } as Noted)
  }
  await tx.done
  await show()
}

/** Whether a refusal only means "not now": the act keeps its place and waits. */
const isForNow = (error: unknown) =>
  error instanceof UnreachedError ||
  (error instanceof RefusedError && [401, 429, 500, 502, 503, 504].includes(error.status))

/**
 * Delivers what this person noted, oldest first, one after another; stops at the first that cannot be delivered now.
 * Only one tab delivers at a time. Returns how many the server accepted.
 */
export function deliver(personId: string): Promise<number> {
  return oneAtATime(async () => {
    const db = await database()
    let accepted = 0
    for (const act of await db.getAll('noted')) {
      if (act.personId !== personId || act.refusedWith !== null) continue
      try {
        await call(act.endpoint as Endpoint, { ...act.input, idempotencyKey: act.key } as never)
        await db.delete('noted', act.seq)
        accepted += 1
      } catch (error) {
        if (isForNow(error)) break
        await db.put('noted', { ...act, refusedWith: error instanceof RefusedError ? error.code : 'client.bug' })
      }
    }
    await show()
    return accepted
  })
}

let running: Promise<number> | null = null
function oneAtATime(work: () => Promise<number>): Promise<number> {
  running ??= (navigator.locks ? navigator.locks.request('tongxin-queue', work) : work()).finally(() => {
    running = null
  })
  return running
}

/** Removes an act that the server refused, once the person has seen why. */
export async function dismiss(seq: number): Promise<void> {
  await (await database()).delete('noted', seq)
  await show()
}

/** Done now with the server's answer, or kept on the device until there is a network. */
export type Outcome<E extends Endpoint> =
  | { readonly state: 'done'; readonly reply: Reply<E> }
  | { readonly state: 'kept' }

/** Sends a write; without an answer it is kept and delivered later under the same key. Refusals are thrown. */
export async function sendOrKeep<E extends Endpoint>(
  endpoint: E,
  input: CallInput<E>,
  told: { readonly personId: string; readonly label: string; readonly now: Date },
): Promise<Outcome<E>> {
  const key = input.idempotencyKey ?? crypto.randomUUID()
  // What was noted before goes first, so that acts arrive in the order they were done.
  if (shown.length > 0) await deliver(told.personId)
  try {
    const typed = call as (e: E, i: CallInput<E>) => Promise<Reply<E>>
    return { state: 'done', reply: await typed(endpoint, { ...input, idempotencyKey: key }) }
  } catch (error) {
    if (!(error instanceof UnreachedError)) throw error
    const { signal: _signal, ...kept } = input
    await note({
      key,
      personId: told.personId,
      endpoint: { method: endpoint.method, path: endpoint.path },
      input: kept,
      label: told.label,
      notedAt: told.now.toISOString(),
    })
    return { state: 'kept' }
  }
}

/** Delivers when the network comes back and when the application is looked at; the result stops it. */
export function startDelivery(personId: string, onDelivered: (count: number) => void): () => void {
  const attempt = () => {
    if (document.visibilityState === 'hidden') return
    void deliver(personId).then((count) => count > 0 && onDelivered(count))
  }
  window.addEventListener('online', attempt)
  document.addEventListener('visibilitychange', attempt)
  attempt()
  return () => {
    window.removeEventListener('online', attempt)
    document.removeEventListener('visibilitychange', attempt)
  }
}

const subscribe = (listener: () => void) => {
  changed.addEventListener('change', listener)
  return () => changed.removeEventListener('change', listener)
}
/** What waits on this device, in order; also what the server refused meanwhile. */
export const useNoted = (): readonly Noted[] => useSyncExternalStore(subscribe, () => shown)
