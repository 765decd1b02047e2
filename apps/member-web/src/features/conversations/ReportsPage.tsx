import { useQuery } from '@tanstack/react-query'
import { EmptyState, ErrorState, Lamp, Skeleton, whenText } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { reportsQuery } from './conversations.api.ts'
import './conversations.css'

const LAMPS = { open: 'info', upheld: 'ok', dismissed: 'warn' } as const

/** What I have reported, and what came of it. */
export function Page() {
  const { t, i18n } = useTranslation()
  const query = useQuery(reportsQuery)
  return (
    <PageFrame title={t('conversations.myReports')}>
      {query.isPending ? <Skeleton lines={4} /> : null}
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data?.length === 0 ? <EmptyState title={t('conversations.noReports')} /> : null}
      {(query.data ?? []).map((report) => (
        <section key={report.id} className="card">
          <span className="talk-row-head">
            <strong>{t('conversations.reportOf', { count: report.messages })}</strong>
            <Lamp state={LAMPS[report.state]}>{t(`conversations.reportState.${report.state}`)}</Lamp>
          </span>
          <p>{report.reason}</p>
          {report.words ? <p>{`${report.decidedBy}：${report.words}`}</p> : null}
          <span className="hint">{whenText(report.createdAt, Date.now(), i18n.language)}</span>
        </section>
      ))}
    </PageFrame>
  )
}
