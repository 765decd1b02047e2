import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useLive } from '@tongxin/client/stream'
import type { OwnMeetingRow } from '@tongxin/contract/meetings.own'
import { Lamp } from '@tongxin/ui'
import { CalendarClock, ScanLine } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { AnswerLamp } from './AnswerLamp.tsx'
import { ALL_MEETINGS, comingMeetings, MEETING_EVENTS } from './meetings.api.ts'
import { isCheckInOpen, meetingTime } from './meetings.format.ts'
import './meetings.css'

/** The next meetings that need something of me; a big check-in button when it is time. */
export function Card() {
  useLive(MEETING_EVENTS, ALL_MEETINGS)
  const { data } = useQuery(comingMeetings)
  const rows = (data?.rows ?? []).filter((row) => row.state !== 'cancelled').slice(0, 2)
  return rows.map((row) => <MeetingCard key={row.id} meeting={row} />)
}

function MeetingCard({ meeting }: { meeting: OwnMeetingRow }) {
  const { t, i18n } = useTranslation()
  const now = Date.now()
  const isOpen = isCheckInOpen(meeting, now) && meeting.checkIn === null && meeting.part !== 'left_out'
  return (
    <section className="card meeting-card" aria-label={meeting.title}>
      <Link to={paths.meetings.one(meeting.id)} className="meeting-link">
        <CalendarClock aria-hidden="true" />
        <span>
          <strong>{meeting.title}</strong>
          <span className="hint">{meetingTime(meeting.startsAt, meeting.endsAt, i18n.language, now)}</span>
          {meeting.place ? <span className="hint">{meeting.place}</span> : null}
        </span>
      </Link>
      {meeting.checkIn ? (
        <Lamp state="ok">{t('meetings.checkedInShort', { ordinal: meeting.checkIn.ordinal })}</Lamp>
      ) : (
        <AnswerLamp answer={meeting.answer} />
      )}
      {isOpen ? (
        <Link
          className="tx-button check-in-now"
          data-kind="primary"
          data-wide
          to={paths.meetings.checkIn()}
          search={{ m: meeting.id } as never}
        >
          <ScanLine aria-hidden="true" />
          {t('meetings.checkIn')}
        </Link>
      ) : null}
    </section>
  )
}
