import type { Playback } from '@tongxin/contract/media.words'

/** Lessons kept on this device, apart from the application's shell. */
const CACHE = 'kept-media'
const ROOT = '/kept-media/'
const at = (id: string, part: 'bytes' | 'facts' | 'poster'): string => `${ROOT}${id}/${part}`
/** The browser needs some room for itself. */
const RESERVE = 20 * 1024 * 1024

export type Kept = { readonly id: string; readonly title: string; readonly bytes: number; readonly keptAt: string }
/** There is not enough room: `needed` and `free` in bytes. */
export class NoRoom extends Error {
  readonly needed: number
  readonly free: number
  constructor(needed: number, free: number) {
    super(`${needed} bytes needed, ${free} free`)
    this.name = 'NoRoom'
    this.needed = needed
    this.free = free
  }
}

/** Whether this browser can keep anything; not in private windows and old engines. */
export const keepsMedia = (): boolean => 'caches' in globalThis && 'storage' in navigator

async function freeBytes(): Promise<number> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate()
  return Math.max(0, quota - usage - RESERVE)
}

/**
 * Keeps one small file of a medium on the device, with its captions and its words. @throws NoRoom, TypeError without a
 * network, DOMException when it was given up
 */
export async function keepMedia(
  playback: Playback,
  onBytes: (done: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const from = playback.offline
  if (!from) throw new TypeError('nothing of this medium may be kept')
  const free = await freeBytes()
  if ((from.bytes ?? 0) > free) throw new NoRoom(from.bytes ?? 0, free)
  // Asked for, not relied on: some browsers clear what was not used for weeks.
  await navigator.storage.persist?.().catch(() => false)
  const cache = await caches.open(CACHE)
  try {
    const bytes = await fetched(from.url, signal, onBytes)
    await cache.put(at(playback.id, 'bytes'), new Response(bytes, { headers: { 'content-type': from.type } }))
    if (playback.poster) await keepPoster(cache, playback.id, playback.poster, signal)
    const { captions, copyright, durationSeconds, id, kind, source, title, transcript } = playback
    const facts = { captions, copyright, durationSeconds, id, kind, source, title, transcript, type: from.type }
    const kept: KeptFacts = { ...facts, bytes: from.bytes ?? 0, keptAt: new Date().toISOString() }
    // Last: what has facts is whole.
    await cache.put(at(playback.id, 'facts'), Response.json(kept))
  } catch (error) {
    await forgetMedia(playback.id)
    throw error
  }
}

type KeptFacts = Kept &
  Pick<Playback, 'captions' | 'copyright' | 'durationSeconds' | 'kind' | 'source' | 'transcript'> & { type: string }

/** The whole of a file, piece by piece, so that one sees how far it is. */
async function fetched(url: string, signal: AbortSignal, onBytes: (done: number) => void): Promise<Blob> {
  const response = await fetch(url, { signal, credentials: 'omit' })
  if (!response.ok || !response.body) throw new TypeError(`answered ${response.status}`)
  const pieces: BlobPart[] = []
  let done = 0
  const reader = response.body.getReader()
  for (;;) {
    const { done: isOver, value } = await reader.read()
    if (isOver) break
    pieces.push(value)
    done += value.byteLength
    onBytes(done)
  }
  return new Blob(pieces)
}

/** A lesson without its picture is a lesson all the same. */
async function keepPoster(cache: Cache, id: string, url: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(url, { signal, credentials: 'omit' }).catch(() => null)
  if (response?.ok) await cache.put(at(id, 'poster'), response)
}

/** Takes a medium off the device. */
export async function forgetMedia(id: string): Promise<void> {
  const cache = await caches.open(CACHE)
  for (const part of ['facts', 'bytes', 'poster'] as const) await cache.delete(at(id, part))
}

/** Takes all of them off: whoever signs out leaves nothing behind. */
export const forgetAllMedia = (): Promise<boolean> => caches.delete(CACHE)

async function factsIn(cache: Cache, id: string): Promise<KeptFacts | null> {
  const found = await cache.match(at(id, 'facts'))
  return found ? ((await found.json()) as KeptFacts) : null
}

export async function keptMedia(id: string): Promise<Kept | null> {
  return keepsMedia() ? factsIn(await caches.open(CACHE), id) : null
}

/** The kept copy as a player takes it; null when there is none. Its addresses live as long as the page. */
export async function keptPlayback(id: string): Promise<Playback | null> {
  if (!keepsMedia()) return null
  const cache = await caches.open(CACHE)
  const [facts, bytes] = [await factsIn(cache, id), await cache.match(at(id, 'bytes'))]
  if (!facts || !bytes) return null
  const poster = await cache.match(at(id, 'poster'))
  const { type, bytes: size, keptAt: _, ...rest } = facts
  const original = { url: URL.createObjectURL(await bytes.blob()), type, bytes: size }
  return {
    ...rest,
    until: '9999-12-31T00:00:00.000Z',
    hls: null,
    original,
    sound: null,
    offline: null,
    poster: poster ? URL.createObjectURL(await poster.blob()) : null,
  }
}
