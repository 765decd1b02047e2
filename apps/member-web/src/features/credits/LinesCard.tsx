import { useInfiniteQuery } from '@tanstack/react-query'
import type { CreditEntry } from '@tongxin/contract/credits.words'
import { hoursText } from '@tongxin/domain/learning/hours'
import { Button, ErrorState, Skeleton } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { linesQuery } from './credits.api.ts'

/** Every line of the year, newest first: what it was, by which rule, and what was taken back and why. */
export function LinesCard({ year }: { year: number }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(linesQuery(year))
  if (query.isPending) return <Skeleton lines={4} />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const rows = query.data.pages.flatMap((page) => page.rows)
  return (
    <section className="card credits-card">
      <h2>{t('credits.lines')}</h2>
      {rows.length === 0 ? <p className="hint">{t('credits.noLines')}</p> : null}
      <ul className="credits-lines">
        {rows.map((row) => (
          <Line key={row.id} row={row} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button wide isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('credits.moreLines')}
        </Button>
      ) : null}
    </section>
  )
}

function Line({ row }: { row: CreditEntry }) {
  const { t } = useTranslation()
  const why = [t(`words.credits.rule.${row.rule}`), row.minutes ? t('credits.minutes', { count: row.minutes }) : '']
  return (
    <li data-void={row.isReversed || undefined}>
      <div>
        <strong>{row.reverses ? t('credits.takenBack', { title: row.title }) : row.title}</strong>
        <span>
          {row.on} · {t(`words.credits.source.${row.source}`)} · {t(`words.credits.part.${row.part}`)}
        </span>
        <span>{row.reverses ? row.reason : why.filter(Boolean).join(' · ')}</span>
      </div>
      <b>{row.hundredths > 0 ? `+${hoursText(row.hundredths)}` : hoursText(row.hundredths)}</b>
    </li>
  )
}
