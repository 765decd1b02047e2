import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useLive } from '@tongxin/client/stream'
import type { MeetingRow } from '@tongxin/contract/meetings'
import { ErrorState, Lamp, Skeleton } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ALL_MEETINGS, figuresQuery, MEETING_EVENTS } from './meetings.api.ts'
import { lampOf, spanOf } from './meetings.format.ts'

/** Meetings of today, leave to decide, records to sign and to file: each leads to where it is done. */
export function Part() {
  const { t } = useTranslation()
  useLive(MEETING_EVENTS, ALL_MEETINGS)
  const { data, error, refetch } = useQuery(figuresQuery)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={4} />
  const { today, leaves, toSign, unfiled } = data
  return (
    <>
      <Group title={t('meetings.today')} rows={today} />
      {leaves.length > 0 ? (
        <section className="panel">
          <h2>{t('meetings.leavesToDecide')}</h2>
          <ul className="due-rows">
            {leaves.map((leave) => (
              <li key={`${leave.meetingId}-${leave.memberId}`}>
                <Link to={paths.meetings.one(leave.meetingId)} search={{ tab: 'people', mark: 'leave_asked' } as never}>
                  {t('meetings.leaveLine', { ...leave })}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <Group title={t('meetings.toSign')} rows={toSign} tab="signatures" />
      <Group title={t('meetings.toFile')} rows={unfiled} tab="minutes" />
    </>
  )
}

function Group({ title, rows, tab }: { title: string; rows: readonly MeetingRow[]; tab?: string }) {
  const { t } = useTranslation()
  if (rows.length === 0) return null
  return (
    <section className="panel">
      <h2>{title}</h2>
      <ul className="due-rows">
        {rows.map((row) => (
          <li key={row.id}>
            <Link to={paths.meetings.one(row.id)} search={(tab ? { tab } : {}) as never}>
              {row.title}
            </Link>
            <span className="hint">
              {row.orgName} · {spanOf(row)}
            </span>
            <Lamp state={lampOf(row)}>
              {row.unfiledDays === null
                ? t(`meetings.state.${row.state}`)
                : t('meetings.unfiledFor', { count: row.unfiledDays })}
            </Lamp>
          </li>
        ))}
      </ul>
    </section>
  )
}
