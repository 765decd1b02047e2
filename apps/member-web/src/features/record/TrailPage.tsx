import { useInfiniteQuery } from '@tanstack/react-query'
import type { ScreenProps } from '@tongxin/client/screen'
import { sentenceOf } from '@tongxin/contract/audit.sentence'
import { Button, EmptyState, ErrorState, Skeleton, whenText } from '@tongxin/ui'
import { History } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { useEventWords } from './event-words.ts'
import { trailQuery } from './record.api.ts'
import './record.css'

/** What was done with my data, by whom and for what: everything, or only what others did. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const byOthers = search.by === 'others'
  return (
    <PageFrame title={t('record.trail')} lead={<p className="hint">{t('record.trailHint')}</p>}>
      <label className="tick">
        <input
          type="checkbox"
          checked={byOthers}
          onChange={(event) => setSearch({ by: event.target.checked ? 'others' : '' })}
        />{' '}
        {t('record.byOthers')}
      </label>
      <Trail byOthers={byOthers} />
    </PageFrame>
  )
}

function Trail({ byOthers }: { byOthers: boolean }) {
  const { t, i18n } = useTranslation()
  const words = useEventWords()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    trailQuery(byOthers),
  )
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={8} />
  const rows = data.pages.flatMap((page) => page.rows)
  if (rows.length === 0)
    return (
      <EmptyState title={t('record.noTrail')} icon={<History aria-hidden="true" />}>
        {t('record.noTrailHint')}
      </EmptyState>
    )
  return (
    <>
      <ul className="looks">
        {rows.map((row) => (
          <li key={row.id} className="card">
            <strong>{sentenceOf(row, words)}</strong>
            <p>
              {row.isMine ? t('record.byMe') : (row.by ?? t('record.bySystem'))}
              {row.orgName ? ` · ${row.orgName}` : ''}
            </p>
            {row.purpose ? <p>{t('record.purpose', { purpose: row.purpose })}</p> : null}
            <time dateTime={row.at}>{whenText(row.at, Date.now(), i18n.language)}</time>
          </li>
        ))}
      </ul>
      {hasNextPage ? (
        <Button wide isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('record.more')}
        </Button>
      ) : null}
    </>
  )
}
