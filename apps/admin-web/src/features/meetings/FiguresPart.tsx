import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { dateOf, Skeleton } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { figuresQuery } from './meetings.api.ts'
import { rateOf } from './meetings.format.ts'
import './meetings.css'

/** Three figures of this month; each leads to the rows behind it. */
export function Part() {
  const { t } = useTranslation()
  const { data } = useQuery(figuresQuery)
  if (!data) return <Skeleton lines={3} />
  const month = dateOf(Date.now()).slice(0, 7)
  const heldFrom = `${month}-01`
  const missing = data.missing.reduce((sum, one) => sum + one.branches, 0)
  const rate = rateOf(data.called, data.present)
  const figures = [
    { key: 'held', value: String(data.monthHeld), to: paths.meetings.list(), search: { heldFrom } },
    { key: 'rate', value: rate === null ? '—' : `${rate}%`, to: paths.meetings.list(), search: { heldFrom } },
    { key: 'missing', value: String(missing), to: paths.meetings.ledger(), search: {} },
  ]
  return (
    <section className="panel figure-row" aria-label={t('meetings.figures')}>
      {figures.map((figure) => (
        <Link key={figure.key} to={figure.to} search={figure.search as never}>
          <strong>{figure.value}</strong>
          <span>{t(`meetings.figureOf.${figure.key}`)}</span>
        </Link>
      ))}
    </section>
  )
}
