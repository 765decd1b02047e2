import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput } from '@tongxin/client/screen'
import type { MyCourseRow } from '@tongxin/contract/learning.own'
import { EmptyState } from '@tongxin/ui'
import { CalendarCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { CourseRow } from './CourseRow.tsx'
import { Due } from './Due.tsx'
import { myWeek } from './learning.api.ts'
import './learning.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(myWeek)

/** My week: what is due, what is new for me, what I finished. Mine alone: nobody is compared with anybody. */
export function Page() {
  const { t } = useTranslation()
  const { data: week } = useSuspenseQuery(myWeek)
  const { due, fresh, finished } = week
  return (
    <PageFrame
      title={t('learning.week')}
      lead={<span className="hint">{t('learning.weekLead', { from: week.from, until: week.until })}</span>}
    >
      {due.length + fresh.length + finished.length === 0 ? (
        <EmptyState title={t('learning.weekEmpty')} icon={<CalendarCheck aria-hidden="true" />}>
          {t('learning.weekEmptyHint')}
        </EmptyState>
      ) : null}
      {due.length > 0 ? (
        <section aria-labelledby="due">
          <h2 id="due">{t('learning.weekDue', { count: due.length })}</h2>
          {due.map((row) => (
            <CourseRow key={`${row.planId}/${row.id}`} course={row} due={<Due row={row} />} />
          ))}
        </section>
      ) : null}
      <Part id="fresh" title={t('learning.weekFresh', { count: fresh.length })} rows={fresh} />
      <Part id="finished" title={t('learning.weekFinished', { count: finished.length })} rows={finished} />
      <p>
        <Link to={paths.learning.daily()}>{t('learning.weekSet')}</Link>
      </p>
    </PageFrame>
  )
}

function Part({ id, title, rows }: { id: string; title: string; rows: readonly MyCourseRow[] }) {
  if (rows.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {rows.map((row) => (
        <CourseRow key={row.id} course={row} />
      ))}
    </section>
  )
}
