import { useQuery } from '@tanstack/react-query'
import type { ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { enterRoom, type TelevisionRoom } from '@tongxin/contract/television.tv'
import { Button, EmptyState, ErrorState, Lamp, RefusalText, Skeleton, TextInput, timeOf } from '@tongxin/ui'
import { Tv } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { startScanner } from '../../shared/scanner.ts'
import { roomsQuery, type Scanned, scanOf } from './television.api.ts'
import './television.css'

/**
 * Rooms in which something plays now. A code that the phone's own camera read arrives in the address and is sent
 * without another touch; otherwise the camera opens here, or the six figures are typed.
 */
export function Page({ search }: ScreenProps) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(roomsQuery)
  const enter = useWrite(enterRoom, {
    refreshes: [['television']],
    onDone: () => navigator.vibrate?.(80),
  })
  const send = ({ airingId, code }: Scanned) => enter.mutate({ params: { id: airingId }, body: { code } })
  const fromAddress = search.r && search.c ? { airingId: search.r, code: search.c } : null
  const isSent = useRef(false)
  // Synchronises with the address: a scanned code is handed in once.
  useEffect(() => {
    if (!fromAddress || isSent.current) return
    isSent.current = true
    send(fromAddress)
  })
  return (
    <PageFrame title={t('television.title')}>
      {enter.data ? (
        <p className="card television-done" role="status">
          {t('television.entered', { title: enter.data.title })}
        </p>
      ) : null}
      <RefusalText error={enter.error} />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data || error ? null : <Skeleton lines={4} />}
      {data?.rows.length === 0 ? (
        <EmptyState title={t('television.none')} icon={<Tv aria-hidden="true" />}>
          {t('television.noneHint')}
        </EmptyState>
      ) : null}
      {data && data.rows.length > 0 ? <Camera onRead={(read) => enter.isPending || send(read)} /> : null}
      {data?.rows.map((room) => (
        <Room key={room.airingId} room={room} isBusy={enter.isPending} onTyped={send} />
      ))}
    </PageFrame>
  )
}

function Room(props: { room: TelevisionRoom; isBusy: boolean; onTyped: (typed: Scanned) => void }) {
  const { t } = useTranslation()
  const { room, isBusy, onTyped } = props
  const [code, setCode] = useState('')
  const whyNot = code.length === 6 ? undefined : t('television.sixNeeded')
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault()
        if (!whyNot) onTyped({ airingId: room.airingId, code })
      }}
    >
      <h2>{room.title}</h2>
      <p className="hint">
        {[room.setName, room.place, room.orgName, t('television.began', { at: timeOf(room.beganAt) })]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {room.isPresent ? (
        <Lamp state="ok">{t('television.present')}</Lamp>
      ) : (
        <>
          <TextInput
            label={t('television.six')}
            help={t('television.sixHelp')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            value={code}
            onChange={(text) => setCode(text.replace(/\D/g, ''))}
          />
          <Button kind="primary" wide type="submit" isBusy={isBusy} whyNot={whyNot}>
            {t('television.enter')}
          </Button>
        </>
      )}
    </form>
  )
}

/** Opened by a touch, because typing is the usual way and a camera that is on frightens people. */
function Camera({ onRead }: { onRead: (read: Scanned) => void }) {
  const { t } = useTranslation()
  const [isOn, setOn] = useState(false)
  const [isMissing, setMissing] = useState(false)
  const video = useRef<HTMLVideoElement>(null)
  const read = useRef(onRead)
  read.current = onRead
  // Synchronises with the camera: on while this is shown, off afterwards, whatever happened in between.
  useEffect(() => {
    if (!isOn || !video.current) return
    let stop: (() => void) | null = null
    let isGone = false
    const onText = (text: string) => {
      const scanned = scanOf(text)
      if (!scanned) return
      setOn(false)
      read.current(scanned)
    }
    startScanner(video.current, onText).then(
      (stopper) => (isGone ? stopper() : (stop = stopper)),
      () => setMissing(true),
    )
    return () => {
      isGone = true
      stop?.()
    }
  }, [isOn])
  if (isMissing) return <p className="card hint">{t('television.noCamera')}</p>
  if (!isOn)
    return (
      <Button wide onClick={() => setOn(true)}>
        {t('television.scan')}
      </Button>
    )
  return <video ref={video} className="television-finder" muted playsInline aria-label={t('television.camera')} />
}
