import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { CourseRecord } from '@tongxin/contract/learning'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { RecordPage, type RecordTab } from '../../shared/pages/RecordPage.tsx'
import { ContentEditor } from './ContentEditor.tsx'
import { CourseActs } from './CourseActs.tsx'
import { DifferencesTab } from './DifferencesTab.tsx'
import { LearnersTab } from './LearnersTab.tsx'
import { courseQuery } from './learning.api.ts'
import { Preview } from './Preview.tsx'
import { VersionsTab } from './VersionsTab.tsx'
import { CourseLamps, hoursOf, percentOf, useAudienceWords } from './words.tsx'
import './learning.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(courseQuery(params.id ?? ''))

/** One course: its content to write or read, its versions, differences, and who learns it. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const audience = useAudienceWords()
  const { data: course } = useSuspenseQuery(courseQuery(params.id ?? ''))
  return (
    <RecordPage
      trail={[{ label: t('learning.title'), path: paths.learning.courses() }]}
      name={course.title}
      state={<CourseLamps row={course} />}
      facts={[
        { label: t('learning.column'), value: t(`words.learning.column.${course.column}`) },
        { label: t('learning.audience'), value: audience(course.audience, course.isPublic) },
        { label: t('learning.hours'), value: hoursOf(course.quarters) },
        { label: t('learning.rate'), value: percentOf(course.completed, course.enrolled) },
      ]}
      acts={<CourseActs course={course} />}
      search={search}
      setSearch={setSearch}
      tabs={tabsOf(course, t)}
    />
  )
}

function tabsOf(course: CourseRecord, t: (key: string) => string): RecordTab[] {
  const isCompared = course.versions.length > 1
  return [
    {
      key: 'content',
      label: t(course.can.write ? 'learning.tab.write' : 'learning.tab.content'),
      body: course.can.write ? (
        <ContentEditor key={`${course.id}/${course.contentVersion}`} course={course} />
      ) : (
        <Preview course={course} content={course.content} />
      ),
    },
    ...(isCompared
      ? [{ key: 'differences', label: t('learning.tab.differences'), body: <DifferencesTab course={course} /> }]
      : []),
    ...(course.versions.length > 0
      ? [{ key: 'versions', label: t('learning.tab.versions'), body: <VersionsTab course={course} /> }]
      : []),
    ...(course.liveVersion === null
      ? []
      : [{ key: 'learners', label: t('learning.tab.learners'), body: <LearnersTab course={course} /> }]),
  ]
}
