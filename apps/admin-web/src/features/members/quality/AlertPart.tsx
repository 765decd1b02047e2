import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useLive } from '@tongxin/client/stream'
import { RED_BELOW } from '@tongxin/domain/members/score'
import { Lamp } from '@tongxin/ui'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../../paths.ts'
import { ALL_QUALITY, percentOf, QUALITY_EVENTS, scoresQuery } from './quality.api.ts'
import './quality.css'

/** What is left to mend in the records of the scope, each with the page where it is mended; nothing while all is well. */
export function Part() {
  const { t } = useTranslation()
  useLive(QUALITY_EVENTS, ALL_QUALITY)
  const { data } = useQuery(scoresQuery({ sort: 'score', limit: '1' }))
  const { whole, rows: [worst] = [] } = data ?? {}
  if (!whole) return null
  const left = [
    { key: 'wrong', count: whole.wrong, to: paths.quality.errors(), search: { state: 'open' } },
    { key: 'doubtful', count: whole.doubtful, to: paths.quality.findings(), search: {} },
    { key: 'incomplete', count: whole.incomplete, to: paths.quality.scores(), search: { sort: 'score' } },
    { key: 'stale', count: whole.stale, to: paths.quality.scores(), search: { sort: 'score' } },
  ].filter(({ count }) => count > 0)
  if (left.length === 0) return null
  const isRed = whole.score < RED_BELOW
  return (
    <section className="panel">
      <h2>{t('quality.title')}</h2>
      <p>
        <Lamp state={isRed ? 'late' : 'ok'}>
          {t('quality.whole', { score: percentOf(whole.score), people: whole.people })}
        </Lamp>
      </p>
      <ul className="waiting">
        {left.map(({ key, count, to, search }) => (
          <li key={key}>
            <Link to={to} search={search as never}>
              <strong>{count}</strong>
              <span>{t(`quality.alert.${key}`)}</span>
              <ChevronRight aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
      {worst && worst.score < RED_BELOW ? (
        <p className="hint">{t('quality.alert.worst', { name: worst.orgName, score: percentOf(worst.score) })}</p>
      ) : null}
    </section>
  )
}
