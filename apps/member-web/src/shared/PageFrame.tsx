import { useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useAppearance } from '@tongxin/client/appearance'
import { ChevronLeft, CircleHelp } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../paths.ts'
import { topicOf } from '../shell/help/topics.ts'
import { PullToRefresh } from './PullToRefresh.tsx'
import { ReadAloud } from './ReadAloud.tsx'

/**
 * One page of the phone: title, content, and at most one primary act at the bottom within the thumb's reach.
 * `isTop` for the five tabs, which have no way back. Pulling down reloads what the page shows.
 */
export function PageFrame(props: {
  title: string
  isTop?: boolean
  lead?: ReactNode
  primary?: ReactNode
  children: ReactNode
}) {
  const { t } = useTranslation()
  const router = useRouter()
  const queryClient = useQueryClient()
  const { isBig } = useAppearance()
  const { pathname } = router.state.location
  return (
    <PullToRefresh onRefresh={() => queryClient.invalidateQueries()}>
      <title>{`${props.title} · ${t('shell.name')}`}</title>
      <header className="page-head">
        {props.isTop ? null : (
          <button type="button" className="round" aria-label={t('shell.back')} onClick={() => router.history.back()}>
            <ChevronLeft aria-hidden="true" />
          </button>
        )}
        <div>
          <h1>{props.title}</h1>
          {props.lead}
        </div>
        {isBig ? <ReadAloud /> : null}
        {pathname === paths.help() ? null : (
          <Link
            className="round help-link no-print"
            to={paths.help()}
            search={{ about: topicOf(pathname) } as never}
            aria-label={t('shell.tile.help')}
          >
            <CircleHelp aria-hidden="true" />
          </Link>
        )}
      </header>
      <div className="page-body">{props.children}</div>
      {props.primary ? <div className="page-primary no-print">{props.primary}</div> : null}
    </PullToRefresh>
  )
}
