import { Link, Outlet } from '@tanstack/react-router'
import { useSession } from '@tongxin/client/session'
import { StepUpDialog } from '@tongxin/client/step-up-dialog'
import { say } from '@tongxin/ui'
import { BookOpen, House, Mail, UserRound, UsersRound } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../paths.ts'
import { startDelivery } from '../shared/offline-queue.ts'
import { PendingBar } from './PendingBar.tsx'

const TABS = [
  { key: 'home', path: paths.home(), Icon: House },
  { key: 'learning', path: paths.learning.home(), Icon: BookOpen },
  { key: 'organisation', path: paths.organisation(), Icon: UsersRound },
  { key: 'messages', path: paths.messages(), Icon: Mail },
  { key: 'me', path: paths.me(), Icon: UserRound },
] as const

/** The page between the skip link and the five tabs. */
export function Shell() {
  const { t } = useTranslation()
  const { person } = useSession()
  const personId = person?.id
  // Synchronises with the network: what was noted offline is delivered when it comes back.
  useEffect(() => {
    if (!personId) return
    return startDelivery(personId, (count) => say(t('shell.delivered', { count })))
  }, [personId, t])
  return (
    <div className="app">
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <PendingBar />
      <StepUpDialog securityPath={paths.security()} />
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <nav className="tabs no-print" aria-label={t('shell.tabs')}>
        {TABS.map(({ key, path, Icon }) => (
          <Link key={key} to={path} activeOptions={{ exact: path === '/' }}>
            <Icon aria-hidden="true" />
            {t(`shell.tab.${key}`)}
          </Link>
        ))}
      </nav>
    </div>
  )
}
