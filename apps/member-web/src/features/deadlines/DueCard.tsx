import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { DeadlineLine } from './DeadlineLine.tsx'
import { ownDeadlinesQuery } from './deadlines.api.ts'

/** What I have to do by a day that is near or past: the two most urgent, and the way to all. */
export function Card() {
  const { t } = useTranslation()
  const { data } = useQuery(ownDeadlinesQuery(''))
  const rows = (data?.rows ?? []).filter(({ lamp }) => lamp !== 'green')
  if (rows.length === 0) return null
  return (
    <section className="card" aria-label={t('deadlines.title')}>
      <h2>{t('deadlines.title')}</h2>
      <ul className="deadlines">
        {rows.slice(0, 2).map((row) => (
          <li key={row.id}>
            <DeadlineLine row={row} />
          </li>
        ))}
      </ul>
      {rows.length > 2 ? (
        <Link className="deadlines-more" to={paths.deadlines()}>
          {t('deadlines.all')}
        </Link>
      ) : null}
    </section>
  )
}
