import { AsyncLocalStorage } from 'node:async_hooks'

const instants = new AsyncLocalStorage<Date>()

/** The clock of an application that lives through a year in seconds: each piece of work has its own instant. */
export const virtualClock = (now: Date) => (): Date => instants.getStore() ?? now

/** Does the work as of an instant, at the latest today; everything that it starts sees this instant as now. */
export const at = <T>(instant: Date, work: () => Promise<T>): Promise<T> =>
  instants.run(new Date(Math.min(instant.getTime(), Date.now())), work)
