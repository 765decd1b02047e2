import { commitMyPackage } from '@tongxin/contract/courseware'
import type { Launch } from '@tongxin/contract/courseware.words'
import { call } from '../call.ts'
import { RefusedError, UnreachedError } from '../refused-error.ts'

export type Keep = { readonly item: string; readonly sequence: number; readonly runtime: string }

const RETRY_MS = 5000

/** No answer, too many at once, or a platform that is away for a moment: the same will be taken later. */
const isPassing = (error: unknown): boolean =>
  error instanceof UnreachedError || (error instanceof RefusedError && (error.status === 429 || error.status >= 500))

/**
 * Keeps what the package says, the newest of each item, one after the other; without a network, or while the platform
 * cannot take it, again and again.
 */
export function keeperOf(
  launch: Pick<Launch, 'attemptId' | 'launchId'>,
  told: (answer: object) => void,
  failed: (error: unknown) => void,
) {
  const waiting = new Map<string, Keep>()
  const idle = new Set<() => void>()
  let isBusy = false
  const run = async (): Promise<void> => {
    if (isBusy || !launch.attemptId || !launch.launchId) return
    isBusy = true
    for (const [item, one] of waiting) {
      waiting.delete(item)
      try {
        const { item: _, ...rest } = one
        const body = { launchId: launch.launchId, item, ...rest }
        const { sequence, isDone } = await call(commitMyPackage, { params: { id: launch.attemptId }, body })
        told({ item, sequence, isDone })
        failed(null)
      } catch (error) {
        told({ item, sequence: one.sequence, hasFailed: true })
        failed(error)
        if (!isPassing(error)) continue
        if (!waiting.has(item)) waiting.set(item, one)
        setTimeout(() => void run(), RETRY_MS)
        break
      }
    }
    isBusy = false
    for (const told of idle) told()
    idle.clear()
  }
  return {
    keep: (one: Keep) => {
      waiting.set(one.item, one)
      void run()
    },
    /** Calls back when nothing is on its way any more, at once where nothing is. */
    whenIdle: (call: () => void) => {
      if (isBusy) idle.add(call)
      else call()
    },
  }
}
