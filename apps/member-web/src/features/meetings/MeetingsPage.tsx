import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { OwnMeetingRow } from '@tongxin/contract/meetings.own'
import { Button, EmptyState, ErrorState, Lamp, Skeleton } from '@tongxin/ui'
import { CalendarX2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { AnswerLamp } from './AnswerLamp.tsx'
import { ALL_MEETINGS, comingMeetings, MEETING_EVENTS, pastMeetings } from './meetings.api.ts'
import { meetingTime } from './meetings.format.ts'
import './meetings.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(comingMeetings)

/** All meetings I am called to: coming ones, and past ones below. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(MEETING_EVENTS, ALL_MEETINGS)
  const { data } = useSuspenseQuery(comingMeetings)
  return (
    <PageFrame title={t('meetings.mine')}>
      <section aria-labelledby="coming">
        <h2 id="coming">{t('meetings.coming')}</h2>
        {data.rows.length === 0 ? (
          <EmptyState title={t('meetings.noneComing')} icon={<CalendarX2 aria-hidden="true" />}>
            {t('meetings.noneComingHint')}
          </EmptyState>
        ) : (
          <Rows rows={data.rows} />
        )}
      </section>
      <Past cursor={search.cursor ?? ''} onMore={(cursor) => setSearch({ cursor })} />
      <Link className="tx-button" data-wide to={paths.meetings.proposals()}>
        {t('meetings.proposalsLink')}
      </Link>
      <Link className="tx-button" data-wide to={paths.meetings.tasks()}>
        {t('meetings.tasksLink')}
      </Link>
      <Link className="tx-button" data-wide to={paths.meetings.talks()}>
        {t('meetings.talksLink')}
      </Link>
      <Link className="tx-button" data-wide to={paths.meetings.calendar()}>
        {t('meetings.calendar')}
      </Link>
    </PageFrame>
  )
}

function Past({ cursor, onMore }: { cursor: string; onMore: (cursor: string) => void }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(pastMeetings(cursor))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={3} />
  if (data.rows.length === 0) return null
  return (
    <section aria-labelledby="past">
      <h2 id="past">{t('meetings.past')}</h2>
      <Rows rows={data.rows} />
      {data.next ? (
        <Button wide onClick={() => onMore(data.next ?? '')}>
          {t('meetings.older')}
        </Button>
      ) : null}
    </section>
  )
}

function Rows({ rows }: { rows: readonly OwnMeetingRow[] }) {
  const { t, i18n } = useTranslation()
  return (
    <ul className="card meeting-rows">
      {rows.map((row) => (
        <li key={row.id}>
          <Link to={paths.meetings.one(row.id)}>
            <strong>{row.title}</strong>
            <span className="hint">{meetingTime(row.startsAt, row.endsAt, i18n.language, Date.now())}</span>
            {row.state === 'cancelled' ? (
              <Lamp state="late">{t('meetings.state.cancelled')}</Lamp>
            ) : row.checkIn ? (
              <Lamp state="ok">{t('meetings.wasThere')}</Lamp>
            ) : (
              <AnswerLamp answer={row.answer} />
            )}
          </Link>
        </li>
      ))}
    </ul>
  )
}
