import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { VoteRow } from '@tongxin/contract/voting'
import { SECRECIES, VOTE_STATES, VOTE_SUBJECTS } from '@tongxin/contract/voting.words'
import { dateOf, EmptyState, Lamp } from '@tongxin/ui'
import { Plus, Vote } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { ALL_VOTING, saveVotes, VOTING_EVENTS, votesQuery } from './voting.api.ts'
import { lampOf, untilText } from './voting.format.ts'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(votesQuery(search))

function useColumns(): Column<VoteRow>[] {
  const { t, i18n } = useTranslation()
  return [
    { key: 'title', textKey: 'voting.name', render: (row) => row.title, isSortable: true },
    { key: 'org', textKey: 'voting.org', render: (row) => row.orgName },
    { key: 'subject', textKey: 'voting.what', render: (row) => t(`voting.subject.${row.subject.kind}`), width: 120 },
    {
      key: 'secrecy',
      textKey: 'voting.how',
      render: (row) => `${t(`voting.secrecy.${row.secrecy}`)} · ${t(`voting.channel.${row.channel}`)}`,
      width: 170,
    },
    {
      key: 'drawn',
      textKey: 'voting.drawnColumn',
      render: (row) => (row.secrecy === 'named' ? '–' : `${row.drawn} / ${row.voters}`),
      isNumber: true,
      width: 110,
    },
    { key: 'until', textKey: 'voting.untilLabel', render: (row) => untilText(row, t, i18n.language), width: 150 },
    {
      key: 'createdAt',
      textKey: 'voting.madeOn',
      render: (row) => dateOf(row.createdAt),
      isSortable: true,
      width: 120,
    },
  ]
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  return [
    { key: 'text', label: t('voting.name'), kind: 'text' },
    {
      key: 'state',
      label: t('voting.stateLabel'),
      kind: 'choice',
      options: VOTE_STATES.map((value) => ({ value, label: t(`voting.state.${value}`) })),
    },
    {
      key: 'subjectKind',
      label: t('voting.what'),
      kind: 'choice',
      options: VOTE_SUBJECTS.map((value) => ({ value, label: t(`voting.subject.${value}`) })),
    },
    {
      key: 'secrecy',
      label: t('voting.how'),
      kind: 'choice',
      options: SECRECIES.map((value) => ({ value, label: t(`voting.secrecy.${value}`) })),
    },
    { key: 'orgId', label: t('voting.org'), kind: 'organisation', isMore: true },
  ]
}

/** Votes and elections of the scope, whatever they belong to. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const { whyNot } = useCan()('voting.hold')
  useLive(VOTING_EVENTS, ALL_VOTING)
  const make = whyNot ? null : (
    <Link className="tx-button" data-kind="primary" to={paths.voting.make()}>
      <Plus aria-hidden="true" />
      {t('voting.make')}
    </Link>
  )
  return (
    <ListPage
      title={t('voting.title')}
      columns={useColumns()}
      rowKey={(row) => row.id}
      query={useQuery(votesQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={useFilters()}
      savedFilters={useSavedFilters('voting.votes')}
      primary={make}
      onExport={({ format, purpose }) => saveVotes(search, { format, purpose }, i18n.language)}
      lamp={(row) => ({ state: lampOf(row.state), word: t(`voting.state.${row.state}`) })}
      drawer={(row) => ({ title: row.title, path: paths.voting.one(row.id), body: <Glance row={row} /> })}
      empty={
        <EmptyState title={t('voting.none')} icon={<Vote aria-hidden="true" />} act={make}>
          {t('voting.noneHint')}
        </EmptyState>
      }
    />
  )
}

function Glance({ row }: { row: VoteRow }) {
  const { t, i18n } = useTranslation()
  const until = untilText(row, t, i18n.language)
  return (
    <>
      <Lamp state={lampOf(row.state)}>{t(`voting.state.${row.state}`)}</Lamp>
      <Facts
        facts={[
          { label: t('voting.org'), value: row.orgName },
          {
            label: t('voting.how'),
            value: `${t(`voting.secrecy.${row.secrecy}`)} · ${t(`voting.channel.${row.channel}`)}`,
          },
          { label: t('voting.roll'), value: t('voting.people', { people: row.voters }) },
          ...(until ? [{ label: t('voting.untilLabel'), value: until }] : []),
        ]}
      />
    </>
  )
}
