import { hoursText } from '@tongxin/domain/learning/hours'
import { Button } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Hours by month from nought, or the same as a table. */
export function MonthsChart({ year, months }: { year: number; months: readonly number[] }) {
  const { t } = useTranslation()
  const [asTable, setAsTable] = useState(false)
  const most = Math.max(...months, 1)
  const best = months.indexOf(Math.max(...months))
  const name = (at: number) => t('credits.month', { month: at + 1 })
  return (
    <section className="panel credits-panel">
      <h2>{t('credits.mostIn', { month: best + 1, hours: hoursText(months[best] ?? 0) })}</h2>
      {asTable ? (
        <table className="credits-table">
          <caption>{t('credits.byMonth', { year })}</caption>
          <tbody>
            {months.map((one, at) => (
              <tr key={name(at)}>
                <th scope="row">{name(at)}</th>
                <td className="number">{hoursText(one)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <ol className="credits-bars" aria-label={t('credits.byMonth', { year })}>
          {months.map((one, at) => (
            <li key={name(at)} aria-label={`${name(at)} ${hoursText(one)}`}>
              <b aria-hidden="true">{one > 0 ? hoursText(one) : ''}</b>
              <i style={{ blockSize: `${Math.max(0, Math.round((one / most) * 100))}px` }} />
              <span aria-hidden="true">{at + 1}</span>
            </li>
          ))}
        </ol>
      )}
      <div>
        <Button onClick={() => setAsTable(!asTable)}>{t(asTable ? 'credits.asBars' : 'credits.asTable')}</Button>
      </div>
    </section>
  )
}
