import type { MediaRow } from '@tongxin/contract/media'
import type { LampState } from '@tongxin/ui'

export function lampOf(row: Pick<MediaRow, 'state' | 'removedAt'>): LampState {
  if (row.removedAt !== null) return 'idle'
  if (row.state === 'failed') return 'late'
  if (row.state === 'ready') return 'ok'
  return row.state === 'original' ? 'warn' : 'info'
}

/** What the browser can tell about a file before it is sent: how long it is. Null when it cannot play it. */
export function secondsOf(file: File): Promise<number | null> {
  const url = URL.createObjectURL(file)
  const probe = document.createElement('video')
  return new Promise<number | null>((resolve) => {
    const limit = setTimeout(() => resolve(null), 5000)
    const end = (seconds: number | null) => {
      clearTimeout(limit)
      resolve(seconds)
    }
    probe.preload = 'metadata'
    probe.addEventListener('loadedmetadata', () => {
      const { duration } = probe
      end(Number.isFinite(duration) && duration >= 0.5 && duration <= 86_400 ? Math.round(duration) : null)
    })
    probe.addEventListener('error', () => end(null))
    probe.src = url
  }).finally(() => {
    probe.removeAttribute('src')
    URL.revokeObjectURL(url)
  })
}

export const MEDIA_ACCEPT = '.mp4,.m4v,.webm,.mov,.mp3,.m4a,.ogg,.oga,.opus,.wav,video/*,audio/*'
