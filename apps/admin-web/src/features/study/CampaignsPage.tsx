import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { CampaignCard } from '@tongxin/contract/study.campaigns'
import { CAMPAIGN_STATES } from '@tongxin/contract/study.words'
import { Button, EmptyState } from '@tongxin/ui'
import { Megaphone, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { CampaignDialog } from './CampaignDialog.tsx'
import { CampaignGlance } from './CampaignGlance.tsx'
import { campaignsQuery } from './study.api.ts'
import './study.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(campaignsQuery(search))
const LAMPS = { draft: 'warn', open: 'info', closed: 'idle' } as const

const columns: Column<CampaignCard>[] = [
  { key: 'title', textKey: 'study.campaign', render: (row) => row.title },
  { key: 'theme', textKey: 'study.campaignTheme', render: (row) => row.theme, width: 150 },
  { key: 'orgName', textKey: 'study.org', render: (row) => row.orgName, width: 200 },
  { key: 'untilOn', textKey: 'study.untilOn', render: (row) => row.untilOn, isSortable: true, width: 120 },
  { key: 'tasks', textKey: 'study.tasksCount', render: (row) => row.tasks.length, isNumber: true, width: 80 },
  { key: 'posts', textKey: 'study.postsCount', render: (row) => row.posts, isNumber: true, width: 80 },
  { key: 'waiting', textKey: 'study.toRead', render: (row) => row.waiting, isNumber: true, width: 90 },
]

/** Campaigns and great discussions: prepared, opened, moderated, summed up, closed with what came of them. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('learning.write')
  const [isMaking, setMaking] = useState(false)
  const make = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setMaking(true)}>
      <Plus aria-hidden="true" />
      {t('study.makeCampaign')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('study.campaigns')}
        columns={columns}
        rowKey={(row) => row.id}
        query={useQuery(campaignsQuery(search))}
        search={search}
        setSearch={setSearch}
        primary={make}
        filters={[
          { key: 'text', label: t('study.campaign'), kind: 'text' },
          {
            key: 'state',
            label: t('study.state'),
            kind: 'choice',
            options: CAMPAIGN_STATES.map((value) => ({ value, label: t(`words.study.campaignState.${value}`) })),
          },
          { key: 'orgId', label: t('study.org'), kind: 'organisation' },
        ]}
        lamp={(row) => ({ state: LAMPS[row.state], word: t(`words.study.campaignState.${row.state}`) })}
        drawer={(row) => ({ title: row.title, body: <CampaignGlance key={row.id} id={row.id} /> })}
        empty={
          <EmptyState title={t('study.noCampaigns')} icon={<Megaphone aria-hidden="true" />} act={make}>
            {t('study.noCampaignsHint')}
          </EmptyState>
        }
      />
      {isMaking ? <CampaignDialog onClose={() => setMaking(false)} /> : null}
    </>
  )
}
