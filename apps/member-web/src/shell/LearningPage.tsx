import { EmptyState } from '@tongxin/ui'
import { BookOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../shared/PageFrame.tsx'

/** Courses belong to the learning module; without it this page says so. */
export function Page() {
  const { t } = useTranslation()
  return (
    <PageFrame isTop title={t('shell.tab.learning')}>
      <EmptyState title={t('shell.noCourses')} icon={<BookOpen aria-hidden="true" />}>
        {t('shell.noCoursesHint')}
      </EmptyState>
    </PageFrame>
  )
}
