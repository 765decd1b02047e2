import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Playback } from '@tongxin/contract/media.words'
import { Button } from '@tongxin/ui'
import { Download, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { forgetMedia, keepMedia, keepsMedia, keptMedia, NoRoom } from './offline-media.ts'

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

/** Keeps a medium on the device for where there is no network, says how far that is, and takes it off again. */
export function KeepButton({ playback }: { playback: Playback }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const key = ['kept-media', playback.id]
  const kept = useQuery({ queryKey: key, queryFn: () => keptMedia(playback.id), networkMode: 'always', staleTime: 0 })
  const [percent, setPercent] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const leaving = useRef<AbortController | null>(null)
  useEffect(() => () => leaving.current?.abort(), [])
  const refresh = () => client.invalidateQueries({ queryKey: key })
  if (!keepsMedia() || kept.isPending) return null
  if (kept.data) {
    return (
      <Button
        kind="quiet"
        icon={<Trash2 aria-hidden="true" />}
        onClick={() => void forgetMedia(playback.id).then(refresh)}
      >
        {t('words.media.player.unsave')} · {megabytes(kept.data.bytes)}
      </Button>
    )
  }
  if (!playback.offline) return null
  const all = playback.offline.bytes ?? 0
  const keep = async () => {
    const { signal } = (leaving.current = new AbortController())
    setError(null)
    setPercent(0)
    try {
      await keepMedia(playback, (done) => setPercent(all > 0 ? Math.floor((done / all) * 100) : 0), signal)
      await refresh()
    } catch (cause) {
      if (!signal.aborted) setError(cause)
    }
    setPercent(null)
  }
  return (
    <>
      <Button kind="quiet" isBusy={percent !== null} icon={<Download aria-hidden="true" />} onClick={() => void keep()}>
        {percent === null
          ? `${t('words.media.player.save')} · ${megabytes(all)}`
          : t('words.media.player.saving', { percent })}
      </Button>
      {error === null ? null : (
        <p role="alert" className="player-note">
          {error instanceof NoRoom
            ? t('words.media.player.noSpace', { size: megabytes(error.needed), free: megabytes(error.free) })
            : t('words.media.player.saveFailed')}
        </p>
      )}
    </>
  )
}
