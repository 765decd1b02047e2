import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { ScreenProps } from '@tongxin/client/screen'
import { Button, EmptyState, ErrorState, Skeleton, TextInput } from '@tongxin/ui'
import { Newspaper } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ArticleRow } from './ArticleRow.tsx'
import { articlesQuery, columnsQuery } from './publishing.api.ts'
import './publishing.css'

/** Articles by column, the newest first, and those that say a word. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const columns = useQuery(columnsQuery)
  const chosen = search.column ?? ''
  const all = [{ id: '', name: t('publishing.all') }, ...(columns.data?.rows ?? [])]
  return (
    <PageFrame title={t('publishing.title')}>
      <nav className="publishing-columns" aria-label={t('publishing.columns')}>
        {all.map(({ id, name }) => (
          <button key={id} type="button" aria-pressed={id === chosen} onClick={() => setSearch({ column: id })}>
            {name}
          </button>
        ))}
      </nav>
      <Search key={search.text} text={search.text ?? ''} onSearch={(text) => setSearch({ text })} />
      <Rows columnId={chosen} text={search.text ?? ''} />
    </PageFrame>
  )
}

function Search({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const { t } = useTranslation()
  const [said, setSaid] = useState(text)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSearch(said.trim())
  }
  return (
    <form className="publishing-search" onSubmit={submit}>
      <TextInput label={t('publishing.keyword')} type="search" maxLength={60} value={said} onChange={setSaid} />
      <Button type="submit">{t('publishing.search')}</Button>
    </form>
  )
}

function Rows({ columnId, text }: { columnId: string; text: string }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(articlesQuery({ ...(columnId ? { columnId } : {}), ...(text ? { text } : {}) }))
  if (query.isPending) return <Skeleton lines={8} />
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const pinned = query.data.pages[0]?.pinned ?? []
  const first = new Set(pinned.map(({ id }) => id))
  const rows = [...pinned, ...query.data.pages.flatMap((page) => page.rows).filter(({ id }) => !first.has(id))]
  if (rows.length === 0)
    return (
      <EmptyState title={t(text ? 'publishing.notFound' : 'publishing.none')} icon={<Newspaper aria-hidden="true" />}>
        {t(text ? 'publishing.notFoundHint' : 'publishing.noneHint')}
      </EmptyState>
    )
  return (
    <>
      <ul className="publishing-list card">
        {rows.map((article) => (
          <li key={article.id}>
            <ArticleRow article={article} />
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('publishing.more')}
        </Button>
      ) : null}
    </>
  )
}
