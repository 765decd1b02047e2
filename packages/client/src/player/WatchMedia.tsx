import { useQuery, useQueryClient } from '@tanstack/react-query'
import { playMedia } from '@tongxin/contract/media'
import type { Playback } from '@tongxin/contract/media.words'
import { ErrorState, Skeleton } from '@tongxin/ui'
import { call } from '../call.ts'
import { MediaPlayer, type PlayerProps } from './MediaPlayer.tsx'

type Props = Omit<PlayerProps, 'playback' | 'onBroken'> & {
  readonly mediaId: string
  /** Where the links come from, when not from the endpoint for people who are signed in. */
  readonly load?: (signal: AbortSignal) => Promise<Playback>
}

/** A medium by its id: asks for its links, and for new ones when they have become too old. */
export function WatchMedia({ mediaId, load, ...player }: Props) {
  const client = useQueryClient()
  const queryKey = ['playback', mediaId]
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => (load ? load(signal) : call(playMedia, { params: { id: mediaId }, signal })),
    // New links would begin the stream anew; they are asked for when the old ones fail.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    // A copy on the device needs no network.
    networkMode: 'always',
    retry: false,
  })
  if (query.isPending) return <Skeleton lines={4} />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return (
    <MediaPlayer
      key={mediaId}
      playback={query.data}
      onBroken={() => void client.invalidateQueries({ queryKey })}
      {...player}
    />
  )
}
