import { useQuery } from '@tanstack/react-query'
import type { ContentDifference, CourseRecord } from '@tongxin/contract/learning'
import { EmptyState, ErrorState, Select, Skeleton } from '@tongxin/ui'
import { GitCompare } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { differencesQuery } from './learning.api.ts'

/** What a reviewer looks at: the version at hand beside the one before it. */
export function DifferencesTab({ course }: { course: CourseRecord }) {
  const { t } = useTranslation()
  const numbers = course.versions.map(({ number }) => number)
  const [to, setTo] = useState(numbers[0] ?? 1)
  const [from, setFrom] = useState(numbers[1] ?? 1)
  const { data, error, isPending, refetch } = useQuery(differencesQuery(course.id, from, to))
  const options = numbers.map((number) => ({ value: `${number}`, label: t('learning.versionNo', { number }) }))
  return (
    <section className="learning-differences">
      <div className="learning-row">
        <Select
          label={t('learning.before')}
          value={`${from}`}
          options={options}
          onChange={(value) => setFrom(Number(value || from))}
        />
        <Select
          label={t('learning.after')}
          value={`${to}`}
          options={options}
          onChange={(value) => setTo(Number(value || to))}
        />
      </div>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {isPending ? <Skeleton lines={6} /> : null}
      {data?.rows.length === 0 ? (
        <EmptyState title={t('learning.noDifference')} icon={<GitCompare aria-hidden="true" />} />
      ) : null}
      {data && data.rows.length > 0 ? (
        <table className="tx-diff">
          <caption className="tx-hidden">{t('learning.tab.differences')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('learning.where')}</th>
              <th scope="col">{t('learning.before')}</th>
              <th scope="col">{t('learning.after')}</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row, at) => (
              <DifferenceRow key={at} row={row} />
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  )
}

function DifferenceRow({ row }: { row: ContentDifference }) {
  const { t } = useTranslation()
  const what = t(`learning.field.${row.what}`, { defaultValue: row.what })
  return (
    <tr data-differs>
      <th scope="row">
        {[...row.place, what].join(' › ')}
        <small className="hint"> {t(`learning.change.${row.change}`)}</small>
      </th>
      <td>{row.before === null ? '—' : <del>{row.before}</del>}</td>
      <td>{row.after === null ? '—' : <ins>{row.after}</ins>}</td>
    </tr>
  )
}
