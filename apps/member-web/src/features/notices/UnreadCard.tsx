import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useLive } from '@tongxin/client/stream'
import { Mail } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ALL_NOTICES, ARRIVALS, unreadQuery } from './notices.api.ts'

/** Unread notices, and those that wait for a confirmation; nothing when there are none. */
export function Card() {
  const { t } = useTranslation()
  useLive(ARRIVALS, ALL_NOTICES)
  const { data } = useQuery(unreadQuery)
  if (!data || data.unread + data.toConfirm === 0) return null
  return (
    <section className="card" aria-label={t('notices.title')}>
      <Link to={paths.messages()} className="meeting-link">
        <Mail aria-hidden="true" />
        <span>
          <strong>{t('notices.unread', { count: data.unread })}</strong>
          {data.toConfirm > 0 ? (
            <span className="hint">{t('notices.toConfirm', { count: data.toConfirm })}</span>
          ) : null}
        </span>
      </Link>
    </section>
  )
}
