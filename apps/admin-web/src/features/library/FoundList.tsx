import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Search } from '@tongxin/client/screen'
import type { FoundRow } from '@tongxin/contract/library.words'
import { Button, EmptyState, ErrorState, Lamp, Skeleton } from '@tongxin/ui'
import { SearchX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { foundQuery } from './library.api.ts'
import { Grade, useStanding } from './words.tsx'
import './library.css'

/** What was found: in the title first, the newest first, each with the passage. */
export function FoundList({ search, onEnd }: { search: Search; onEnd: () => void }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(foundQuery(search))
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  const words = query.data?.pages[0]?.words ?? []
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton lines={8} />
  return (
    <section className="library-found" aria-label={t('library.found')}>
      <div className="library-acts">
        <h1>{t('library.found')}</h1>
        <Button onClick={onEnd}>{t('library.endSearch')}</Button>
      </div>
      <p className="hint">{t('library.lookedFor', { words: words.join('、') })}</p>
      {rows.length === 0 ? (
        <EmptyState title={t('library.nothingFound')} icon={<SearchX aria-hidden="true" />}>
          {t('library.nothingFoundHint')}
        </EmptyState>
      ) : null}
      <ul>
        {rows.map((row) => (
          <li key={row.id} className="panel">
            <Found row={row} words={words} />
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('library.more')}
        </Button>
      ) : null}
    </section>
  )
}

function Found({ row, words }: { row: FoundRow; words: readonly string[] }) {
  const standing = useStanding()(row)
  const facts = [row.documentNumber, row.className, row.orgName, row.publishedAt.slice(0, 10)]
  return (
    <>
      <span className="library-acts">
        <Link to={paths.library.one(row.id)}>
          <strong>
            <Marked text={row.title} words={words} />
          </strong>
        </Link>
        <Lamp state={standing.state}>{standing.word}</Lamp>
        <Grade secrecy={row.secrecy} />
      </span>
      <p>
        <Marked text={row.snippet} words={words} />
      </p>
      <p className="hint">{facts.filter((fact) => fact !== null).join(' · ')}</p>
    </>
  )
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The text with the words in it marked. */
function Marked({ text, words }: { text: string; words: readonly string[] }) {
  if (words.length === 0) return text
  const pieces = text.split(new RegExp(`(${words.map(escaped).join('|')})`, 'gi'))
  return pieces.map((piece, at) =>
    // Every second piece is one that was looked for; pieces never move.
    at % 2 === 1 ? <mark key={`${at}${piece}`}>{piece}</mark> : piece,
  )
}
