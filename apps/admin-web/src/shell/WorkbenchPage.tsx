import { useSession } from '@tongxin/client/session'
import { EmptyState, Skeleton } from '@tongxin/ui'
import { CircleCheckBig } from 'lucide-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { alertParts, dueParts, figureParts, monthParts, type WorkbenchPart } from '../workbench.tsx'

function Parts({ parts }: { parts: readonly WorkbenchPart[] }) {
  const { permissions } = useSession()
  return parts
    .filter((one) => one.permission === null || permissions.includes(one.permission))
    .map(({ key, Part }) => <Part key={key} />)
}

/** What is due, overdue and waiting for me comes first; then the month, the figures and the alerts. */
export function Page() {
  const { t, i18n } = useTranslation()
  const { person } = useSession()
  const today = new Intl.DateTimeFormat(i18n.language, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'long',
    timeZone: 'Asia/Shanghai',
  }).format(new Date())
  return (
    <div className="page">
      <title>{`${t('shell.workbench')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <div>
          <h1>{t('shell.workbench')}</h1>
          <p className="hint">
            {person?.name} · {today}
          </p>
        </div>
      </header>
      <Suspense fallback={<Skeleton lines={12} />}>
        <div className="month">
          <Parts parts={monthParts} />
        </div>
        <div className="bench">
          <div className="bench-due">
            <div className="due">
              <Parts parts={dueParts} />
            </div>
            <div className="panel all-done">
              <EmptyState title={t('shell.allDone')} icon={<CircleCheckBig className="done-icon" aria-hidden="true" />}>
                {t('shell.allDoneHint')}
              </EmptyState>
            </div>
          </div>
          <aside className="bench-side" aria-label={t('shell.figures')}>
            <Parts parts={figureParts} />
            <Parts parts={alertParts} />
          </aside>
        </div>
      </Suspense>
    </div>
  )
}
