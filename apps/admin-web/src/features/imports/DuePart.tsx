import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useLive } from '@tongxin/client/stream'
import { whenText } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { writtenBy } from './batch-state.ts'
import { ALL_IMPORTS, IMPORT_EVENTS, waitingImportsQuery } from './imports.api.ts'

/** Rosters that another person handed over and this one may confirm. */
export function Part() {
  const { t, i18n } = useTranslation()
  useLive(IMPORT_EVENTS, ALL_IMPORTS)
  const { data: waiting = [] } = useQuery(waitingImportsQuery)
  if (waiting.length === 0) return null
  return (
    <section className="panel">
      <h2>{t('imports.waiting')}</h2>
      <ul className="due-rows">
        {waiting.map((batch) => (
          <li key={batch.id}>
            <Link to={paths.imports.one(batch.id)}>{batch.fileName}</Link>
            <span className="hint">
              {t('imports.waitingFacts', {
                count: writtenBy(batch),
                who: batch.madeBy ?? '',
                when: whenText(batch.madeAt, Date.now(), i18n.language),
              })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
