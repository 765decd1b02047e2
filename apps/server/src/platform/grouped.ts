import { isDatabaseAway } from './problem.ts'

type Waiting<A, R> = {
  readonly ask: A
  readonly resolve: (reply: R) => void
  readonly reject: (error: unknown) => void
}

/**
 * Hot writes: what arrives while one group is being written waits and becomes the next group, at most `most` at once.
 * Each caller is answered after the commit of its group. `work` returns a reply or an error for each ask, in order; a
 * group that fails as a whole is done again one by one, so that one ask cannot spoil the others.
 */
export function grouped<A, R>(
  work: (asks: readonly A[]) => Promise<readonly (R | Error)[]>,
  most: number,
): (ask: A) => Promise<R> {
  const waiting: Waiting<A, R>[] = []
  let running = false

  const settle = async (group: readonly Waiting<A, R>[]): Promise<void> => {
    try {
      const replies = await work(group.map(({ ask }) => ask))
      for (const [at, one] of group.entries()) {
        const reply = replies[at]
        if (reply === undefined || reply instanceof Error) one.reject(reply ?? new Error('no reply for a grouped ask'))
        else one.resolve(reply)
      }
    } catch (error) {
      if (group.length === 1 || isDatabaseAway(error)) for (const one of group) one.reject(error)
      else for (const one of group) await settle([one])
    }
  }
  const run = async (): Promise<void> => {
    running = true
    // A turn of the event loop, so that requests already read from the network join the first group.
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0) await settle(waiting.splice(0, most))
    running = false
  }
  return (ask) =>
    new Promise((resolve, reject) => {
      waiting.push({ ask, resolve, reject })
      if (!running) void run()
    })
}
