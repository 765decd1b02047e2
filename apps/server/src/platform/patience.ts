import { setTimeout as wait } from 'node:timers/promises'
import { isConnectionLost } from './problem.ts'

/**
 * Does it again while the database is away: on a busy machine a connection may take longer than the second it is given,
 * which a start must survive. `work` must bear to be done twice. @throws what `work` threw at last
 */
export async function untilThere<T>(work: () => Promise<T>, { times = 20, pauseMs = 500 } = {}): Promise<T> {
  for (let time = 1; ; time += 1) {
    try {
      return await work()
    } catch (error) {
      if (time >= times || !isConnectionLost(error)) throw error
      await wait(pauseMs)
    }
  }
}
