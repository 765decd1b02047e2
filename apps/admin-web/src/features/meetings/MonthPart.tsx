import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { dateOf, EmptyState, Skeleton } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { figuresQuery } from './meetings.api.ts'
import './meetings.css'

/** This month's organised life as a strip: one mark a meeting on its day, today underlined. */
export function Part() {
  const { t, i18n } = useTranslation()
  const { data } = useQuery(figuresQuery)
  if (!data) return <Skeleton lines={3} />
  const today = dateOf(Date.now())
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const days = Array.from(
    { length: new Date(Date.UTC(year, month, 0)).getUTCDate() },
    (_, index) => `${today.slice(0, 8)}${String(index + 1).padStart(2, '0')}`,
  )
  return (
    <section className="panel" aria-labelledby="month">
      <h2 id="month">{t('meetings.thisMonth')}</h2>
      {data.month.length === 0 ? (
        <EmptyState title={t('meetings.noneThisMonth')} />
      ) : (
        <ol className="strip">
          {days.map((day) => (
            <li key={day} aria-current={day === today ? 'date' : undefined} data-weekend={isWeekend(day) || undefined}>
              <time dateTime={day}>
                {new Intl.DateTimeFormat(i18n.language, { day: 'numeric', timeZone: 'UTC' }).format(
                  new Date(`${day}T00:00:00Z`),
                )}
              </time>
              {data.month
                .filter((row) => dateOf(row.startsAt) === day)
                .map((row) => (
                  <Link
                    key={row.id}
                    to={paths.meetings.one(row.id)}
                    title={`${row.title} · ${t(`meetings.state.${row.state}`)}`}
                    data-state={row.state}
                  >
                    <span className="tx-hidden">{row.title}</span>
                  </Link>
                ))}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
