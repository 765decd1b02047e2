import { hoursText } from '@tongxin/domain/learning/hours'
import { Button } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Hours by month as bars that begin at nought; the same as a table for whoever prefers figures. */
export function MonthsCard({ year, months }: { year: number; months: readonly number[] }) {
  const { t } = useTranslation()
  const [asTable, setAsTable] = useState(false)
  const most = Math.max(...months, 1)
  const best = months.indexOf(Math.max(...months))
  if (months.every((one) => one === 0)) return null
  return (
    <section className="card credits-card">
      <h2>{t('credits.mostIn', { month: best + 1, hours: hoursText(months[best] ?? 0) })}</h2>
      {asTable ? (
        <table className="credits-table">
          <caption>{t('credits.byMonth', { year })}</caption>
          <tbody>
            {months.map((one, at) => (
              <tr key={at}>
                <th scope="row">{t('credits.month', { month: at + 1 })}</th>
                <td>{hoursText(one)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <ol className="credits-bars" aria-label={t('credits.byMonth', { year })}>
          {months.map((one, at) => (
            <li key={at} aria-label={`${t('credits.month', { month: at + 1 })} ${hoursText(one)}`}>
              <i
                style={{ blockSize: `${Math.max(0, Math.round((one / most) * 100))}%` }}
                data-none={one <= 0 || undefined}
              />
              <span aria-hidden="true">{at + 1}</span>
            </li>
          ))}
        </ol>
      )}
      <Button onClick={() => setAsTable(!asTable)}>{t(asTable ? 'credits.asBars' : 'credits.asTable')}</Button>
    </section>
  )
}
