import { useQuery } from '@tanstack/react-query'
import type { ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type OwnCheckin, removeMyCheckin, setMyCheckin } from '@tongxin/contract/study.own'
import { CHECKIN_KINDS } from '@tongxin/contract/study.words'
import { Button, ErrorState, RefusalText, Select, Skeleton, say, TextInput } from '@tongxin/ui'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_STUDY } from '../../shared/notes/notes.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { diaryQuery } from './study.api.ts'
import './study.css'

/** My private diary of learning days. Off by default; no ranking, no reminder, nobody else sees it. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const query = useQuery(diaryQuery(search.month ?? ''))
  const [onDate, setOnDate] = useState('')
  const { data } = query
  return (
    <PageFrame title={t('study.diary')}>
      <section className="card study-card">
        <strong>{t(data?.isEnabled ? 'study.diaryOn' : 'study.diaryOff')}</strong>
        <p>{t('study.diaryReason')}</p>
      </section>
      {query.isPending ? <Skeleton lines={6} /> : null}
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {data ? (
        <section className="card study-card">
          <Month
            month={data.month}
            rows={data.rows}
            chosen={onDate}
            onChoose={setOnDate}
            onMonth={(month) => setSearch({ month })}
          />
          {onDate.startsWith(data.month) ? (
            <Day
              key={onDate}
              onDate={onDate}
              noted={data.rows.find((row) => row.onDate === onDate)}
              isEnabled={data.isEnabled}
            />
          ) : (
            <p className="hint">{t('study.chooseDay')}</p>
          )}
        </section>
      ) : null}
    </PageFrame>
  )
}

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const monthAfter = (month: string, by: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

function Month(props: {
  month: string
  rows: readonly OwnCheckin[]
  chosen: string
  onChoose: (onDate: string) => void
  onMonth: (month: string) => void
}) {
  const { t } = useTranslation()
  const { month, rows } = props
  const [year = 0, number = 1] = month.split('-').map(Number)
  const days = new Date(Date.UTC(year, number, 0)).getUTCDate()
  const before = (new Date(Date.UTC(year, number - 1, 1)).getUTCDay() + 6) % 7
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  return (
    <>
      <div className="study-month">
        <Button kind="quiet" aria-label={t('study.before')} onClick={() => props.onMonth(monthAfter(month, -1))}>
          <ChevronLeft aria-hidden="true" />
        </Button>
        <h2>{t('study.month', { year, month: number })}</h2>
        <Button kind="quiet" aria-label={t('study.after')} onClick={() => props.onMonth(monthAfter(month, 1))}>
          <ChevronRight aria-hidden="true" />
        </Button>
      </div>
      <div className="study-days">
        {WEEK.map((day) => (
          <span key={day}>{t(`study.week.${day}`)}</span>
        ))}
        {Array.from({ length: days }, (_, at) => {
          const onDate = `${month}-${String(at + 1).padStart(2, '0')}`
          const isNoted = rows.some((row) => row.onDate === onDate)
          return (
            <button
              key={onDate}
              type="button"
              {...(at === 0 ? { style: { gridColumnStart: before + 1 } } : {})}
              data-noted={isNoted || undefined}
              aria-label={isNoted ? t('study.dayNoted', { on: onDate }) : onDate}
              aria-pressed={props.chosen === onDate}
              disabled={onDate > today}
              onClick={() => props.onChoose(onDate)}
            >
              {at + 1}
            </button>
          )
        })}
      </div>
    </>
  )
}

function Day({ onDate, noted, isEnabled }: { onDate: string; noted: OwnCheckin | undefined; isEnabled: boolean }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<OwnCheckin['kind'] | ''>(noted?.kind ?? 'read')
  const [words, setWords] = useState(noted?.words ?? '')
  const done = { refreshes: ALL_STUDY, onDone: () => say(t('study.noted')) }
  const save = useWrite(setMyCheckin, done)
  const remove = useWrite(removeMyCheckin, done)
  return (
    <div className="study-form">
      <h3>{noted?.isMadeUp ? t('study.madeUp', { on: onDate }) : onDate}</h3>
      <Select
        label={t('study.what')}
        value={kind}
        onChange={setKind}
        options={CHECKIN_KINDS.map((value) => ({ value, label: t(`words.study.checkin.${value}`) }))}
      />
      <TextInput label={t('study.fewWords')} maxLength={200} value={words} onChange={setWords} />
      <RefusalText error={save.error ?? remove.error} />
      <div className="study-acts">
        <Button
          kind="primary"
          isBusy={save.isPending}
          whyNot={isEnabled ? (kind === '' ? t('study.fillFirst') : undefined) : t('study.diaryOffShort')}
          onClick={() => kind !== '' && save.mutate({ params: { onDate }, body: { kind, words } })}
        >
          {t('study.keep')}
        </Button>
        {noted ? (
          <Button isBusy={remove.isPending} onClick={() => remove.mutate({ params: { onDate } })}>
            {t('study.takeAway')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
