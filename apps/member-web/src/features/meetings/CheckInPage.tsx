import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ScreenProps } from '@tongxin/client/screen'
import { useSession } from '@tongxin/client/session'
import { checkIn } from '@tongxin/contract/meetings.own'
import { Button, EmptyState, RefusalText, TextInput, timeOf } from '@tongxin/ui'
import { CloudUpload } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sendOrKeep } from '../../shared/offline-queue.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { startScanner } from '../../shared/scanner.ts'
import { comingMeetings } from './meetings.api.ts'
import { isCheckInOpen, isTypedCode, scanOf } from './meetings.format.ts'
import './meetings.css'

type Read = { readonly meetingId: string; readonly code: string }

/**
 * Checking in: the camera opens at once, the six figures can be typed below. A code that the phone's own camera read
 * arrives in the address and is sent without another touch. Without a network the code is kept with its time.
 */
export function Page({ search }: ScreenProps) {
  const { t } = useTranslation()
  const act = useCheckIn()
  const meetingId = useMeetingId(search.m)
  const fromAddress = search.m && search.c ? { meetingId: search.m, code: search.c } : null
  const isSent = useRef(false)
  // Synchronises with the address: a scanned code is handed in once.
  useEffect(() => {
    if (!fromAddress || isSent.current) return
    isSent.current = true
    act.mutate(fromAddress)
  })
  if (act.data?.state === 'done')
    return <Done ordinal={act.data.reply.ordinal} at={act.data.reply.at} isLate={act.data.reply.late} />
  if (act.data?.state === 'kept') return <Kept />
  return (
    <PageFrame title={t('meetings.checkIn')}>
      <RefusalText error={act.error} />
      {fromAddress && act.isPending ? (
        <p role="status">{t('meetings.checkingIn')}</p>
      ) : (
        <Camera onRead={(read) => act.isPending || act.mutate(read)} />
      )}
      <TypedCode
        meetingId={meetingId}
        isBusy={act.isPending}
        onTyped={(code) => meetingId && act.mutate({ meetingId, code })}
      />
    </PageFrame>
  )
}

function useCheckIn() {
  const { t } = useTranslation()
  const session = useSession()
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ meetingId, code }: Read) => {
      const now = new Date()
      const input = { params: { id: meetingId }, body: { code, capturedAt: now.toISOString() } }
      return sendOrKeep(checkIn, input, { personId: session.person?.id ?? '', label: t('meetings.checkIn'), now })
    },
    onSuccess: (outcome) => {
      if (outcome.state === 'done') navigator.vibrate?.(80)
      return client.invalidateQueries({ queryKey: ['meetings'] })
    },
  })
}

/** The meeting of the address, else the one that is open now. */
function useMeetingId(named: string | undefined): string | null {
  const { data } = useQuery(comingMeetings)
  if (named) return named
  return data?.rows.find((row) => isCheckInOpen(row, Date.now()) && row.checkIn === null)?.id ?? null
}

function Camera({ onRead }: { onRead: (read: Read) => void }) {
  const { t } = useTranslation()
  const video = useRef<HTMLVideoElement>(null)
  const [isMissing, setMissing] = useState(false)
  const [isForeign, setForeign] = useState(false)
  const read = useRef(onRead)
  read.current = onRead
  // Synchronises with the camera: on while this is shown, off afterwards, whatever happened in between.
  useEffect(() => {
    let stop: (() => void) | null = null
    let isGone = false
    const onText = (text: string) => {
      const scan = scanOf(text)
      setForeign(!scan)
      if (scan) read.current(scan)
    }
    startScanner(video.current as HTMLVideoElement, onText).then(
      (stopper) => (isGone ? stopper() : (stop = stopper)),
      () => setMissing(true),
    )
    return () => {
      isGone = true
      stop?.()
    }
  }, [])
  if (isMissing) return <p className="card hint">{t('meetings.noCamera')}</p>
  return (
    <figure className="viewfinder">
      <video ref={video} muted playsInline aria-label={t('meetings.camera')} />
      <figcaption>
        <span role="status">{isForeign ? t('meetings.foreignCode') : t('meetings.aim')}</span>
      </figcaption>
    </figure>
  )
}

function TypedCode({
  meetingId,
  isBusy,
  onTyped,
}: {
  meetingId: string | null
  isBusy: boolean
  onTyped: (code: string) => void
}) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const whyNot = meetingId === null ? t('meetings.noneOpen') : isTypedCode(code) ? undefined : t('meetings.sixNeeded')
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault()
        if (!whyNot) onTyped(code)
      }}
    >
      <TextInput
        label={t('meetings.sixFigures')}
        help={t('meetings.sixHelp')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        className="six"
        value={code}
        onChange={(text) => setCode(text.replace(/\D/g, ''))}
      />
      <Button kind="primary" wide type="submit" isBusy={isBusy} whyNot={whyNot}>
        {t('meetings.checkIn')}
      </Button>
    </form>
  )
}

function Done({ ordinal, at, isLate }: { ordinal: number; at: string; isLate: boolean }) {
  const { t } = useTranslation()
  return (
    <PageFrame title={t('meetings.checkIn')}>
      <section className="card done" role="status">
        <svg viewBox="0 0 64 64" aria-hidden="true">
          <circle cx="32" cy="32" r="30" />
          <path d="M19 33l9 9 18-20" />
        </svg>
        <p className="done-words">{t('meetings.checkedIn', { time: timeOf(at), ordinal })}</p>
        {isLate ? <p className="hint">{t('meetings.late')}</p> : null}
      </section>
    </PageFrame>
  )
}

function Kept() {
  const { t } = useTranslation()
  return (
    <PageFrame title={t('meetings.checkIn')}>
      <EmptyState title={t('meetings.kept')} icon={<CloudUpload aria-hidden="true" />}>
        {t('meetings.keptHint')}
      </EmptyState>
    </PageFrame>
  )
}
