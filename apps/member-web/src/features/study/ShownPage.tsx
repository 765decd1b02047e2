import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '@tongxin/ui'
import { Award } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { Rows } from './Rows.tsx'
import { shownQuery } from './study.api.ts'
import './study.css'

/** Excellent reflections that their writers agree to show. */
export function Page() {
  const { t } = useTranslation()
  return (
    <PageFrame title={t('study.shown')}>
      <Rows
        query={useInfiniteQuery(shownQuery)}
        empty={
          <EmptyState title={t('study.noShown')} icon={<Award aria-hidden="true" />}>
            {t('study.noShownHint')}
          </EmptyState>
        }
      >
        {(work) => (
          <Link className="card study-card" to={paths.study.shownOne(work.id)}>
            <strong>{work.title}</strong>
            <span className="hint">
              {[work.writer, work.orgName, t('study.words', { words: work.words })].join(' · ')}
            </span>
          </Link>
        )}
      </Rows>
    </PageFrame>
  )
}
