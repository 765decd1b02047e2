import { useQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import { type ChannelRecord, reschedule, scheduleProgramme, unschedule } from '@tongxin/contract/television'
import type { ProgrammeSlot } from '@tongxin/contract/television.words'
import {
  Button,
  DateInput,
  dateOf,
  EmptyState,
  ErrorState,
  RefusalText,
  Select,
  Skeleton,
  TextInput,
  timeOf,
} from '@tongxin/ui'
import { CalendarClock, ChevronLeft, ChevronRight, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { slotsQuery } from './television.api.ts'
import { useDone } from './use-done.ts'

const DAY_MS = 86_400_000
const dayAfter = (on: string, days: number): string =>
  new Date(Date.parse(`${on}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** A week of the schedule; a time that was taken out can be put back as long as it is shown. */
export function ScheduleTab({ channel }: { channel: ChannelRecord }) {
  const { t } = useTranslation()
  const [from, setFrom] = useState(() => dateOf(Date.now()))
  const [isPlanning, setPlanning] = useState(false)
  const until = dayAfter(from, 6)
  const { data, error, refetch } = useQuery(slotsQuery(channel.id, from, until))
  const isOpen = channel.canWrite && !channel.isEnded
  const living = channel.items.filter(({ removedAt }) => removedAt === null)
  const plan = isOpen ? (
    <Button
      kind="primary"
      icon={<Plus aria-hidden="true" />}
      whyNot={living.length === 0 ? t('television.noProgrammesHint') : undefined}
      onClick={() => setPlanning(true)}
    >
      {t('television.plan')}
    </Button>
  ) : null
  return (
    <div className="television-tab">
      <div className="television-acts no-print">
        <Button
          aria-label={t('television.weekBefore')}
          icon={<ChevronLeft aria-hidden="true" />}
          onClick={() => setFrom(dayAfter(from, -7))}
        />
        <span>
          {from} – {until}
        </span>
        <Button
          aria-label={t('television.weekAfter')}
          icon={<ChevronRight aria-hidden="true" />}
          onClick={() => setFrom(dayAfter(from, 7))}
        />
        {plan}
      </div>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? null : <Skeleton lines={4} />}
      {data?.rows.length === 0 ? (
        <EmptyState title={t('television.noSlots')} icon={<CalendarClock aria-hidden="true" />}>
          {t('television.noSlotsHint')}
        </EmptyState>
      ) : null}
      {data && data.rows.length > 0 ? <Slots rows={data.rows} canWrite={isOpen} /> : null}
      {isPlanning ? <PlanDialog channel={channel} onClose={() => setPlanning(false)} /> : null}
    </div>
  )
}

function Slots({ rows, canWrite }: { rows: readonly ProgrammeSlot[]; canWrite: boolean }) {
  const { t } = useTranslation()
  const [gone, setGone] = useState<ProgrammeSlot | null>(null)
  const done = useDone()
  const remove = useWrite(unschedule, { ...done, onDone: setGone })
  const restore = useWrite(reschedule, { ...done, onDone: () => setGone(null) })
  return (
    <>
      <RefusalText error={remove.error ?? restore.error} />
      {gone ? (
        <p className="television-gone" role="status">
          {t('television.unscheduled', { title: gone.title, on: dateOf(gone.startsAt), at: timeOf(gone.startsAt) })}{' '}
          <Button isBusy={restore.isPending} onClick={() => restore.mutate({ params: { id: gone.id }, body: {} })}>
            {t('television.undo')}
          </Button>
        </p>
      ) : null}
      <table className="television-table">
        <thead>
          <tr>
            <th scope="col">{t('television.day')}</th>
            <th scope="col">{t('television.time')}</th>
            <th scope="col">{t('television.programme')}</th>
            {canWrite ? <th scope="col">{t('television.act')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{dateOf(row.startsAt)}</td>
              <td>
                {timeOf(row.startsAt)} – {timeOf(row.endsAt)}
              </td>
              <th scope="row">{row.title}</th>
              {canWrite ? (
                <td>
                  <Button isBusy={remove.isPending} onClick={() => remove.mutate({ params: { id: row.id }, body: {} })}>
                    {t('television.takeOut')}
                  </Button>
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function PlanDialog({ channel, onClose }: { channel: ChannelRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const [programmeId, setProgrammeId] = useState('')
  const [on, setOn] = useState(() => dateOf(Date.now()))
  const [at, setAt] = useState('19:00')
  const [weeks, setWeeks] = useState('1')
  const plan = useWrite(scheduleProgramme, useDone(onClose))
  const isTold = programmeId !== '' && on !== '' && /^\d{2}:\d{2}$/.test(at) && Number(weeks) >= 1
  const submit = () => {
    const startsAt = new Date(`${on}T${at}:00+08:00`).toISOString()
    plan.mutate({ params: { id: channel.id }, body: { programmeId, startsAt, weeks: Number(weeks) } })
  }
  return (
    <FormDialog
      title={t('television.plan')}
      verb={t('television.planVerb')}
      labels={{ '/body/startsAt': t('television.time'), '/body/programmeId': t('television.programme') }}
      whyNot={isTold ? undefined : t('television.planFirst')}
      isBusy={plan.isPending}
      error={plan.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Select
        label={t('television.programme')}
        required
        value={programmeId}
        options={channel.items
          .filter(({ removedAt }) => removedAt === null)
          .map(({ id, title }) => ({ value: id, label: title }))}
        onChange={setProgrammeId}
      />
      <DateInput label={t('television.day')} required value={on} onChange={setOn} />
      <TextInput label={t('television.time')} required type="time" value={at} onChange={setAt} />
      <TextInput
        label={t('television.weeks')}
        help={t('television.weeksHelp')}
        inputMode="numeric"
        maxLength={2}
        value={weeks}
        onChange={(value) => setWeeks(value.replace(/\D/g, ''))}
      />
    </FormDialog>
  )
}
