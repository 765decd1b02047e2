import { createPublicKey, type KeyObject } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Signed, ToSign } from './signer-thread.ts'

/** Signs blinded values on threads of its own, begun with the first one and never more than there are cores. */
export type Signer = {
  /** The signature, or null for what is no number below the modulus. */
  sign(key: KeyObject, blinded: Uint8Array): Promise<Uint8Array | null>
  close(): Promise<void>
}

type Waiting = { readonly resolve: (signature: Uint8Array | null) => void; readonly reject: (error: Error) => void }

export function openSigner(threads = Math.max(1, availableParallelism())): Signer {
  const workers: { worker: Worker; waiting: Map<number, Waiting> }[] = []
  let last = 0
  // For the check of each signature; gone with its private key.
  const publicKeys = new WeakMap<KeyObject, KeyObject>()
  const publicKeyOf = (key: KeyObject): KeyObject => {
    const known = publicKeys.get(key) ?? createPublicKey(key)
    publicKeys.set(key, known)
    return known
  }
  const begin = () => {
    const worker = new Worker(new URL('./signer-thread.ts', import.meta.url))
    const waiting = new Map<number, Waiting>()
    worker.on('message', ({ id, signature }: Signed) => {
      waiting.get(id)?.resolve(signature)
      waiting.delete(id)
      if (waiting.size === 0) worker.unref()
    })
    worker.on('error', (error) => {
      for (const one of waiting.values()) one.reject(error)
      workers.splice(workers.indexOf(entry), 1)
    })
    // A process that is stopping waits for a signature on its way and for nothing else.
    worker.unref()
    const entry = { worker, waiting }
    workers.push(entry)
    return entry
  }
  return {
    sign(key, blinded) {
      const idle = workers.find(({ waiting }) => waiting.size === 0)
      const chosen =
        idle ??
        (workers.length < threads ? begin() : workers.toSorted((a, b) => a.waiting.size - b.waiting.size)[0]) ??
        begin()
      last += 1
      const id = last
      return new Promise((resolve, reject) => {
        chosen.waiting.set(id, { resolve, reject })
        chosen.worker.ref()
        chosen.worker.postMessage({ id, key, publicKey: publicKeyOf(key), blinded } satisfies ToSign)
      })
    },
    async close() {
      await Promise.all(workers.splice(0).map(({ worker }) => worker.terminate()))
    },
  }
}
