import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ScreenProps } from '@tongxin/client/screen'
import { COURSE_COLUMNS } from '@tongxin/contract/learning.words'
import { EmptyState, ErrorState, Select, Skeleton } from '@tongxin/ui'
import { BookOpen, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { OutsideFrame } from '../../shared/OutsideFrame.tsx'
import { publicCourses } from './learning.api.ts'
import './learning.css'

/** Courses for everybody: nobody is asked who he is, and nothing of the reader is kept. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { column } = search
  const { data, error, isPending, refetch } = useQuery(publicCourses(column ? { column } : {}))
  return (
    <OutsideFrame isWide title={t('learning.publicCourses')} lead={t('learning.publicLead')}>
      <Select
        label={t('learning.column')}
        value={(column ?? '') as (typeof COURSE_COLUMNS)[number] | ''}
        onChange={(value) => setSearch({ column: value })}
        whenEmpty={t('learning.all')}
        options={COURSE_COLUMNS.map((value) => ({ value, label: t(`words.learning.column.${value}`) }))}
      />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {isPending ? <Skeleton lines={6} /> : null}
      {data?.rows.length === 0 ? (
        <EmptyState title={t('learning.noPublic')} icon={<BookOpen aria-hidden="true" />} />
      ) : null}
      {data?.rows.map((course) => (
        <Link key={course.id} className="card course-row" to={paths.learning.publicOne(course.id)}>
          <BookOpen aria-hidden="true" />
          <span>
            <strong>{course.title}</strong>
            <span className="hint">
              {[t(`words.learning.column.${course.column}`), t('learning.minutesLong', { count: course.minutes })].join(
                ' · ',
              )}
            </span>
            {course.summary ? <span>{course.summary}</span> : null}
          </span>
          <ChevronRight aria-hidden="true" />
        </Link>
      ))}
    </OutsideFrame>
  )
}
