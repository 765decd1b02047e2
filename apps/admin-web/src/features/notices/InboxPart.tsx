import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useLive } from '@tongxin/client/stream'
import { Bell } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ALL_NOTICES, ARRIVALS, unreadQuery } from './notices.api.ts'
import './notices.css'

const MOST_SHOWN = 99

/** The bell of the top bar: how many messages are unread, as a number and in words. */
export function Part() {
  const { t } = useTranslation()
  useLive(ARRIVALS, ALL_NOTICES)
  const { data } = useQuery(unreadQuery)
  const unread = data?.unread ?? 0
  // The name says what is seen, or somebody who speaks to the page could not call it by what stands there.
  const shown = unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread)
  const label = unread > 0 ? t('notices.bellUnread', { count: unread, shown }) : t('notices.inbox')
  return (
    <Link className="icon-button bell" to={paths.notices.inbox()} aria-label={label} title={label}>
      <Bell aria-hidden="true" />
      {unread > 0 ? <b aria-hidden="true">{shown}</b> : null}
    </Link>
  )
}
