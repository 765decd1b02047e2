import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { Search } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { ATTENDEE_MARKS, type AttendeeRow } from '@tongxin/contract/meetings'
import { answerLeave, strikeCheckIn, tickPresent } from '@tongxin/contract/meetings.record'
import {
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Lamp,
  type LampState,
  RefusalText,
  Select,
  Skeleton,
  say,
  timeOf,
} from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BulkBar } from '../../shared/list/BulkBar.tsx'
import { ALL_MEETINGS, attendeesQuery } from './meetings.api.ts'
import type { Meeting } from './meetings.types.ts'

type Props = { meeting: Meeting; search: Search; setSearch: (change: Readonly<Record<string, string>>) => void }

/** Who was called: answers, leave to decide, who is there; people without a telephone are ticked here. */
export function AttendeesTab({ meeting, search, setSearch }: Props) {
  const { t } = useTranslation()
  const asked = { mark: search.mark ?? '', cursor: search.cursor ?? '', limit: '100' }
  const { data, error, refetch } = useQuery(attendeesQuery(meeting.id, asked))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  return (
    <>
      <Select
        label={t('meetings.show')}
        value={asked.mark}
        onChange={(mark) => setSearch({ mark, cursor: '' })}
        options={ATTENDEE_MARKS.map((value) => ({ value, label: t(`meetings.mark.${value}`) }))}
      />
      {!data ? (
        <Skeleton lines={8} />
      ) : data.rows.length === 0 ? (
        <EmptyState title={t('meetings.nobody')} />
      ) : (
        <Table meeting={meeting} rows={data.rows} />
      )}
      {data?.next ? <Button onClick={() => setSearch({ cursor: data.next ?? '' })}>{t('meetings.more')}</Button> : null}
    </>
  )
}

function Table({ meeting, rows }: { meeting: Meeting; rows: readonly AttendeeRow[] }) {
  const { t } = useTranslation()
  const can = useCan()
  const mayAct = can('meetings.convene').whyNot === undefined
  const [chosen, setChosen] = useState<readonly string[]>([])
  const expected = mayAct ? rows.filter((row) => isMissing(meeting, row)) : []
  const picked = expected.filter(({ memberId }) => chosen.includes(memberId))
  const flip = (memberId: string) =>
    setChosen(chosen.includes(memberId) ? chosen.filter((id) => id !== memberId) : [...chosen, memberId])
  return (
    <>
      {picked.length > 0 ? <TickMany meeting={meeting} rows={picked} onDone={() => setChosen([])} /> : null}
      <table className="attendees">
        <thead>
          <tr>
            {expected.length > 0 ? (
              <th scope="col">
                <input
                  type="checkbox"
                  aria-label={t('meetings.chooseMissing')}
                  checked={picked.length === expected.length}
                  onChange={() =>
                    setChosen(picked.length === expected.length ? [] : expected.map(({ memberId }) => memberId))
                  }
                />
              </th>
            ) : null}
            <th scope="col">{t('meetings.person')}</th>
            <th scope="col">{t('meetings.partLabel')}</th>
            <th scope="col">{t('meetings.answerLabel')}</th>
            <th scope="col">{t('meetings.checkIn')}</th>
            <th scope="col">{t('meetings.acts')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.memberId}>
              {expected.length > 0 ? (
                <td>
                  {isMissing(meeting, row) ? (
                    <input
                      type="checkbox"
                      aria-label={t('meetings.choosePerson', { name: row.name })}
                      checked={chosen.includes(row.memberId)}
                      onChange={() => flip(row.memberId)}
                    />
                  ) : null}
                </td>
              ) : null}
              <th scope="row">
                {row.name} <small className="hint">{row.memberNo}</small>
              </th>
              <td>
                {t(`meetings.part.${row.part}`)}
                {row.leftOutReason ? ` · ${t(`meetings.leftOut.${row.leftOutReason}`)}` : ''}
              </td>
              <td>
                <Answer row={row} />
              </td>
              <td>
                <Presence row={row} />
              </td>
              <td>{mayAct ? <RowActs meeting={meeting} row={row} /> : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

const isOpenFor = (meeting: Meeting) => meeting.state === 'in_progress' || meeting.state === 'record_pending'
const isThere = (row: AttendeeRow) => row.checkIn !== null && row.checkIn.struckReason === null

/** Who should be in the room and is not checked in: those who may be ticked together. */
const isMissing = (meeting: Meeting, row: AttendeeRow) =>
  isOpenFor(meeting) && row.checkIn === null && row.part !== 'left_out' && row.answer !== 'leave_approved'

/** Checks in everybody chosen, with one reason that is kept for each. */
function TickMany(props: { meeting: Meeting; rows: readonly AttendeeRow[]; onDone: () => void }) {
  const { t } = useTranslation()
  const tick = useWrite(tickPresent, { refreshes: ALL_MEETINGS })
  const act = {
    key: 'tick',
    verb: t('meetings.tick'),
    question: (count: number) => t('meetings.tickManyTitle', { count }),
    reasonLabel: t('meetings.tickReason'),
    run: async (rows: readonly AttendeeRow[], reason: string) => {
      const memberIds = rows.map(({ memberId }) => memberId)
      const { checkedIn } = await tick.mutateAsync({ params: { id: props.meeting.id }, body: { memberIds, reason } })
      say(t('meetings.ticked', { count: checkedIn }))
    },
  }
  return (
    <BulkBar
      rows={props.rows}
      acts={[act]}
      rowKey={(row) => row.memberId}
      nameOf={(row) => row.name}
      onDone={props.onDone}
    />
  )
}

const ANSWERS: Readonly<Record<AttendeeRow['answer'], LampState>> = {
  none: 'idle',
  confirmed: 'ok',
  leave_asked: 'warn',
  leave_approved: 'info',
  leave_refused: 'late',
}

function Answer({ row }: { row: AttendeeRow }) {
  const { t } = useTranslation()
  const isUnread = row.answer === 'none' && row.readAt === null
  return (
    <>
      <Lamp state={ANSWERS[row.answer]}>{t(isUnread ? 'meetings.unread' : `meetings.answer.${row.answer}`)}</Lamp>
      {row.leaveReason ? <span className="hint"> {row.leaveReason}</span> : null}
    </>
  )
}

function Presence({ row }: { row: AttendeeRow }) {
  const { t } = useTranslation()
  const { checkIn } = row
  if (!checkIn) return <span className="hint">—</span>
  if (checkIn.struckReason) return <Lamp state="late">{t('meetings.struck', { reason: checkIn.struckReason })}</Lamp>
  const notes = [
    t(`meetings.way.${checkIn.way}`),
    checkIn.late ? t('meetings.late') : null,
    checkIn.submittedLater ? t('meetings.submittedLater') : null,
    checkIn.proxyReason,
  ]
  return (
    <>
      <Lamp state="ok">{t('meetings.thereAt', { ordinal: checkIn.ordinal, time: timeOf(checkIn.at) })}</Lamp>
      <span className="hint"> {notes.filter(Boolean).join(' · ')}</span>
    </>
  )
}

function RowActs({ meeting, row }: { meeting: Meeting; row: AttendeeRow }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'tick' | 'strike' | null>(null)
  const end = () => setAsking(null)
  const leave = useWrite(answerLeave, { refreshes: ALL_MEETINGS, onDone: () => say(t('meetings.done.answered')) })
  const tick = useWrite(tickPresent, { refreshes: ALL_MEETINGS, onDone: end })
  const strike = useWrite(strikeCheckIn, { refreshes: ALL_MEETINGS, onDone: end })
  const at = { id: meeting.id, memberId: row.memberId }
  const isOpen = isOpenFor(meeting)
  return (
    <span className="row-acts">
      {row.answer === 'leave_asked' ? (
        <Button isBusy={leave.isPending} onClick={() => leave.mutate({ params: at, body: { isGranted: true } })}>
          {t('meetings.grant')}
        </Button>
      ) : null}
      {row.answer === 'leave_asked' ? (
        <Button isBusy={leave.isPending} onClick={() => leave.mutate({ params: at, body: { isGranted: false } })}>
          {t('meetings.refuse')}
        </Button>
      ) : null}
      {isOpen && !isThere(row) && row.part !== 'left_out' ? (
        <Button onClick={() => setAsking('tick')}>{t('meetings.tick')}</Button>
      ) : null}
      {isOpen && isThere(row) ? (
        <Button kind="quiet" onClick={() => setAsking('strike')}>
          {t('meetings.strike')}
        </Button>
      ) : null}
      <RefusalText error={leave.error} />
      <ConfirmDialog
        isOpen={asking === 'tick'}
        onClose={end}
        title={t('meetings.tickTitle', { name: row.name })}
        verb={t('meetings.tick')}
        reasonLabel={t('meetings.tickReason')}
        isBusy={tick.isPending}
        error={tick.error}
        onConfirm={(reason) => tick.mutate({ params: { id: meeting.id }, body: { memberIds: [row.memberId], reason } })}
      >
        {t('meetings.tickHint')}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asking === 'strike'}
        onClose={end}
        title={t('meetings.strikeTitle', { name: row.name })}
        verb={t('meetings.strike')}
        isDanger
        reasonLabel={t('meetings.strikeReason')}
        isBusy={strike.isPending}
        error={strike.error}
        onConfirm={(reason) => strike.mutate({ params: at, body: { reason } })}
      />
    </span>
  )
}
