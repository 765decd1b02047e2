import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { parseSearch } from '@tongxin/client/screen'
import { Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { countsQuery, deadlinesQuery } from './deadlines.api.ts'
import { LAMP_STATES, useDeadlineWords } from './use-deadline-words.ts'

const NEAREST = { limit: '6' }

/** What is overdue or near, the most urgent first, and the way to all of it. */
export function Part() {
  const { t } = useTranslation()
  const words = useDeadlineWords()
  const { data } = useQuery(deadlinesQuery(NEAREST))
  const { data: counts } = useQuery(countsQuery({}))
  const rows = (data?.rows ?? []).filter(({ lamp }) => lamp !== 'green')
  if (rows.length === 0 || !counts) return null
  return (
    <section className="panel">
      <h2>{t('deadlines.title')}</h2>
      <ul className="due-rows">
        {rows.map((row) => {
          const [to = paths.deadlines(), search = ''] = (row.deskPath ?? paths.deadlines()).split('?')
          return (
            <li key={row.id}>
              <Link to={to} search={parseSearch(search) as never}>
                {words.title(row)}
              </Link>
              <Lamp state={LAMP_STATES[row.lamp]}>{words.left(row)}</Lamp>
            </li>
          )
        })}
      </ul>
      <p>
        <Link to={paths.deadlines()}>{t('deadlines.all', { red: counts.red, yellow: counts.yellow })}</Link>
      </p>
    </section>
  )
}
