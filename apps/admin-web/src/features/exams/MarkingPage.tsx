import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { EmptyState, Lamp } from '@tongxin/ui'
import { CheckCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { markingQuery } from './exams.api.ts'
import './exams.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(markingQuery)

/** Exams and quizzes whose answers in words wait to be marked. */
export function Page(_: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(markingQuery)
  return (
    <div className="page narrow">
      <title>{`${t('exams.marking')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>{t('exams.marking')}</h1>
        <Link className="tx-button" to={paths.exams.appeals()}>
          {t('exams.appeals')}
        </Link>
      </header>
      <p className="hint">{t('exams.markingLead')}</p>
      {data.length === 0 ? (
        <EmptyState title={t('exams.noMarking')} icon={<CheckCheck aria-hidden="true" />} />
      ) : (
        <ul className="exam-heaps">
          {data.map((one) => (
            <li key={one.id} className="panel">
              <div>
                <strong>{one.name}</strong>
                <span className="hint">
                  {t(`words.exams.purpose.${one.kind}`)} · {one.orgName}
                </span>
                <Lamp state={one.open > 0 ? 'warn' : 'ok'}>
                  {t('exams.heapLine', { open: one.open, settled: one.settled })}
                </Lamp>
              </div>
              {one.forMe > 0 ? (
                <Link className="tx-button" data-kind="primary" to={paths.exams.mark(one.kind, one.id)}>
                  {t('exams.markN', { count: one.forMe })}
                </Link>
              ) : (
                <span className="hint">{t('exams.nothingForMe')}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
