import { useInfiniteQuery } from '@tanstack/react-query'
import type { ScreenProps } from '@tongxin/client/screen'
import { COURSE_COLUMNS } from '@tongxin/contract/learning.words'
import { Button, EmptyState, ErrorState, Select, Skeleton, TextInput } from '@tongxin/ui'
import { BookOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { CourseRow } from './CourseRow.tsx'
import { type CourseFilter, myCourses } from './learning.api.ts'
import './learning.css'

const STATES = ['new', 'begun', 'completed', 'favourite'] as const

/** All courses that are meant for me: by column, by how far I am, by words. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { column, state, text } = search
  const filter: CourseFilter = {
    ...(column ? { column } : {}),
    ...(state ? { state } : {}),
    ...(text ? { text } : {}),
  }
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    myCourses(filter),
  )
  const rows = data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <PageFrame title={t('learning.allCourses')}>
      <div className="learning-filter">
        <TextInput
          label={t('learning.search')}
          type="search"
          maxLength={60}
          value={text ?? ''}
          onChange={(value) => setSearch({ text: value })}
        />
        <Select
          label={t('learning.column')}
          value={(column ?? '') as (typeof COURSE_COLUMNS)[number] | ''}
          onChange={(value) => setSearch({ column: value })}
          whenEmpty={t('learning.all')}
          options={COURSE_COLUMNS.map((value) => ({ value, label: t(`words.learning.column.${value}`) }))}
        />
        <Select
          label={t('learning.howFar')}
          value={(state ?? '') as (typeof STATES)[number] | ''}
          onChange={(value) => setSearch({ state: value })}
          whenEmpty={t('learning.all')}
          options={STATES.map((value) => ({ value, label: t(`learning.state.${value}`) }))}
        />
      </div>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {isPending ? <Skeleton lines={8} /> : null}
      {data && rows.length === 0 ? (
        <EmptyState title={t('learning.noneFound')} icon={<BookOpen aria-hidden="true" />}>
          {t('learning.noneFoundHint')}
        </EmptyState>
      ) : null}
      {rows.map((course) => (
        <CourseRow key={course.id} course={course} />
      ))}
      {hasNextPage ? (
        <Button wide isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('learning.more')}
        </Button>
      ) : null}
    </PageFrame>
  )
}
