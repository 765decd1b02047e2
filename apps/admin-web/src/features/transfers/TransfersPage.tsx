import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { call } from '@tongxin/client/call'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { TransferRow } from '@tongxin/contract/transfers'
import { decideTransfers, stepTransfers } from '@tongxin/contract/transfers.acts'
import { TRANSFER_DIRECTIONS, TRANSFER_KINDS, TRANSFER_STATES } from '@tongxin/contract/transfers.words'
import { EmptyState } from '@tongxin/ui'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { BulkAct, Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { TransferFacts } from './TransferFacts.tsx'
import { TransferTabs } from './TransferTabs.tsx'
import { ALL_TRANSFERS, saveExport, savePrint, TRANSFER_EVENTS, tabOf, transfersQuery } from './transfers.api.ts'
import { lampOf, stubKeptUntil } from './transfers.format.ts'
import { useRefresh } from './use-refresh.ts'
import './transfers.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(transfersQuery(search))

function useColumns(isStubs: boolean): Column<TransferRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'name', textKey: 'transfers.name', render: (row) => row.name, isSortable: true, width: 120 },
    { key: 'number', textKey: 'transfers.number', render: (row) => row.number ?? '—', isSortable: true, width: 110 },
    { key: 'kind', textKey: 'transfers.kindLabel', render: (row) => t(`transfers.kind.${row.kind}`), width: 150 },
    { key: 'from', textKey: 'transfers.from', render: (row) => row.fromName },
    { key: 'to', textKey: 'transfers.to', render: (row) => row.toName },
    {
      key: 'validUntil',
      textKey: 'transfers.validUntil',
      isSortable: true,
      render: (row) => <ValidUntil row={row} />,
      width: 190,
    },
    {
      key: 'issuedOn',
      textKey: 'transfers.issuedOn',
      isSortable: true,
      isHiddenAtFirst: !isStubs,
      render: (row) => row.issuedOn ?? '—',
    },
    {
      key: 'keptUntil',
      textKey: 'transfers.keptUntil',
      isHiddenAtFirst: !isStubs,
      render: (row) => (row.issuedOn ? stubKeptUntil(row.issuedOn) : '—'),
    },
    {
      key: 'receivedOn',
      textKey: 'transfers.receivedOn',
      isHiddenAtFirst: true,
      render: (row) => row.receivedOn ?? '—',
    },
    {
      key: 'createdAt',
      textKey: 'transfers.createdAt',
      isSortable: true,
      isHiddenAtFirst: true,
      render: (row) => row.createdAt.slice(0, 10),
    },
  ]
}

/** The last day of a letter, with the days left while somebody waits for it. */
function ValidUntil({ row }: { row: TransferRow }) {
  const { t } = useTranslation()
  if (row.validUntil === null) return '—'
  if (row.daysLeft === null) return row.validUntil
  const left =
    row.daysLeft < 0
      ? t('transfers.daysOver', { count: -row.daysLeft })
      : t('transfers.daysLeft', { count: row.daysLeft })
  return `${row.validUntil} · ${left}`
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  const words = (group: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`transfers.${group}.${value}`) }))
  return [
    { key: 'text', label: t('transfers.keyword'), kind: 'text' },
    { key: 'orgId', label: t('transfers.unit'), kind: 'organisation' },
    {
      key: 'direction',
      label: t('transfers.directionLabel'),
      kind: 'choice',
      options: words('direction', TRANSFER_DIRECTIONS),
    },
    { key: 'kind', label: t('transfers.kindLabel'), kind: 'choice', options: words('kind', TRANSFER_KINDS) },
    {
      key: 'state',
      label: t('transfers.stateLabel'),
      kind: 'choice',
      isMore: true,
      options: words('state', TRANSFER_STATES),
    },
    { key: 'issued', label: t('transfers.issuedOn'), kind: 'dates', isMore: true },
  ]
}

/** One act for many rows, each in the version that is on the screen: all or none. */
function useBulk(): BulkAct<TransferRow>[] {
  const { t, i18n } = useTranslation()
  const can = useCan()
  const refresh = useRefresh(ALL_TRANSFERS)
  const items = (rows: readonly TransferRow[]) => rows.map(({ id, version }) => ({ id, version }))
  const step = (act: 'agree' | 'issue' | 'receive'): BulkAct<TransferRow> => ({
    key: act,
    verb: t(`transfers.act.${act}`),
    question: (count) => t(`transfers.bulk.${act}`, { count }),
    whyNot: can('transfers.write').whyNot,
    run: async (rows) => {
      await call(stepTransfers, { body: { act, items: items(rows) } })
      await refresh()
    },
  })
  return [
    step('agree'),
    {
      key: 'approve',
      verb: t('transfers.act.approve'),
      question: (count) => t('transfers.bulk.approve', { count }),
      whyNot: can('transfers.approve').whyNot,
      run: async (rows) => {
        await call(decideTransfers, { body: { act: 'approve', items: items(rows) } })
        await refresh()
      },
    },
    step('issue'),
    step('receive'),
    {
      key: 'print',
      verb: t('transfers.printLetters'),
      question: (count) => t('transfers.bulk.print', { count }),
      whyNot: can('transfers.write').whyNot,
      run: async (rows) =>
        savePrint(
          rows.map(({ id }) => id),
          'letter',
          'pdf',
          i18n.language,
        ),
    },
  ]
}

/** Relations on their way: what this post has to do, what is coming in, what runs out, and the stubs. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const tab = tabOf(search)
  useLive(TRANSFER_EVENTS, ALL_TRANSFERS)
  return (
    <ListPage
      key={tab === 'stubs' ? 'stubs' : 'rows'}
      title={t('transfers.title')}
      columns={useColumns(tab === 'stubs')}
      rowKey={(row) => row.id}
      query={useQuery(transfersQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={useFilters()}
      savedFilters={useSavedFilters('transfers')}
      bulk={useBulk()}
      lead={<TransferTabs tab={tab} onChoose={(chosen) => setSearch({ tab: chosen, cursor: '', open: '' })} />}
      lamp={(row) => ({ state: lampOf(row), word: t(`transfers.state.${row.state}`) })}
      drawer={(row) => ({ title: row.name, path: paths.transfers.one(row.id), body: <TransferFacts id={row.id} /> })}
      onExport={({ purpose }) => saveExport(search, purpose, i18n.language)}
      primary={<Primary />}
      empty={<EmptyState title={t(`transfers.none.${tab}`)}>{t('transfers.noneHint')}</EmptyState>}
    />
  )
}

function Primary() {
  const { t } = useTranslation()
  if (useCan()('transfers.write').whyNot !== undefined) return null
  return (
    <>
      <Link className="tx-button" to={paths.transfers.incoming()}>
        {t('transfers.addIncoming')}
      </Link>
      <Link className="tx-button" to={paths.transfers.many()}>
        {t('transfers.addMany')}
      </Link>
      <Link className="tx-button" data-kind="primary" to={paths.transfers.add()}>
        <Plus size="1.1em" aria-hidden="true" />
        {t('transfers.add')}
      </Link>
    </>
  )
}
