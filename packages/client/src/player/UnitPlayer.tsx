import type { UnitLaunch } from '@tongxin/contract/courseware.words'
import { Button } from '@tongxin/ui'
import { ArrowLeft } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import './package.css'

/**
 * A unit of cmi5 over the whole screen. It tells the record store itself what was learned; here it only says, by the page
 * to which it returns, that it was left.
 */
export function UnitPlayer({ launch, onLeave }: { launch: UnitLaunch; onLeave: () => void }) {
  const { t } = useTranslation()
  const frame = useRef<HTMLIFrameElement>(null)
  useEffect(() => {
    const hear = ({ origin, source, data }: MessageEvent<{ readonly kind?: string } | null>) => {
      if (origin !== launch.origin || source !== frame.current?.contentWindow) return
      if (data?.kind === 'courseware.left') onLeave()
    }
    window.addEventListener('message', hear)
    return () => window.removeEventListener('message', hear)
  }, [launch, onLeave])
  return (
    <section className="package-stage" aria-label={launch.title}>
      <div className="package-bar">
        <Button icon={<ArrowLeft aria-hidden="true" />} onClick={onLeave}>
          {t('ui.back')}
        </Button>
        <strong>{launch.title}</strong>
      </div>
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
