import { useQuery } from '@tanstack/react-query'
import { EmptyState, ErrorState, Skeleton } from '@tongxin/ui'
import { ChartColumn } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { spreadQuery } from './publishing.api.ts'

/** How far an article spread: counts by where readers came from and by day, nobody in particular. */
export function SpreadTab({ id }: { id: string }) {
  const { t } = useTranslation()
  const query = useQuery(spreadQuery(id))
  if (query.isPending) return <Skeleton lines={6} />
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const { reads, shares, comments, sources, days } = query.data
  if (sources.length === 0)
    return (
      <EmptyState title={t('publishing.nobodyYet')} icon={<ChartColumn aria-hidden="true" />}>
        {t('publishing.nobodyYetHint')}
      </EmptyState>
    )
  return (
    <div className="publishing-stack">
      <p className="hint">{t('publishing.spreadHint')}</p>
      <Facts
        facts={[
          { label: t('publishing.reads'), value: reads },
          { label: t('publishing.shares'), value: shares },
          { label: t('publishing.shownComments'), value: comments },
        ]}
      />
      <Counts
        head={t('publishing.from')}
        rows={sources.map((one) => ({ key: one.source, name: t(`words.publishing.readSource.${one.source}`), ...one }))}
      />
      <Counts head={t('publishing.day')} rows={days.map((one) => ({ key: one.onDate, name: one.onDate, ...one }))} />
    </div>
  )
}

type Row = { readonly key: string; readonly name: string; readonly reads: number; readonly shares: number }
function Counts({ head, rows }: { head: string; rows: readonly Row[] }) {
  const { t } = useTranslation()
  const most = Math.max(1, ...rows.map((row) => row.reads))
  return (
    <table className="publishing-counts">
      <thead>
        <tr>
          <th>{head}</th>
          <th>{t('publishing.reads')}</th>
          <th>{t('publishing.shares')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, reads, shares }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            <td>
              <meter min={0} max={most} value={reads} aria-hidden="true" /> {reads}
            </td>
            <td>{shares}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
