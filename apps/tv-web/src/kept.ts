import type { TvAiring, TvGuide } from '@tongxin/contract/television.tv'

/** What the set keeps when its plug is pulled. */
type Kept = {
  readonly key: string
  readonly guide: TvGuide
  /** Airings that the server has not yet taken to the end. */
  readonly airings: readonly TvAiring[]
}

const place = (name: keyof Kept): string => `tongxin.tv.${name}`

export function kept<K extends keyof Kept>(name: K): Kept[K] | null {
  try {
    return JSON.parse(localStorage.getItem(place(name)) ?? 'null') as Kept[K] | null
  } catch {
    // Cut off by a pulled plug: as good as nothing.
    return null
  }
}
export function keep<K extends keyof Kept>(name: K, value: Kept[K] | null): void {
  if (value === null) localStorage.removeItem(place(name))
  else localStorage.setItem(place(name), JSON.stringify(value))
}

/** Forgets everything of the unit: the set was taken away from it. */
export function forgetAll(): void {
  keep('key', null)
  keep('guide', null)
  keep('airings', null)
  if ('caches' in self) void caches.delete('tv-media')
}
