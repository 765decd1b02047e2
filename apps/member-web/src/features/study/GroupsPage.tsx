import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState, ErrorState, Lamp, Skeleton } from '@tongxin/ui'
import { Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { groupsQuery } from './study.api.ts'
import './study.css'

/** Groups in which I learn. */
export function Page() {
  const { t } = useTranslation()
  const query = useQuery(groupsQuery)
  return (
    <PageFrame title={t('study.groups')}>
      {query.isPending ? <Skeleton lines={6} /> : null}
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data?.rows.length === 0 ? (
        <EmptyState title={t('study.noGroups')} icon={<Users aria-hidden="true" />}>
          {t('study.noGroupsHint')}
        </EmptyState>
      ) : null}
      <ul className="study-list">
        {query.data?.rows.map((group) => (
          <li key={group.id}>
            <Link className="card study-card" to={paths.study.group(group.id)}>
              <span className="study-head">
                <strong>{group.name}</strong>
                {group.newFeedback > 0 ? (
                  <Lamp state="info">{t('study.newFeedback', { n: group.newFeedback })}</Lamp>
                ) : null}
                <Lamp state={group.state === 'active' ? 'ok' : 'idle'}>
                  {t(`words.study.groupState.${group.state}`)}
                </Lamp>
              </span>
              <span className="hint">
                {[
                  t('study.leader', { name: group.leader }),
                  t('study.people', { n: group.members }),
                  group.nextOn ? t('study.nextOn', { on: group.nextOn }) : t('study.heldTimes', { n: group.held }),
                ].join(' · ')}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </PageFrame>
  )
}
