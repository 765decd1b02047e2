import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { call } from '@tongxin/client/call'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { useWrite } from '@tongxin/client/use-write'
import type { Reply } from '@tongxin/contract/endpoint'
import { confirmMeeting, noteMeetingRead, type readOwnMeeting } from '@tongxin/contract/meetings.own'
import { Button, Lamp, RefusalText, say, timeOf, whenText } from '@tongxin/ui'
import { ScanLine } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { AnswerLamp } from './AnswerLamp.tsx'
import { LeaveSheet } from './LeaveSheet.tsx'
import { MeetingRecord } from './MeetingRecord.tsx'
import { ALL_MEETINGS, MEETING_EVENTS, meetingQuery } from './meetings.api.ts'
import { isCheckInOpen, meetingTime } from './meetings.format.ts'
import { Papers } from './Papers.tsx'
import { Photos } from './Photos.tsx'
import './meetings.css'

type Meeting = Reply<typeof readOwnMeeting>
export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(meetingQuery(params.id ?? ''))

/** One meeting: when and where, my answer, the agenda; after it the record. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  useLive(MEETING_EVENTS, ALL_MEETINGS)
  const { data: meeting } = useSuspenseQuery(meetingQuery(params.id ?? ''))
  useReadReceipt(meeting)
  const [asksLeave, setAsksLeave] = useState(false)
  return (
    <PageFrame
      title={meeting.title}
      lead={<p className="lead">{meeting.orgName}</p>}
      primary={<Primary meeting={meeting} />}
    >
      <Facts meeting={meeting} />
      {meeting.state === 'noticed' || meeting.state === 'planned' ? (
        <Answer meeting={meeting} onAskLeave={() => setAsksLeave(true)} />
      ) : null}
      <section className="card" aria-labelledby="agenda">
        <h2 id="agenda">{t('meetings.agenda')}</h2>
        {meeting.agenda.length === 0 ? (
          <p className="hint">{t('meetings.noAgenda')}</p>
        ) : (
          <ol className="agenda">
            {meeting.agenda.map((item) => (
              <li key={item.id}>
                {item.title}
                {item.presenter ? <span className="hint"> {t('meetings.by', { name: item.presenter })}</span> : null}
                {item.votes === 'none' ? null : <Lamp state="info">{t('meetings.voted')}</Lamp>}
                <Papers papers={meeting.papers.filter(({ agendaId }) => agendaId === item.id)} />
              </li>
            ))}
          </ol>
        )}
        <Papers papers={meeting.papers.filter(({ agendaId }) => agendaId === null)} />
      </section>
      {!meeting.checkIn && ['record_pending', 'awaiting_signatures', 'archived'].includes(meeting.state) ? (
        <Link className="tx-button" data-wide to={paths.meetings.study(meeting.id)}>
          {t('meetings.studyLink')}
        </Link>
      ) : null}
      <Photos meeting={meeting} />
      <MeetingRecord meeting={meeting} />
      {asksLeave ? <LeaveSheet meeting={meeting} onClose={() => setAsksLeave(false)} /> : null}
    </PageFrame>
  )
}

function Facts({ meeting }: { meeting: Meeting }) {
  const { t, i18n } = useTranslation()
  const facts: [string, string | null][] = [
    [t('meetings.when'), meetingTime(meeting.startsAt, meeting.endsAt, i18n.language, Date.now())],
    [t('meetings.place'), meeting.place],
    [t('meetings.kind'), meeting.kinds.map((kind) => t(`meetings.kinds.${kind}`)).join(t('meetings.comma'))],
    [t('meetings.chair'), meeting.chair?.name ?? null],
    [t('meetings.iAm'), t(`meetings.part.${meeting.part}`)],
  ]
  return (
    <section className="card" aria-label={t('meetings.facts')}>
      {meeting.state === 'cancelled' ? (
        <p>
          <Lamp state="late">{t('meetings.state.cancelled')}</Lamp> {meeting.cancelledReason}
        </p>
      ) : null}
      {meeting.checkIn ? (
        <p className="was-there">
          <Lamp state="ok">
            {t('meetings.checkedIn', { time: timeOf(meeting.checkIn.at), ordinal: meeting.checkIn.ordinal })}
          </Lamp>
        </p>
      ) : null}
      <dl className="facts">
        {facts
          .filter(([, value]) => value)
          .map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {meeting.onlineUrl ? (
        <a className="tx-button" data-wide href={meeting.onlineUrl} rel="noreferrer" target="_blank">
          {t('meetings.joinOnline')}
        </a>
      ) : null}
    </section>
  )
}

/** My answer so far and the acts that change it; leave only until the time that was set. */
function Answer({ meeting, onAskLeave }: { meeting: Meeting; onAskLeave: () => void }) {
  const { t, i18n } = useTranslation()
  const confirm = useWrite(confirmMeeting, { refreshes: ALL_MEETINGS, onDone: () => say(t('meetings.confirmed')) })
  if (meeting.part === 'left_out') return null
  const isTooLate = Date.now() > Date.parse(meeting.leaveUntil)
  const hasLeave = meeting.answer === 'leave_asked' || meeting.answer === 'leave_approved'
  return (
    <section className="card" aria-label={t('meetings.myAnswer')}>
      <p>
        <AnswerLamp answer={meeting.answer} />{' '}
        {meeting.leaveReason ? <span className="hint">{meeting.leaveReason}</span> : null}
      </p>
      {meeting.leaveNote ? <p className="hint">{t('meetings.organiserSays', { note: meeting.leaveNote })}</p> : null}
      <div className="two-acts">
        {meeting.answer === 'confirmed' || meeting.answer === 'leave_approved' ? null : (
          <Button
            kind="primary"
            wide
            isBusy={confirm.isPending}
            onClick={() => confirm.mutate({ params: { id: meeting.id }, body: {} })}
          >
            {t('meetings.iCome')}
          </Button>
        )}
        {hasLeave ? null : (
          <Button
            wide
            whyNot={
              isTooLate
                ? t('meetings.leaveTooLate', { when: whenText(meeting.leaveUntil, Date.now(), i18n.language) })
                : undefined
            }
            onClick={onAskLeave}
          >
            {t('meetings.askLeave')}
          </Button>
        )}
      </div>
      <RefusalText error={confirm.error} />
    </section>
  )
}

function Primary({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  if (
    meeting.checkIn ||
    meeting.part === 'left_out' ||
    meeting.state === 'cancelled' ||
    !isCheckInOpen(meeting, Date.now())
  )
    return null
  return (
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
  )
}

/** Opening the page is reading the invitation; said to the server once, without bothering the reader when it fails. */
function useReadReceipt(meeting: Meeting): void {
  const { id, readAt } = meeting
  const { mutate } = useMutation({ mutationFn: () => call(noteMeetingRead, { params: { id }, body: {} }) })
  // Synchronises with the server: the receipt of an invitation that is on the screen.
  useEffect(() => {
    if (readAt === null) mutate()
  }, [readAt, mutate])
}
