import { useQuery } from '@tanstack/react-query'
import type { ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { ErrorState, Skeleton, timeOf } from '@tongxin/ui'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { HallItem } from './HallItem.tsx'
import { codeQuery, meetingQuery } from './meetings.api.ts'
import { QrCode } from './QrCode.tsx'
import './meetings.css'

/** For the projector: the code of the running half minute, how long it holds, who has arrived. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const id = params.id ?? ''
  useLive(['meetings.checked_in', 'meetings.check_in_struck'], [['meetings', 'code', id]])
  useLive(['meetings.item_shown', 'meetings.voted', 'meetings.checked_in'], [['meetings', 'one', id]])
  const { data: meeting } = useQuery(meetingQuery(id))
  const { data, error, refetch, dataUpdatedAt } = useQuery(codeQuery(id))
  const now = useServerTime(data?.now, dataUpdatedAt)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={12} />
  // The server sends the next code along, so the screen changes on time without asking.
  const code = data.codes.find((one) => now >= Date.parse(one.from) && now < Date.parse(one.until)) ?? data.codes.at(-1)
  const left = code ? Math.max(0, Math.ceil((Date.parse(code.until) - now) / 1000)) : 0
  return (
    <div className="check-in-screen">
      <title>{t('meetings.checkInScreen')}</title>
      <header>
        <h1>{meeting?.title}</h1>
        <p>{meeting?.orgName}</p>
      </header>
      {meeting ? <HallItem meeting={meeting} /> : null}
      {code ? (
        <figure>
          <QrCode rows={code.qr} label={t('meetings.qrAlt')} />
          <figcaption>
            <output className="figures-big">
              {code.figures.slice(0, 3)} {code.figures.slice(3)}
            </output>
            <progress max={30} value={left} aria-label={t('meetings.holds', { seconds: left })} />
            <span>{t('meetings.holds', { seconds: left })}</span>
          </figcaption>
        </figure>
      ) : (
        <p className="closed">
          {t('meetings.codeClosed', { from: timeOf(data.opensAt), until: timeOf(data.closesAt) })}
        </p>
      )}
      <footer>
        <strong className="arrived">{t('meetings.presentOf', { present: data.present, called: data.called })}</strong>
        <p aria-live="polite">{data.latest.map((one) => `${one.ordinal}. ${one.name}`).join('　')}</p>
      </footer>
    </div>
  )
}

/** The server's clock, ticking here: a desk whose clock is wrong still shows the right code. */
function useServerTime(said: string | undefined, heardAt: number): number {
  const [tick, setTick] = useState(() => Date.now())
  // Synchronises with the clock of this machine.
  useEffect(() => {
    const timer = setInterval(() => setTick(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  return said === undefined ? tick : Date.parse(said) + (tick - heardAt)
}
