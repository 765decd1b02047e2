import type { Launch } from '@tongxin/contract/courseware.words'
import { Button, RefusalText } from '@tongxin/ui'
import { ArrowLeft } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Keep, keeperOf } from './keeper.ts'
import './package.css'

/** What the frame says; it holds a package by anybody, so nothing of it is believed but its shape. */
type Said = Partial<Keep> & { readonly kind?: string; readonly launchId?: string | null }

/** So long a package has to say what it keeps when it is left, and the platform to take it. */
const LEAVING_MS = 1500
const KEEPING_MS = 10_000

const isKeep = (said: Said): said is Said & Keep =>
  typeof said.item === 'string' && typeof said.sequence === 'number' && typeof said.runtime === 'string'

/** A package over the whole screen, with a way back that waits until everything is kept. */
export function PackagePlayer(props: {
  launch: Launch
  onLeave: () => void
  /** Whether it lies over a page that has a title and a first heading of its own. */
  isAbove?: boolean
}) {
  const { launch, onLeave, isAbove = false } = props
  const Heading = isAbove ? 'h2' : 'h1'
  const { t, i18n } = useTranslation()
  const frame = useRef<HTMLIFrameElement>(null)
  const leaving = useRef<((whenIdle: (call: () => void) => void) => void) | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [isLeaving, setLeaving] = useState(false)
  useEffect(() => {
    const post = (message: object) => frame.current?.contentWindow?.postMessage(message, launch.origin)
    const { keep, whenIdle } = keeperOf(launch, (answer) => post({ kind: 'courseware.kept', ...answer }), setError)
    const words = t('words.courseware.player', { returnObjects: true })
    const hear = ({ origin, source, data }: MessageEvent<Said>) => {
      if (origin !== launch.origin || typeof data !== 'object' || data === null) return
      if (data.kind === 'courseware.ready' && source === frame.current?.contentWindow)
        post({ kind: 'courseware.start', launch, words, language: i18n.language })
      if (data.kind === 'courseware.keep' && data.launchId === launch.launchId && isKeep(data))
        keep({ item: data.item, sequence: data.sequence, runtime: data.runtime })
      if (data.kind === 'courseware.left') leaving.current?.(whenIdle)
    }
    window.addEventListener('message', hear)
    return () => {
      setTimeout(() => window.removeEventListener('message', hear), LEAVING_MS)
    }
  }, [launch, t, i18n])
  const leave = () => {
    setLeaving(true)
    let end = setTimeout(onLeave, LEAVING_MS)
    leaving.current = (whenIdle) => {
      clearTimeout(end)
      leaving.current = null
      // What the package said last is kept before one is back, but nobody is held here by a network that is away.
      end = setTimeout(onLeave, KEEPING_MS)
      whenIdle(() => {
        clearTimeout(end)
        onLeave()
      })
    }
    frame.current?.contentWindow?.postMessage({ kind: 'courseware.leave' }, launch.origin)
  }
  return (
    <section className="package-stage" aria-label={launch.title}>
      {isAbove ? null : <title>{launch.title}</title>}
      <div className="package-bar">
        <Button icon={<ArrowLeft aria-hidden="true" />} isBusy={isLeaving} onClick={leave}>
          {t('ui.back')}
        </Button>
        <Heading>{launch.title}</Heading>
      </div>
      <RefusalText error={error} />
      <iframe
        ref={frame}
        title={launch.title}
        src={launch.url}
        allow="autoplay; fullscreen"
        sandbox="allow-scripts allow-same-origin allow-forms allow-modals allow-popups"
      />
    </section>
  )
}
