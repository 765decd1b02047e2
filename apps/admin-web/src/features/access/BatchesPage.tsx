import { useQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { ActivationBatch } from '@tongxin/contract/access.activation'
import { dateOf, EmptyState, Progress, timeOf } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { batchesQuery } from './access.api.ts'
import { PrintButton } from './IssueDialog.tsx'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(batchesQuery(search))

const at = (instant: string | null) => (instant ? `${dateOf(instant)} ${timeOf(instant)}` : '—')
const columns: Column<ActivationBatch>[] = [
  { key: 'organisation', textKey: 'access.organisation', render: (row) => row.orgName },
  { key: 'people', textKey: 'access.people', render: (row) => row.people, isNumber: true },
  { key: 'activated', textKey: 'access.activatedCount', render: (row) => row.activated, isNumber: true },
  { key: 'madeBy', textKey: 'access.madeBy', render: (row) => row.madeBy },
  { key: 'made', textKey: 'access.madeAt', render: (row) => at(row.madeAt), isSortable: true },
  { key: 'expires', textKey: 'access.expiresAt', render: (row) => at(row.expiresAt) },
  { key: 'printed', textKey: 'access.printedAt', render: (row) => at(row.printedAt) },
]

/** Batches of slips: how many have been used, and printing again. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  return (
    <ListPage
      title={t('access.batches')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(batchesQuery(search))}
      search={search}
      setSearch={setSearch}
      drawer={(row) => ({
        title: row.orgName,
        body: (
          <>
            <Progress label={t('access.activatedCount')} done={row.activated} total={row.people} />
            <p className="hint">{t('access.printAgain')}</p>
            <PrintButton id={row.id} />
          </>
        ),
      })}
      empty={<EmptyState title={t('access.noBatches')}>{t('access.noBatchesHint')}</EmptyState>}
    />
  )
}
