import { useTranslation } from 'react-i18next'
import type { Day } from './CalendarPage.tsx'

/** One month, weeks from Monday, with the days that differ from the week. `onOpen` makes the days buttons. */
export function MonthGrid(props: {
  year: number
  month: number
  days: readonly Day[]
  onOpen: ((day: string) => void) | undefined
}) {
  const { t, i18n } = useTranslation()
  const { year, month, onOpen } = props
  const first = new Date(Date.UTC(year, month, 1))
  const before = (first.getUTCDay() + 6) % 7
  const count = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const title = new Intl.DateTimeFormat(i18n.language, { month: 'long', timeZone: 'UTC' }).format(first)
  return (
    <section className="settings-month" aria-label={title}>
      <h2>{title}</h2>
      <div className="settings-days">
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <span key={day} className="settings-weekday" aria-hidden="true">
            {t(`settings.weekday.${day}`)}
          </span>
        ))}
        {Array.from({ length: before }, (_, at) => (
          <span key={`empty ${String(at)}`} />
        ))}
        {Array.from({ length: count }, (_, at) => {
          const day = `${year}-${String(month + 1).padStart(2, '0')}-${String(at + 1).padStart(2, '0')}`
          const named = props.days.find((one) => one.day === day)
          const isWeekend = (before + at) % 7 >= 5
          const kind = named?.kind ?? (isWeekend ? 'weekend' : 'normal')
          // The figure that is seen comes first: whoever says it to the machine is understood (WCAG 2.2, 2.5.3).
          const label = [at + 1, day, ...(named ? [t(`settings.day.${named.kind}`), named.name] : [])].join(' ')
          return onOpen ? (
            <button
              key={day}
              type="button"
              data-kind={kind}
              title={named?.name}
              aria-label={label}
              onClick={() => onOpen(day)}
            >
              {at + 1}
            </button>
          ) : (
            <span key={day} data-kind={kind} title={named?.name}>
              {at + 1}
            </span>
          )
        })}
      </div>
    </section>
  )
}
