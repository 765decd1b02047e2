import { useQuery } from '@tanstack/react-query'
import { EmptyState, ErrorState, Skeleton } from '@tongxin/ui'
import { ChartColumn } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { figuresQuery } from './exams.api.ts'

/** Results in tenths of the points, and difficulty and discrimination of each question. */
export function Figures({ of, id }: { of: 'paper' | 'exam'; id: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(figuresQuery(of, id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton />
  if (data.sittings === 0) return <EmptyState title={t('exams.noFigures')} icon={<ChartColumn aria-hidden="true" />} />
  const highest = Math.max(1, ...data.tenths)
  return (
    <>
      <Facts
        facts={[
          { label: t('exams.sittings'), value: data.sittings },
          { label: t('exams.passed'), value: data.passed },
          {
            label: t('exams.mean'),
            value: t('exams.meanOf', { mean: Math.round((data.mean ?? 0) * 10) / 10, most: data.most }),
          },
        ]}
      />
      <figure className="exam-chart">
        <figcaption>{t('exams.spread')}</figcaption>
        <ul>
          {data.tenths.map((people, at) => (
            <li key={`tenth-${at + 1}`}>
              <span>{t('exams.tenth', { from: at * 10, to: at === 9 ? 100 : at * 10 + 9 })}</span>
              <span className="exam-stroke" style={{ inlineSize: `${(people / highest) * 100}%` }} />
              <b>{people}</b>
            </li>
          ))}
        </ul>
      </figure>
      <p className="hint">{t('exams.figuresHint')}</p>
      <table className="exam-table">
        <thead>
          <tr>
            {['stem', 'topic', 'sittings', 'p', 'd'].map((key) => (
              <th key={key}>{t(`exams.${key}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.questions.map((one) => (
            <tr key={`${one.questionId}-${one.no}`}>
              <td>{one.stem}</td>
              <td>{one.topic}</td>
              <td className="exam-number">{one.sittings}</td>
              <td className="exam-number">{one.p ?? '—'}</td>
              <td className="exam-number">{one.d ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
