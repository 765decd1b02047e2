import { useAppearance } from '@tongxin/client/appearance'
import { postOf, useSession } from '@tongxin/client/session'
import { EmptyState, Skeleton } from '@tongxin/ui'
import { CircleCheckBig } from 'lucide-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { dueCards, moreCards } from '../home.tsx'
import { PageFrame } from '../shared/PageFrame.tsx'
import { BigHome } from './BigHome.tsx'

const partOfDay = (hour: number) => (hour < 5 ? 'night' : hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening')

function today(language: string): string {
  return new Intl.DateTimeFormat(language, {
    month: 'long',
    day: 'numeric',
    weekday: 'long',
    timeZone: 'Asia/Shanghai',
  }).format(new Date())
}

/** What needs me now, then what is good to know; in big-font mode six tiles. */
export function Page() {
  const { t, i18n } = useTranslation()
  const session = useSession()
  const { isBig } = useAppearance()
  const organisation = postOf(session)?.orgName
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone: 'Asia/Shanghai' }).format(new Date()),
  )
  return (
    <PageFrame
      isTop
      title={t(`shell.greeting.${partOfDay(hour)}`, { name: session.person?.name })}
      lead={<p className="lead">{[organisation, today(i18n.language)].filter(Boolean).join(' · ')}</p>}
    >
      {isBig ? (
        <BigHome />
      ) : (
        <>
          <Suspense fallback={<Skeleton lines={4} />}>
            <div className="cards" data-now>
              {dueCards.map(({ key, Card }) => (
                <Card key={key} />
              ))}
            </div>
            <div className="all-done">
              <EmptyState title={t('shell.allDone')} icon={<CircleCheckBig className="done-icon" aria-hidden="true" />}>
                {t('shell.allDoneHint')}
              </EmptyState>
            </div>
          </Suspense>
          <Suspense fallback={<Skeleton lines={6} />}>
            <div className="cards">
              {moreCards.map(({ key, Card }) => (
                <Card key={key} />
              ))}
            </div>
          </Suspense>
        </>
      )}
    </PageFrame>
  )
}
