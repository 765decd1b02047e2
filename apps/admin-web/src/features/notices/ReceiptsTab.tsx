import { useQuery } from '@tanstack/react-query'
import { download } from '@tongxin/client/download'
import type { Search } from '@tongxin/client/screen'
import { exportReceipts, type NOTICE_FILES, RECEIPT_VIEWS, type ReceiptView } from '@tongxin/contract/notices.circulars'
import { Button, dateOf, EmptyState, ErrorState, RefusalText, Skeleton, timeOf } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Pager } from '../../shared/list/Pager.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { receiptsQuery } from './notices.api.ts'
import type { Kept } from './record-draft.ts'

type Props = { record: Kept; search: Search; setSearch: (change: Readonly<Record<string, string>>) => void }
const whenOf = (at: string | null) => (at ? `${dateOf(at)} ${timeOf(at)}` : '—')
const viewOf = (search: Search): ReceiptView => RECEIPT_VIEWS.find((view) => view === search.view) ?? 'missing'

/** People: who is missing, who has read and confirmed, who has answered; as a table, a file or on paper. */
export function ReceiptsTab({ record, search, setSearch }: Props) {
  const { t } = useTranslation()
  const view = viewOf(search)
  const orgId = search.orgId ?? ''
  const views = RECEIPT_VIEWS.filter((one) => one !== 'answered' || record.notice.answerKind !== 'none')
  return (
    <div className="notice-page">
      <section className="notice-views" aria-label={t('notices.byPerson')}>
        {views.map((one) => (
          <Button key={one} aria-pressed={one === view} onClick={() => setSearch({ view: one, cursor: '' })}>
            {t(`notices.view.${one}`)}
          </Button>
        ))}
      </section>
      <OrgPicker label={t('notices.unit')} value={orgId} onChange={(id) => setSearch({ orgId: id, cursor: '' })} />
      <Files id={record.notice.id} view={view} orgId={orgId} />
      <Rows record={record} view={view} search={search} setSearch={setSearch} />
    </div>
  )
}

function Files({ id, view, orgId }: { id: string; view: ReceiptView; orgId: string }) {
  const { t, i18n } = useTranslation()
  const [error, setError] = useState<unknown>(null)
  const language = i18n.language === 'en' ? ('en' as const) : ('zh-CN' as const)
  const take = (format: (typeof NOTICE_FILES)[number]) => {
    setError(null)
    const body = { view, format, language, ...(orgId ? { orgId } : {}) }
    download(exportReceipts, { params: { id }, body }).catch(setError)
  }
  return (
    <div className="notice-views no-print">
      <Button onClick={() => take('xlsx')}>{t('notices.exportXlsx')}</Button>
      <Button onClick={() => take('pdf')}>{t('notices.print')}</Button>
      <RefusalText error={error} />
    </div>
  )
}

function Rows({ record, view, search, setSearch }: Props & { view: ReceiptView }) {
  const { t } = useTranslation()
  const { id, needsConfirm, answerKind } = record.notice
  const asked = { view, orgId: search.orgId ?? '', cursor: search.cursor ?? '' }
  const receipts = useQuery(receiptsQuery(id, asked))
  if (receipts.isPending) return <Skeleton lines={6} />
  if (receipts.isError) return <ErrorState error={receipts.error} onRetry={() => void receipts.refetch()} />
  const { rows, next } = receipts.data
  if (rows.length === 0) return <EmptyState title={t(`notices.nobody.${view}`)}>{t('notices.nobodyHint')}</EmptyState>
  const hasAnswers = answerKind !== 'none'
  return (
    <>
      <table className="tx-diff notice-units">
        <caption className="tx-hidden">{t(`notices.view.${view}`)}</caption>
        <thead>
          <tr>
            <th scope="col">{t('notices.name')}</th>
            <th scope="col">{t('notices.unit')}</th>
            {view === 'missing' ? null : <th scope="col">{t('notices.readAt')}</th>}
            {view === 'missing' || !needsConfirm ? null : <th scope="col">{t('notices.confirmedAt')}</th>}
            {view === 'missing' || !hasAnswers ? null : <th scope="col">{t('notices.answer')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.personId}>
              <th scope="row">{row.name}</th>
              <td>{row.orgName}</td>
              {view === 'missing' ? null : <td>{whenOf(row.readAt)}</td>}
              {view === 'missing' || !needsConfirm ? null : <td>{whenOf(row.confirmedAt)}</td>}
              {view === 'missing' || !hasAnswers ? null : <td>{row.answer ?? '—'}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      <Pager search={search} setSearch={setSearch} next={next} shown={rows.length} total={null} />
    </>
  )
}
