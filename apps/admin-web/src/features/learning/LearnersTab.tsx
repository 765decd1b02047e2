import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { download } from '@tongxin/client/download'
import type { CourseRecord } from '@tongxin/contract/learning'
import { exportLearners, type LearnerRow } from '@tongxin/contract/learning.learners'
import { Button, EmptyState, ErrorState, Select, Skeleton, TextInput } from '@tongxin/ui'
import { Download, GraduationCap } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { learnersQuery } from './learning.api.ts'
import { MoreRows, useCursor } from './MoreRows.tsx'
import { Share } from './words.tsx'

/** Who of the scope has begun the course and how far everybody is, with the table as a file. */
export function LearnersTab({ course }: { course: CourseRecord }) {
  const { t, i18n } = useTranslation()
  const [text, setText] = useState('')
  const [completed, setCompleted] = useState<'' | 'true' | 'false'>('')
  const filter = {
    ...(text.trim() ? { text: text.trim() } : {}),
    ...(completed ? { completed: completed === 'true' } : {}),
  }
  const place = useCursor(JSON.stringify(filter))
  const { data, error, isPending, refetch } = useQuery(
    learnersQuery(course.id, { ...filter, ...(place.cursor ? { cursor: place.cursor } : {}) }),
  )
  const save = (format: 'xlsx' | 'pdf') =>
    void download(exportLearners, {
      params: { id: course.id },
      body: { format, language: i18n.language === 'en' ? 'en' : 'zh-CN', filter },
    })
  return (
    <>
      <div className="learning-row no-print">
        <TextInput label={t('learning.name')} value={text} onChange={setText} maxLength={60} />
        <Select
          label={t('learning.progress')}
          value={completed}
          onChange={setCompleted}
          whenEmpty={t('learning.all')}
          options={[
            { value: 'true', label: t('learning.finished') },
            { value: 'false', label: t('learning.unfinished') },
          ]}
        />
        <Button icon={<Download size="1.1em" aria-hidden="true" />} onClick={() => save('xlsx')}>
          {t('learning.exportXlsx')}
        </Button>
        <Button onClick={() => save('pdf')}>{t('learning.print')}</Button>
      </div>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {isPending ? <Skeleton lines={6} /> : null}
      {data?.rows.length === 0 ? (
        <EmptyState title={t('learning.noLearner')} icon={<GraduationCap aria-hidden="true" />} />
      ) : null}
      {data && data.rows.length > 0 ? <LearnersTable rows={data.rows} /> : null}
      {data ? <MoreRows place={place} next={data.next} /> : null}
    </>
  )
}

function LearnersTable({ rows }: { rows: readonly LearnerRow[] }) {
  const { t } = useTranslation()
  return (
    <table className="learning-table">
      <caption className="tx-hidden">{t('learning.tab.learners')}</caption>
      <thead>
        <tr>
          {(['name', 'branch', 'progress', 'startedOn', 'lastOn', 'completedOn', 'versionShort'] as const).map(
            (key) => (
              <th key={key} scope="col">
                {t(`learning.${key}`)}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.memberId}>
            <th scope="row">
              <Link to={paths.members.one(row.memberId)}>{row.name}</Link>
            </th>
            <td>{row.orgName}</td>
            <td>
              <Share part={row.done} whole={row.total} />
            </td>
            <td>{row.startedOn}</td>
            <td>{row.lastOn}</td>
            <td>{row.completedOn ?? '—'}</td>
            <td>{row.number}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
