import type { Playback } from '@tongxin/contract/media.words'
import { Button } from '@tongxin/ui'
import { Headphones, MonitorPlay, RotateCcw, RotateCw } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addTracks, keepLanguage, keptLanguage, showTrack } from './captions.ts'
import { clockOf } from './clock.ts'
import { Transcript } from './Transcript.tsx'
import { usePlaying } from './use-playing.ts'
import './player.css'

const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2] as const
const STEP_SECONDS = 10
const SPEED_KEPT = 'tongxin.speed'

export type PlayerProps = {
  readonly playback: Playback
  /** Seconds from the beginning. */
  readonly startAt?: number
  readonly onPosition?: (seconds: number) => void
  readonly onEnded?: () => void
  /** It plays no more: the links may be too old. */
  readonly onBroken?: () => void
  /** Further acts under the picture: saving, taking a note. */
  readonly acts?: ReactNode
}

/**
 * Plays a video or a sound with the browser's own controls, which keyboards and screen readers know. Nothing starts by
 * itself, nothing is locked: it may be left, skipped and played faster. `key` it by the id of the medium.
 */
export function MediaPlayer({ playback, startAt = 0, onPosition, onEnded, onBroken, acts }: PlayerProps) {
  const { t } = useTranslation()
  const ref = useRef<HTMLVideoElement>(null)
  const [isSoundOnly, setIsSoundOnly] = useState(false)
  const playing = usePlaying(ref, { playback, isSoundOnly, startAt, onPosition, onEnded })
  const toSecond = (second: number) => {
    if (!ref.current) return
    ref.current.currentTime = second
    playing.forgetResumed()
  }
  const label = t('words.media.player.label', { title: playback.title })
  return (
    <section className="player" data-kind={playback.kind} data-sound={isSoundOnly || undefined} aria-label={label}>
      <video
        ref={ref}
        controls
        playsInline
        preload="metadata"
        controlsList="nodownload"
        aria-label={playback.title}
        poster={playback.poster ?? undefined}
      />
      {playing.isBroken ? <Broken onAgain={onBroken} /> : null}
      {playing.resumedAt === null ? null : (
        <p className="player-note" role="status">
          {t('words.media.player.resumed', { at: clockOf(playing.resumedAt) })}{' '}
          <Button kind="quiet" onClick={() => toSecond(0)}>
            {t('words.media.player.fromStart')}
          </Button>
        </p>
      )}
      <div className="player-acts">
        <Steps element={ref} />
        <Speed element={ref} />
        <Captions element={ref} captions={playback.captions} />
        {playback.kind === 'video' && playback.sound ? (
          <Button
            kind="quiet"
            aria-pressed={isSoundOnly}
            icon={isSoundOnly ? <MonitorPlay aria-hidden="true" /> : <Headphones aria-hidden="true" />}
            onClick={() => setIsSoundOnly(!isSoundOnly)}
          >
            {t(isSoundOnly ? 'words.media.player.picture' : 'words.media.player.soundOnly')}
          </Button>
        ) : null}
        {acts}
      </div>
      <Transcript playback={playback} second={playing.second} onJump={toSecond} />
      <p className="player-source">
        {t('words.media.player.source')} {playback.source} · {t('words.media.player.rights')} {playback.copyright}
      </p>
    </section>
  )
}

function Broken({ onAgain }: { onAgain: (() => void) | undefined }) {
  const { t } = useTranslation()
  return (
    <div className="player-broken" role="alert">
      <p>{t('words.media.player.broken')}</p>
      <p className="hint">{t('words.media.player.brokenHint')}</p>
      {onAgain ? <Button onClick={onAgain}>{t('words.media.player.again')}</Button> : null}
    </div>
  )
}

type Element = RefObject<HTMLVideoElement | null>

function Steps({ element }: { element: Element }) {
  const { t } = useTranslation()
  const step = (seconds: number) => {
    if (element.current) element.current.currentTime += seconds
  }
  return (
    <>
      <Button
        kind="quiet"
        aria-label={t('words.media.player.back')}
        icon={<RotateCcw aria-hidden="true" />}
        onClick={() => step(-STEP_SECONDS)}
      >
        10
      </Button>
      <Button
        kind="quiet"
        aria-label={t('words.media.player.forward')}
        icon={<RotateCw aria-hidden="true" />}
        onClick={() => step(STEP_SECONDS)}
      >
        10
      </Button>
    </>
  )
}

function Speed({ element }: { element: Element }) {
  const { t } = useTranslation()
  const id = useId()
  const [speed, setSpeed] = useState(() => {
    const kept = Number(localStorage.getItem(SPEED_KEPT))
    return SPEEDS.find((one) => one === kept) ?? 1
  })
  useEffect(() => {
    if (!element.current) return
    // A new stream goes back to the default, not to what was set.
    element.current.defaultPlaybackRate = speed
    element.current.playbackRate = speed
  }, [element, speed])
  return (
    <label className="player-choice" htmlFor={id}>
      <span>{t('words.media.player.speed')}</span>
      <select
        id={id}
        className="tx-input"
        value={speed}
        onChange={(event) => {
          const chosen = SPEEDS.find((one) => one === Number(event.target.value)) ?? 1
          localStorage.setItem(SPEED_KEPT, String(chosen))
          setSpeed(chosen)
        }}
      >
        {SPEEDS.map((one) => (
          <option key={one} value={one}>
            {one}×
          </option>
        ))}
      </select>
    </label>
  )
}

function Captions({ element, captions }: { element: Element; captions: Playback['captions'] }) {
  const { t } = useTranslation()
  const id = useId()
  const [language, setLanguage] = useState(() => keptLanguage(captions))
  useEffect(() => {
    if (!element.current) return
    addTracks(element.current, captions)
    showTrack(element.current, language)
  }, [element, captions, language])
  if (captions.length === 0) return null
  return (
    <label className="player-choice" htmlFor={id}>
      <span>{t('words.media.player.captions')}</span>
      <select
        id={id}
        className="tx-input"
        value={language}
        onChange={(event) => {
          keepLanguage(event.target.value)
          setLanguage(event.target.value)
        }}
      >
        <option value="">{t('words.media.player.captionsOff')}</option>
        {captions.map((one) => (
          <option key={one.language} value={one.language}>
            {one.label}
          </option>
        ))}
      </select>
    </label>
  )
}
