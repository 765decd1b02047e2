import { useQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import { type NoticeRow, resendNotice } from '@tongxin/contract/notices'
import { Button, dateOf, ErrorState, Lamp, RefusalText, Skeleton, say, timeOf } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { ALL_NOTICES, missingQuery } from './notices.api.ts'

/** What was written, how many have read and confirmed it, and who is missing; tells only those again. */
export function Receipts({ notice }: { notice: NoticeRow }) {
  const { t } = useTranslation()
  const missing = useQuery(missingQuery(notice.id))
  const resend = useWrite(resendNotice, {
    refreshes: ALL_NOTICES,
    onDone: ({ people }) => say(t('notices.toldAgain', { count: people })),
  })
  const facts = [
    { label: t('notices.to'), value: notice.orgName },
    { label: t('notices.readBy'), value: `${notice.read} / ${notice.delivered}` },
    ...(notice.needsConfirm
      ? [{ label: t('notices.confirmedBy'), value: `${notice.confirmed} / ${notice.delivered}` }]
      : []),
    ...(notice.confirmBy
      ? [{ label: t('notices.confirmBy'), value: `${dateOf(notice.confirmBy)} ${timeOf(notice.confirmBy)}` }]
      : []),
  ]
  return (
    <>
      <Facts facts={facts} />
      <p className="notice-text">{notice.body}</p>
      <h3>{t(notice.needsConfirm ? 'notices.notConfirmed' : 'notices.notRead')}</h3>
      {missing.isPending ? <Skeleton lines={3} /> : null}
      {missing.isError ? <ErrorState error={missing.error} onRetry={() => void missing.refetch()} /> : null}
      {missing.data?.rows.length === 0 ? <Lamp state="ok">{t('notices.nobodyMissing')}</Lamp> : null}
      {missing.data && missing.data.rows.length > 0 ? (
        <>
          <ul className="missing">
            {missing.data.rows.map((row) => (
              <li key={row.personId}>
                {row.name}
                {row.resent > 0 ? (
                  <small className="hint"> {t('notices.resentTimes', { count: row.resent })}</small>
                ) : null}
              </li>
            ))}
          </ul>
          {missing.data.next ? <p className="hint">{t('notices.firstHundred')}</p> : null}
          <Button
            kind="primary"
            isBusy={resend.isPending}
            onClick={() => resend.mutate({ params: { id: notice.id }, body: {} })}
          >
            {t('notices.tellAgain')}
          </Button>
        </>
      ) : null}
      <RefusalText error={resend.error} />
    </>
  )
}
