import { useQuery } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { WatchMedia } from '@tongxin/client/media-player'
import { playMedia, playPublicMedia } from '@tongxin/contract/media'
import { KeepButton } from './KeepButton.tsx'
import { keptPlayback } from './offline-media.ts'

/**
 * A video or a sound inside a lesson: the copy on the device when there is one, else the stream. `startAt` and
 * `onPosition` are whole seconds; the lesson keeps them. `key` it by the id of the medium.
 */
export function Watch(props: {
  mediaId: string
  /** Read without signing in. */
  isPublic?: boolean
  mayKeep?: boolean
  startAt?: number
  onPosition?: (seconds: number) => void
  onEnded?: () => void
}) {
  const { mediaId, isPublic = false, mayKeep = false, ...player } = props
  const load = async (signal: AbortSignal) => {
    const kept = await keptPlayback(mediaId)
    if (kept) return kept
    const params = { id: mediaId }
    return isPublic ? call(playPublicMedia, { params, signal }) : call(playMedia, { params, signal })
  }
  return <WatchMedia mediaId={mediaId} load={load} {...player} acts={mayKeep ? <Keep mediaId={mediaId} /> : null} />
}

/** Beside the player, from the same links. */
function Keep({ mediaId }: { mediaId: string }) {
  const { data } = useQuery<Parameters<typeof KeepButton>[0]['playback']>({
    queryKey: ['playback', mediaId],
    enabled: false,
  })
  return data ? <KeepButton playback={data} /> : null
}
