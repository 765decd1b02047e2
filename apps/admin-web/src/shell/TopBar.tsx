import { Link, useLocation } from '@tanstack/react-router'
import { Mark } from '@tongxin/ui'
import { CircleHelp, Search } from 'lucide-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../paths.ts'
import { inbox } from '../workbench.tsx'
import { topicOf } from './help/topics.ts'
import { MeMenu } from './MeMenu.tsx'
import { PostSwitcher } from './PostSwitcher.tsx'

/** Mark, post, search, messages, help, me. */
export function TopBar({ onFind }: { onFind: () => void }) {
  const { t } = useTranslation()
  const about = useLocation({ select: ({ pathname }) => topicOf(pathname) })
  return (
    <header className="top no-print">
      <Link className="brand" to={paths.workbench()}>
        <Mark size="26px" />
        <span>{t('shell.name')}</span>
      </Link>
      <PostSwitcher />
      <button type="button" className="find" onClick={onFind}>
        <Search aria-hidden="true" />
        <span>{t('shell.find')}</span>
        <kbd>/</kbd>
      </button>
      {inbox ? (
        <Suspense>
          <inbox.Part />
        </Suspense>
      ) : null}
      <Link
        className="icon-button"
        to={paths.help()}
        search={{ about } as never}
        aria-label={t('shell.help')}
        title={t('shell.help')}
      >
        <CircleHelp aria-hidden="true" />
      </Link>
      <MeMenu />
    </header>
  )
}
