import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState, ErrorState, Lamp, Skeleton } from '@tongxin/ui'
import { Megaphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { campaignsQuery } from './study.api.ts'
import './study.css'

/** Campaigns and great discussions of my units. */
export function Page() {
  const { t } = useTranslation()
  const query = useQuery(campaignsQuery)
  return (
    <PageFrame title={t('study.campaigns')}>
      {query.isPending ? <Skeleton lines={6} /> : null}
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data?.rows.length === 0 ? (
        <EmptyState title={t('study.noCampaigns')} icon={<Megaphone aria-hidden="true" />}>
          {t('study.noCampaignsHint')}
        </EmptyState>
      ) : null}
      <ul className="study-list">
        {query.data?.rows.map((campaign) => (
          <li key={campaign.id}>
            <Link className="card study-card" to={paths.study.campaign(campaign.id)}>
              <span className="study-head">
                <strong>{campaign.title}</strong>
                <Lamp state={campaign.state === 'open' ? 'info' : 'idle'}>
                  {t(`words.study.campaignState.${campaign.state}`)}
                </Lamp>
              </span>
              <span className="hint">
                {[
                  campaign.theme,
                  `${campaign.fromOn} – ${campaign.untilOn}`,
                  ...(campaign.tasks.length > 0
                    ? [t('study.doneOf', { n: campaign.done.length, of: campaign.tasks.length })]
                    : []),
                  ...(campaign.questions.length > 0 ? [t('study.posts', { n: campaign.posts })] : []),
                ].join(' · ')}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </PageFrame>
  )
}
