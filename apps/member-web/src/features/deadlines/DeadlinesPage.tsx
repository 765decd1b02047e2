import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { Button, EmptyState } from '@tongxin/ui'
import { CalendarCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { DeadlineLine } from './DeadlineLine.tsx'
import { ownDeadlinesQuery } from './deadlines.api.ts'

export const loader = ({ search, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(ownDeadlinesQuery(search.cursor ?? ''))

/** Everything that I or my post have to do by a day, the nearest first; overdue ones stay until they are done. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(ownDeadlinesQuery(search.cursor ?? ''))
  return (
    <PageFrame title={t('deadlines.title')}>
      {data.rows.length === 0 ? (
        <EmptyState title={t('deadlines.none')} icon={<CalendarCheck aria-hidden="true" />}>
          {t('deadlines.noneHint')}
        </EmptyState>
      ) : (
        <ul className="deadlines">
          {data.rows.map((row) => (
            <li key={row.id} className="card">
              <DeadlineLine row={row} />
            </li>
          ))}
        </ul>
      )}
      {data.next ? (
        <Button wide onClick={() => setSearch({ cursor: data.next ?? '' })}>
          {t('deadlines.more')}
        </Button>
      ) : null}
    </PageFrame>
  )
}
