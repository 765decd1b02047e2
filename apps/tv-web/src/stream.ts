import type { Playback } from '@tongxin/contract/media.words'

/** What is used of hls.js, which is loaded as a script of its own, and only when a stream needs it. */
type HlsProgram = {
  loadSource(url: string): void
  attachMedia(element: HTMLMediaElement): void
  startLoad(): void
  recoverMediaError(): void
  destroy(): void
  on(event: string, heard: (event: string, data: { readonly fatal: boolean; readonly type: string }) => void): void
}
type HlsMaker = {
  new (settings: object): HlsProgram
  isSupported(): boolean
  readonly Events: { readonly ERROR: string }
  readonly ErrorTypes: { readonly NETWORK_ERROR: string; readonly MEDIA_ERROR: string }
}
/** Where the build has put hls.js. */
declare const __HLS_FILE__: string
declare global {
  interface Window {
    Hls?: HlsMaker
  }
}

const NATIVE = 'application/vnd.apple.mpegurl'
let loading: Promise<HlsMaker | undefined> | null = null

function loadHls(): Promise<HlsMaker | undefined> {
  loading ??= new Promise((resolve) => {
    const script = document.createElement('script')
    script.src = __HLS_FILE__
    script.onload = () => resolve(window.Hls)
    script.onerror = () => {
      // Tried again with the next programme: the network may be back by then.
      loading = null
      resolve(undefined)
    }
    document.head.appendChild(script)
  })
  return loading
}

/** Takes the stream off the element again. */
export type Detach = () => void

type Heard = {
  /** The stream did not play here before. */
  readonly wantsWhole: boolean
  /** Nothing more comes from the network; what is buffered still plays, and asking goes on. */
  readonly onLost: () => void
  readonly onUnplayable: () => void
}

/** Plays what the server offers: the stream, by the set itself or by hls.js, or the whole file where there is none. */
export async function attach(video: HTMLVideoElement, playback: Playback, heard: Heard): Promise<Detach> {
  const whole = playback.offline ?? playback.original
  if (playback.hls === null || (heard.wantsWhole && whole)) return plainly(video, whole ? whole.url : '')
  if (video.canPlayType(NATIVE) !== '') return plainly(video, playback.hls.url)
  const Hls = await loadHls()
  if (!Hls || !Hls.isSupported()) return plainly(video, (whole ?? playback.hls).url)
  // Workers from blobs are what the policy of the page forbids. Ten minutes ahead bridge most lost networks.
  const hls = new Hls({
    enableWorker: false,
    capLevelToPlayerSize: true,
    maxBufferLength: 600,
    maxMaxBufferLength: 900,
  })
  let repairs = 0
  let isGone = false
  hls.on(Hls.Events.ERROR, (_event, { fatal, type }) => {
    if (!fatal || isGone) return
    if (type === Hls.ErrorTypes.NETWORK_ERROR && video.readyState === 0) heard.onUnplayable()
    else if (type === Hls.ErrorTypes.NETWORK_ERROR) {
      setTimeout(() => isGone || hls.startLoad(), 5000)
      heard.onLost()
    } else if (type === Hls.ErrorTypes.MEDIA_ERROR && repairs < 3) {
      repairs += 1
      hls.recoverMediaError()
    } else heard.onUnplayable()
  })
  hls.loadSource(playback.hls.url)
  hls.attachMedia(video)
  return () => {
    isGone = true
    hls.destroy()
  }
}

export function plainly(video: HTMLVideoElement, url: string): Detach {
  video.src = url
  return () => {
    video.removeAttribute('src')
    video.load()
  }
}
