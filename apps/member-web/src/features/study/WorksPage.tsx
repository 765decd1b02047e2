import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { dateOf, EmptyState } from '@tongxin/ui'
import { FileText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { Rows } from './Rows.tsx'
import { worksQuery } from './study.api.ts'
import { WorkLamp } from './words.tsx'
import './study.css'

/** What I handed in. */
export function Page() {
  const { t } = useTranslation()
  return (
    <PageFrame title={t('study.works')}>
      <Rows
        query={useInfiniteQuery(worksQuery)}
        empty={
          <EmptyState
            title={t('study.noWorks')}
            icon={<FileText aria-hidden="true" />}
            act={<Link to={paths.study.write()}>{t('study.write')}</Link>}
          />
        }
      >
        {(work) => (
          <Link className="card study-card" to={paths.study.work(work.id)}>
            <span className="study-head">
              <strong>{work.title}</strong>
              <WorkLamp work={work} />
            </span>
            <span className="hint">
              {[
                t(`words.study.kind.${work.kind}`),
                dateOf(work.handedInAt),
                t('study.words', { words: work.words }),
                ...(work.isShown ? [t('study.isShown')] : []),
              ].join(' · ')}
            </span>
          </Link>
        )}
      </Rows>
    </PageFrame>
  )
}
