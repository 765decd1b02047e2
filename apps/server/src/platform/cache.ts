import { LRUCache } from 'lru-cache'

/**
 * At most `most` entries, of which the least recently used go first; with `ttl` also those older than that many
 * milliseconds. Counted as sizes of one: lru-cache lays out all places of a `max` at once, 2 MB for 50,000 of them.
 */
export const cacheOf = <V extends {}>(
  most: number,
  more: { readonly ttl?: number; readonly noUpdateTTL?: boolean } = {},
): LRUCache<string, V> => new LRUCache<string, V>({ ...more, maxSize: most, sizeCalculation: () => 1 })
