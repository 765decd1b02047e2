import { isDatabaseAway } from './problem.ts'

type Waiting<A, R> = {
  readonly ask: A
  readonly resolve: (reply: R) => void
  readonly reject: (error: unknown) => void
}

export type Grouping = {
  /** At most so many asks in one group. */
  readonly most: number
  /** At most so many groups on their way; further ones begin only when they are `worth` it. */
  readonly atOnce: number
  /** A group of so many asks begins beside another one; a smaller one waits until nothing is on its way. */
  readonly worth: number
}

/**
 * Hot writes: what arrives while groups are being written waits and becomes the next group. Each caller is answered
 * after the commit of its group. `work` returns a reply or an error for each ask, in order; a group that fails as a
 * whole is done again one by one, so that one ask cannot spoil the others.
 */
export function grouped<A, R>(
  work: (asks: readonly A[]) => Promise<readonly (R | Error)[]>,
  { most, atOnce, worth }: Grouping,
): (ask: A) => Promise<R> {
  const waiting: Waiting<A, R>[] = []
  let running = 0
  let isBeginning = false

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
    running += 1
    await settle(waiting.splice(0, most))
    running -= 1
    begin()
  }
  const begin = (): void => {
    if (isBeginning || waiting.length === 0) return
    if (running > 0 && (running >= atOnce || waiting.length < worth)) return
    isBeginning = true
    // A turn of the event loop, so that requests already read from the network join the group.
    setImmediate(() => {
      isBeginning = false
      void run()
      begin()
    })
  }
  return (ask) =>
    new Promise((resolve, reject) => {
      waiting.push({ ask, resolve, reject })
      begin()
    })
}
