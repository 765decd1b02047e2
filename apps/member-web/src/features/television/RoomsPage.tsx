import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { enterRoom, type TelevisionRoom } from '@tongxin/contract/television.tv'
import { Button, EmptyState, ErrorState, Lamp, RefusalText, Skeleton, TextInput, timeOf } from '@tongxin/ui'
import { Tv } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { Camera } from './Camera.tsx'
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
  // Most people never pair a set: for them a button that says why not would only be in the way.
  const mayPair = !useCan()('television.write').whyNot
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
      {data && data.rows.length > 0 ? (
        <Camera
          verb={t('television.scan')}
          reading={scanOf}
          onRead={(read) => {
            if (!enter.isPending) send(read)
          }}
        />
      ) : null}
      {mayPair ? (
        <Link className="tx-button" to={paths.television.pair()}>
          {t('television.pair')}
        </Link>
      ) : null}
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
