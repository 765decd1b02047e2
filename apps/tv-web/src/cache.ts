/** Programmes kept on the set, whole, under their edition. Where the browser has no cache, the latest one in memory. */
const CACHE = 'tv-media'
const MOST_IN_MEMORY = 200 * 1024 * 1024

let inMemory: { edition: string; bytes: Blob } | null = null
const hasCache = (): boolean => 'caches' in self
const place = (edition: string): string => `/tv/kept/${edition}`

export async function keptBytes(edition: string): Promise<Blob | null> {
  if (inMemory && inMemory.edition === edition) return inMemory.bytes
  if (!hasCache()) return null
  const found = await (await caches.open(CACHE)).match(place(edition))
  return found ? found.blob() : null
}

/** Fetches a programme for keeping. False: it is too large for this set, or its disk is full. */
export async function keepBytes(edition: string, url: string, bytes: number | null): Promise<boolean> {
  if (!hasCache() && (bytes === null || bytes > MOST_IN_MEMORY)) return false
  const response = await fetch(url, { credentials: 'omit' })
  if (!response.ok) return false
  const whole = await response.blob()
  if (bytes !== null && whole.size !== bytes) return false
  if (!hasCache()) {
    inMemory = { edition, bytes: whole }
    return true
  }
  try {
    await (await caches.open(CACHE)).put(place(edition), new Response(whole))
    return true
  } catch {
    // The disk of the set is full: the stream still plays.
    return false
  }
}

export async function isKept(edition: string): Promise<boolean> {
  if (inMemory && inMemory.edition === edition) return true
  return hasCache() && (await (await caches.open(CACHE)).match(place(edition))) !== undefined
}

/** Lets go of what no channel plays any more. */
export async function keepOnly(editions: readonly string[]): Promise<void> {
  if (!hasCache()) return
  const cache = await caches.open(CACHE)
  const wanted = editions.map(place)
  for (const request of await cache.keys())
    if (wanted.indexOf(new URL(request.url).pathname) < 0) await cache.delete(request)
}

/** The page and its files, so that a set that is switched on without a network shows more than an error. */
export async function keepShell(): Promise<void> {
  if (!hasCache() || !('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register('/tv/sw.js', { scope: '/tv/' })
  const files = ['/tv/']
  for (const one of Array.from(document.querySelectorAll('script[src]'))) files.push((one as HTMLScriptElement).src)
  for (const one of Array.from(document.querySelectorAll('link[rel=stylesheet]')))
    files.push((one as HTMLLinkElement).href)
  await caches.delete('tv-shell')
  await (await caches.open('tv-shell')).addAll(files)
}
