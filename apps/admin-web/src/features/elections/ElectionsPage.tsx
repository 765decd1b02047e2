import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { ElectionRow } from '@tongxin/contract/elections'
import { ELECTION_KINDS, ELECTION_STATES } from '@tongxin/contract/elections.words'
import { Button, EmptyState } from '@tongxin/ui'
import { Plus, Vote } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { electionsQuery, saveElections } from './elections.api.ts'
import { PlanDialog } from './PlanDialog.tsx'
import { StateLamp, useElectionName } from './words.tsx'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(electionsQuery(search))

function useColumns(): Column<ElectionRow>[] {
  const nameOf = useElectionName()
  return [
    { key: 'orgName', textKey: 'elections.org', render: (row) => row.orgName, isSortable: true },
    { key: 'kind', textKey: 'elections.kind', render: nameOf, width: 180 },
    { key: 'state', textKey: 'elections.stateLabel', render: (row) => <StateLamp state={row.state} />, width: 170 },
    { key: 'seats', textKey: 'elections.seats', render: (row) => row.seats, isNumber: true, width: 90 },
    {
      key: 'plannedOn',
      textKey: 'elections.plannedOn',
      render: (row) => row.plannedOn,
      isSortable: true,
      width: 130,
    },
    { key: 'heldOn', textKey: 'elections.heldOn', render: (row) => row.heldOn ?? '', width: 130 },
  ]
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  return [
    { key: 'text', label: t('elections.org'), kind: 'text' },
    {
      key: 'state',
      label: t('elections.stateLabel'),
      kind: 'choice',
      options: ELECTION_STATES.map((value) => ({ value, label: t(`elections.state.${value}`) })),
    },
    {
      key: 'kind',
      label: t('elections.kind'),
      kind: 'choice',
      options: ELECTION_KINDS.map((value) => ({ value, label: t(`elections.kindOf.${value}`) })),
    },
    {
      key: 'open',
      label: t('elections.openLabel'),
      kind: 'choice',
      options: [{ value: 'true', label: t('elections.openOnly') }],
    },
    { key: 'orgId', label: t('elections.within'), kind: 'organisation', isMore: true },
  ]
}

/** Elections of the scope, and where each of them stands. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const nameOf = useElectionName()
  const { whyNot } = useCan()('elections.write')
  const [isAdding, setAdding] = useState(false)
  const add = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setAdding(true)}>
      <Plus aria-hidden="true" />
      {t('elections.add')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('elections.title')}
        columns={useColumns()}
        rowKey={(row) => row.id}
        query={useQuery(electionsQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        savedFilters={useSavedFilters('elections')}
        primary={add}
        onExport={({ format, purpose }) => saveElections(search, { format, purpose }, i18n.language)}
        drawer={(row) => ({
          title: row.orgName,
          path: paths.elections.one(row.id),
          body: (
            <Facts
              facts={[
                { label: t('elections.kind'), value: nameOf(row) },
                { label: t('elections.stateLabel'), value: <StateLamp state={row.state} /> },
                { label: t('elections.seats'), value: row.seats },
                { label: t('elections.plannedOn'), value: row.plannedOn },
              ]}
            />
          ),
        })}
        empty={
          <EmptyState title={t('elections.none')} icon={<Vote aria-hidden="true" />} act={add}>
            {t('elections.noneHint')}
          </EmptyState>
        }
      />
      {isAdding ? <PlanDialog onClose={() => setAdding(false)} /> : null}
    </>
  )
}
