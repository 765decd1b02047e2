import { Button } from '@tongxin/ui'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { startScanner } from '../../shared/scanner.ts'

/** Opened by a touch, because typing is the usual way and a camera that is on frightens people. */
export function Camera<T>(props: {
  verb: string
  /** What is meant by the text in a picture; null: it is another picture, and the camera stays on. */
  reading: (text: string) => T | null
  onRead: (read: T) => void
}) {
  const { t } = useTranslation()
  const [isOn, setOn] = useState(false)
  const [isMissing, setMissing] = useState(false)
  const video = useRef<HTMLVideoElement>(null)
  const asked = useRef(props)
  asked.current = props
  // Synchronises with the camera: on while this is shown, off afterwards, whatever happened in between.
  useEffect(() => {
    if (!isOn || !video.current) return
    let stop: (() => void) | null = null
    let isGone = false
    const onText = (text: string) => {
      const scanned = asked.current.reading(text)
      if (scanned === null) return
      setOn(false)
      asked.current.onRead(scanned)
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
        {props.verb}
      </Button>
    )
  return <video ref={video} className="television-finder" muted playsInline aria-label={t('television.camera')} />
}
