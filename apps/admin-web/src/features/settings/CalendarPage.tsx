import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { saveWorkingDays } from '@tongxin/contract/settings'
import { Button, dateOf, ErrorState, RefusalText, Skeleton, say } from '@tongxin/ui'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DayDialog } from './DayDialog.tsx'
import { MonthGrid } from './MonthGrid.tsx'
import { SettingsNav } from './SettingsNav.tsx'
import { ALL_SETTINGS, calendarQuery } from './settings.api.ts'
import './settings.css'

export type Day = { day: string; kind: 'holiday' | 'workday'; name: string }

/** The year as it is counted in working days: holidays and make-up workdays, changed day by day, saved as a whole. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const year = Number(search.year) || Number(dateOf(new Date().toISOString()).slice(0, 4))
  const query = useQuery(calendarQuery(year))
  return (
    <div className="page">
      <title>{`${t('settings.calendar')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>{t('settings.calendarOf', { year })}</h1>
        <div className="page-acts no-print">
          <Button
            icon={<ChevronLeft size="1.1em" aria-hidden="true" />}
            aria-label={t('settings.yearBefore')}
            onClick={() => setSearch({ year: String(year - 1) })}
          />
          <Button
            icon={<ChevronRight size="1.1em" aria-hidden="true" />}
            aria-label={t('settings.yearAfter')}
            onClick={() => setSearch({ year: String(year + 1) })}
          />
        </div>
      </header>
      <SettingsNav />
      {query.isPending ? <Skeleton lines={12} /> : null}
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? <Year key={`${year}.${query.dataUpdatedAt}`} year={year} calendar={query.data} /> : null}
    </div>
  )
}

function Year({
  year,
  calendar,
}: {
  year: number
  calendar: { provisional: boolean; source: string | null; days: Day[] }
}) {
  const { t } = useTranslation()
  const can = useCan()
  const [days, setDays] = useState(calendar.days)
  const [open, setOpen] = useState<string | null>(null)
  const save = useWrite(saveWorkingDays, { refreshes: ALL_SETTINGS, onDone: () => say(t('settings.saved')) })
  const isChanged = days !== calendar.days
  const { whyNot } = can('settings.write')
  const put = (change: Day | null) => {
    if (!open) return
    setDays(
      [...days.filter((one) => one.day !== open), ...(change ? [change] : [])].sort((a, b) => (a.day < b.day ? -1 : 1)),
    )
    setOpen(null)
  }
  return (
    <>
      <p
        className={calendar.provisional ? 'settings-provisional' : 'hint'}
        role={calendar.provisional ? 'status' : undefined}
      >
        {calendar.provisional
          ? t('settings.provisional')
          : t('settings.source', { source: calendar.source ?? t('settings.ownDays') })}
      </p>
      <div className="settings-year">
        {Array.from({ length: 12 }, (_, month) => (
          <MonthGrid
            key={String(month)}
            year={year}
            month={month}
            days={days}
            onOpen={whyNot === undefined ? setOpen : undefined}
          />
        ))}
      </div>
      <p className="settings-legend hint">
        <span data-kind="holiday">{t('settings.day.holiday')}</span>
        <span data-kind="workday">{t('settings.day.workday')}</span>
        {t('settings.dayHint')}
      </p>
      <RefusalText error={save.error} />
      <div className="tx-acts">
        {isChanged ? <Button onClick={() => setDays(calendar.days)}>{t('settings.discard')}</Button> : null}
        <Button
          kind="primary"
          isBusy={save.isPending}
          whyNot={whyNot ?? (isChanged ? undefined : t('settings.nothingChanged'))}
          onClick={() => save.mutate({ params: { year }, body: { days } })}
        >
          {t('settings.saveCalendar')}
        </Button>
      </div>
      {open ? (
        <DayDialog
          day={open}
          known={days.find((one) => one.day === open) ?? null}
          onSave={put}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  )
}
