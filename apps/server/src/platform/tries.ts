import { cacheOf } from './cache.ts'
import type { Platform } from './platform.ts'

/** So many keys are counted at once; those that were not seen for longest go first. */
const MOST_KEYS = 50_000

export type Tries = {
  readonly minutes: number
  /** Whether the key has used up its tries and waits. */
  isOver(key: string): boolean
  count(key: string): void
}

/**
 * Tries that end guessing: a key (an address, a person and a room) has `most` of them within `minutes` of its first,
 * then it waits for the end of that time. Counted in this process; what must outlive it is counted in the database.
 */
export function triesOf(most: number, minutes: number): Tries {
  const counts = cacheOf<number>(MOST_KEYS, { ttl: minutes * 60_000, noUpdateTTL: true })
  return {
    minutes,
    isOver: (key) => (counts.get(key) ?? 0) >= most,
    count: (key) => void counts.set(key, (counts.get(key) ?? 0) + 1),
  }
}

/** IPv6 customers own a /64: the whole of it is one address. */
export const networkOf = (address: string): string =>
  address.includes(':') && !address.startsWith('::ffff:') ? address.split(':').slice(0, 4).join(':') : address

/** Tries by address: each server counts its own, since two in one process may be asked from the same house. */
export function triesByAddress(most: number, minutes: number): (platform: Platform) => Tries {
  const counters = new WeakMap<Platform, Tries>()
  return (platform) => {
    const tries = counters.get(platform) ?? triesOf(most, minutes)
    counters.set(platform, tries)
    return tries
  }
}
