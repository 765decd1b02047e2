import { Volume2, VolumeX } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Reads the words of the page, or a part `of` it, by the device's own voice; a second press stops. Absent without one. */
export function ReadAloud({ of = '#main' }: { of?: string }) {
  const { t, i18n } = useTranslation()
  const [isReading, setReading] = useState(false)
  // The voice outlives the page unless it is stopped.
  useEffect(() => () => window.speechSynthesis?.cancel(), [])
  if (!('speechSynthesis' in window)) return null
  const toggle = () => {
    speechSynthesis.cancel()
    if (isReading) return setReading(false)
    const words = document.querySelector<HTMLElement>(of)?.innerText ?? ''
    const speech = new SpeechSynthesisUtterance(words)
    speech.lang = i18n.language
    speech.rate = 0.9
    speech.onend = () => setReading(false)
    speech.onerror = () => setReading(false)
    speechSynthesis.speak(speech)
    setReading(true)
  }
  const Icon = isReading ? VolumeX : Volume2
  return (
    <button type="button" className="read-aloud no-print" aria-pressed={isReading} onClick={toggle}>
      <Icon aria-hidden="true" />
      {t(isReading ? 'shell.stopReading' : 'shell.readAloud')}
    </button>
  )
}
