/// <reference path="./hls-light.d.ts" />
import type { Playback } from '@tongxin/contract/media.words'

/** How the browsers of one maker, and lately others, play a stream by themselves. */
const NATIVE = 'application/vnd.apple.mpegurl'

export type Wanted = {
  readonly playback: Playback
  readonly isSoundOnly: boolean
  /** The browser's own way has failed: the program is asked instead. */
  readonly isByScript: boolean
  readonly onFatal: () => void
}
/** Takes the stream off the element again. */
export type Detach = () => void

/** Whether the browser plays streams by itself, as far as it says. */
export const playsStreams = (element: HTMLMediaElement): boolean => element.canPlayType(NATIVE) !== ''

/**
 * Gives an element what it is to play: the sound alone, the stream (by the browser, or by hls.js, which is loaded only
 * then), the small file where neither can, or the upload itself.
 */
export async function attachStream(element: HTMLMediaElement, wanted: Wanted, signal: AbortSignal): Promise<Detach> {
  const { playback, isSoundOnly, isByScript } = wanted
  if (isSoundOnly && playback.sound) return plainly(element, playback.sound.url)
  if (playback.hls === null) return plainly(element, (playback.original ?? playback.offline)?.url ?? '')
  if (!isByScript && playsStreams(element)) return plainly(element, playback.hls.url)
  const { default: Hls } = await import('hls.js/light')
  if (signal.aborted) return () => undefined
  if (!Hls.isSupported()) return plainly(element, (playback.offline ?? playback.hls).url)
  // Workers from blobs are what the policy of our pages forbids.
  const hls = new Hls({ enableWorker: false, capLevelToPlayerSize: true, maxBufferLength: 30 })
  let repairs = 0
  hls.on(Hls.Events.ERROR, (_, { fatal, type }) => {
    if (!fatal) return
    repairs += 1
    if (type === Hls.ErrorTypes.MEDIA_ERROR && repairs <= 2) hls.recoverMediaError()
    else wanted.onFatal()
  })
  hls.loadSource(playback.hls.url)
  hls.attachMedia(element)
  return () => hls.destroy()
}

function plainly(element: HTMLMediaElement, url: string): Detach {
  element.src = url
  return () => {
    element.removeAttribute('src')
    element.load()
  }
}
