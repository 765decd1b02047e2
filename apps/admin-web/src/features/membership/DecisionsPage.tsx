import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { DecisionRow } from '@tongxin/contract/membership.decisions'
import { DECISION_KINDS, DECISION_STATES } from '@tongxin/contract/membership.words'
import { Button, dateOf, EmptyState, Lamp } from '@tongxin/ui'
import { Gavel, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { decisionsQuery } from './membership.api.ts'
import { ProposeDialog } from './ProposeDialog.tsx'
import { DECISION_LAMPS } from './words.tsx'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(decisionsQuery(search))

function useColumns(): Column<DecisionRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'name', textKey: 'membership.person', render: (row) => row.name, isSortable: true, width: 110 },
    {
      key: 'kind',
      textKey: 'membership.kind',
      render: (row) => t(`words.membership.decisionKind.${row.kind}`),
      width: 160,
    },
    { key: 'org', textKey: 'membership.branch', render: (row) => row.orgName },
    {
      key: 'state',
      textKey: 'membership.stateLabel',
      render: (row) => (
        <Lamp state={DECISION_LAMPS[row.state]}>{t(`words.membership.decisionState.${row.state}`)}</Lamp>
      ),
      width: 180,
    },
    {
      key: 'proposedAt',
      textKey: 'membership.proposedOn',
      render: (row) => dateOf(row.proposedAt),
      isSortable: true,
      width: 120,
    },
    {
      key: 'effectiveOn',
      textKey: 'membership.effectiveOn',
      render: (row) => row.effectiveOn ?? '',
      isSortable: true,
      width: 120,
    },
  ]
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  return [
    { key: 'text', label: t('membership.person'), kind: 'text' },
    {
      key: 'kind',
      label: t('membership.kind'),
      kind: 'choice',
      options: DECISION_KINDS.map((value) => ({ value, label: t(`words.membership.decisionKind.${value}`) })),
    },
    {
      key: 'state',
      label: t('membership.stateLabel'),
      kind: 'choice',
      options: DECISION_STATES.map((value) => ({ value, label: t(`words.membership.decisionState.${value}`) })),
    },
    {
      key: 'open',
      label: t('membership.openLabel'),
      kind: 'choice',
      options: [{ value: 'true', label: t('membership.openOnly') }],
    },
    { key: 'orgId', label: t('membership.branch'), kind: 'organisation', isMore: true },
  ]
}

/** Decisions about membership in the scope, and where each of them stands. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('membership.write')
  const [isProposing, setProposing] = useState(search.memberId !== undefined && search.memberId !== '')
  const propose = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setProposing(true)}>
      <Plus aria-hidden="true" />
      {t('membership.propose')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('membership.decisions')}
        columns={useColumns()}
        rowKey={(row) => row.id}
        query={useQuery(decisionsQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        savedFilters={useSavedFilters('membership.decisions')}
        primary={propose}
        drawer={(row) => ({ title: row.name, path: paths.membership.decision(row.id), body: <Glance row={row} /> })}
        empty={
          <EmptyState title={t('membership.noDecisions')} icon={<Gavel aria-hidden="true" />} act={propose}>
            {t('membership.noDecisionsHint')}
          </EmptyState>
        }
      />
      {isProposing ? <ProposeDialog memberId={search.memberId ?? ''} onClose={() => setProposing(false)} /> : null}
    </>
  )
}

function Glance({ row }: { row: DecisionRow }) {
  const { t } = useTranslation()
  return (
    <Facts
      facts={[
        { label: t('membership.kind'), value: t(`words.membership.decisionKind.${row.kind}`) },
        { label: t('membership.branch'), value: row.orgName },
        { label: t('membership.stateLabel'), value: t(`words.membership.decisionState.${row.state}`) },
        { label: t('membership.proposedOn'), value: dateOf(row.proposedAt) },
        ...(row.effectiveOn ? [{ label: t('membership.effectiveOn'), value: row.effectiveOn }] : []),
      ]}
    />
  )
}
