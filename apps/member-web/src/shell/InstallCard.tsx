import { Button } from '@tongxin/ui'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

type InstallEvent = Event & { prompt: () => Promise<unknown> }

/** Offers to put the application on the home screen, where the browser can. */
export function InstallCard() {
  const { t } = useTranslation()
  const [offer, setOffer] = useState<InstallEvent | null>(null)
  // Listens to the browser, which says when installing is possible.
  useEffect(() => {
    const keep = (event: Event) => {
      event.preventDefault()
      setOffer(event as InstallEvent)
    }
    window.addEventListener('beforeinstallprompt', keep)
    return () => window.removeEventListener('beforeinstallprompt', keep)
  }, [])
  if (!offer) return null
  return (
    <section className="card">
      <p>{t('shell.installHint')}</p>
      <Button wide onClick={() => void offer.prompt().finally(() => setOffer(null))}>
        {t('shell.install')}
      </Button>
    </section>
  )
}
