import { useQuery } from '@tanstack/react-query'
import type { ScreenProps } from '@tongxin/client/screen'
import type { LedgerRow } from '@tongxin/contract/meetings.figures'
import { dateOf, EmptyState, Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { ledgerQuery } from './meetings.api.ts'

/** Per branch what the statutes demand of the year, what was held and what is missing. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const year = Number(search.year) || Number(dateOf(Date.now()).slice(0, 4))
  const { year: _, ...asked } = search
  const query = useQuery(ledgerQuery(year, asked))
  const kinds = query.data?.rows[0]?.kinds.map((kind) => kind.kind) ?? []
  const columns: Column<LedgerRow>[] = [
    { key: 'name', textKey: 'meetings.branch', render: (row) => row.orgName, isSortable: true },
    ...kinds.map(
      (kind, index): Column<LedgerRow> => ({
        key: kind,
        textKey: `meetings.kinds.${kind}`,
        render: (row) => <Kind kind={row.kinds[index]} />,
      }),
    ),
  ]
  return (
    <ListPage
      title={t('meetings.ledger', { year })}
      columns={columns}
      rowKey={(row) => row.orgId}
      query={query}
      search={search}
      setSearch={setSearch}
      filters={[
        { key: 'orgId', label: t('meetings.branch'), kind: 'organisation' },
        {
          key: 'year',
          label: t('meetings.year'),
          kind: 'choice',
          options: [0, 1, 2]
            .map((back) => String(Number(dateOf(Date.now()).slice(0, 4)) - back))
            .map((value) => ({ value, label: value })),
        },
      ]}
      lamp={(row) =>
        row.missing === 0
          ? { state: 'ok', word: t('meetings.complete') }
          : { state: 'warn', word: t('meetings.missingCount', { count: row.missing }) }
      }
      empty={<EmptyState title={t('meetings.noBranches')} />}
    />
  )
}

function Kind({ kind }: { kind: LedgerRow['kinds'][number] | undefined }) {
  const { t } = useTranslation()
  if (!kind) return null
  if (kind.missing.length === 0) return <Lamp state="ok">{t('meetings.heldCount', { count: kind.held.length })}</Lamp>
  return (
    <span title={kind.missing.join(' ')}>
      <Lamp state="warn">{t('meetings.heldMissing', { held: kind.held.length, missing: kind.missing.length })}</Lamp>
    </span>
  )
}
