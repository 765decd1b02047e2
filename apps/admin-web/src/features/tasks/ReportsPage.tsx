import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { INFO_CATEGORIES, INFO_SIDES, INFO_STATES, type InfoRow } from '@tongxin/contract/tasks.reports'
import { Button, EmptyState } from '@tongxin/ui'
import { Newspaper, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { ReportDialog } from './ReportDialog.tsx'
import { ReportGlance } from './ReportGlance.tsx'
import { reportsQuery } from './tasks.api.ts'
import './tasks.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(reportsQuery(search))

function useColumns(): Column<InfoRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'title', textKey: 'tasks.reportTitle', render: (row) => row.title },
    {
      key: 'category',
      textKey: 'tasks.category',
      render: (row) => t(`words.tasks.infoCategory.${row.category}`),
      width: 120,
    },
    { key: 'orgName', textKey: 'tasks.reporter', render: (row) => row.orgName, width: 200 },
    { key: 'receiverName', textKey: 'tasks.receiver', render: (row) => row.receiverName, width: 180 },
    {
      key: 'level',
      textKey: 'tasks.level',
      render: (row) => (row.level ? t(`words.tasks.infoLevel.${row.level}`) : '—'),
      width: 110,
    },
    {
      key: 'reportedAt',
      textKey: 'tasks.reportedOn',
      render: (row) => row.reportedOn,
      isSortable: true,
      width: 130,
    },
  ]
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  return [
    {
      key: 'side',
      label: t('tasks.side'),
      kind: 'choice',
      options: INFO_SIDES.map((value) => ({ value, label: t(`tasks.reportSide.${value}`) })),
    },
    {
      key: 'state',
      label: t('tasks.state'),
      kind: 'choice',
      options: INFO_STATES.map((value) => ({ value, label: t(`words.tasks.infoState.${value}`) })),
    },
    {
      key: 'category',
      label: t('tasks.category'),
      kind: 'choice',
      options: INFO_CATEGORIES.map((value) => ({ value, label: t(`words.tasks.infoCategory.${value}`) })),
    },
    { key: 'text', label: t('tasks.reportTitle'), kind: 'text' },
    { key: 'reported', label: t('tasks.reportedOn'), kind: 'dates', isMore: true },
    { key: 'orgId', label: t('tasks.reporter'), kind: 'organisation' },
  ]
}

const LAMPS = { submitted: 'info', adopted: 'ok', declined: 'idle', withdrawn: 'idle' } as const

/** What units report upward, and what of it is adopted. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('tasks.do')
  const [isWriting, setWriting] = useState(false)
  const report = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setWriting(true)}>
      <Plus aria-hidden="true" />
      {t('tasks.report')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('tasks.reports')}
        columns={useColumns()}
        rowKey={(row) => row.id}
        query={useQuery(reportsQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        primary={report}
        lamp={(row) => ({ state: LAMPS[row.state], word: t(`words.tasks.infoState.${row.state}`) })}
        drawer={(row) => ({ title: row.title, body: <ReportGlance key={row.id} id={row.id} /> })}
        empty={
          <EmptyState title={t('tasks.noReports')} icon={<Newspaper aria-hidden="true" />} act={report}>
            {t('tasks.noReportsHint')}
          </EmptyState>
        }
      />
      {isWriting ? <ReportDialog onClose={() => setWriting(false)} /> : null}
    </>
  )
}
