import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { subscribeToClass } from '@tongxin/contract/library'
import { Button, EmptyState, ErrorState, RefusalText, Select, Skeleton, say, TextInput } from '@tongxin/ui'
import { LibraryBig } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { DocumentCard } from './DocumentCard.tsx'
import { classesQuery, documentsQuery, foundQuery } from './library.api.ts'
import './library.css'

/** What applies to me: looked for by words, or the newest of a class, or what was shared with me. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { text = '', classId = '' } = search
  const [typed, setTyped] = useState(text)
  const isShared = search.view === 'shared'
  return (
    <PageFrame title={t('library.title')}>
      <form
        className="library-search"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          setSearch({ text: typed.trim(), view: '' })
        }}
      >
        <TextInput
          label={t('library.search')}
          type="search"
          maxLength={80}
          placeholder={t('library.searchHint')}
          value={typed}
          onChange={setTyped}
        />
        <Button type="submit">{t('library.find')}</Button>
      </form>
      <Classes value={classId} onChange={(one) => setSearch({ classId: one, view: '' })} />
      <div className="library-views">
        {(['newest', 'shared'] as const).map((view) => (
          <Button
            key={view}
            {...((view === 'shared') === isShared && text === '' ? { kind: 'primary' as const } : {})}
            aria-pressed={(view === 'shared') === isShared && text === ''}
            onClick={() => {
              setTyped('')
              setSearch({ text: '', view: view === 'shared' ? view : '' })
            }}
          >
            {t(`library.view.${view}`)}
          </Button>
        ))}
      </div>
      {text === '' ? (
        <Newest key={`${classId}${isShared}`} classId={classId} isShared={isShared} />
      ) : (
        <Found key={`${text}${classId}`} text={text} classId={classId} />
      )}
    </PageFrame>
  )
}

/** One class, and whether I want to be told of what is new in it. */
function Classes({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { t } = useTranslation()
  const { data = [] } = useQuery(classesQuery())
  const chosen = data.find(({ id }) => id === value)
  const save = useWrite(subscribeToClass, {
    refreshes: [['library', 'classes']],
    onDone: (_, { body }) => say(t(body.isOn ? 'library.subscribed' : 'library.unsubscribed')),
  })
  if (data.length === 0) return null
  return (
    <div className="library-class">
      <Select
        label={t('library.class')}
        whenEmpty={t('library.allClasses')}
        value={value}
        onChange={onChange}
        options={data.map(({ id, name, orgName }) => ({ value: id, label: `${name} · ${orgName}` }))}
      />
      {chosen ? (
        <Button
          isBusy={save.isPending}
          aria-pressed={chosen.isSubscribed}
          onClick={() => save.mutate({ params: { id: chosen.id }, body: { isOn: !chosen.isSubscribed } })}
        >
          {t(chosen.isSubscribed ? 'library.unsubscribe' : 'library.subscribe')}
        </Button>
      ) : null}
      <RefusalText error={save.error} />
    </div>
  )
}

function Newest({ classId, isShared }: { classId: string; isShared: boolean }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(documentsQuery(classId, isShared))
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  if (query.isPending) return <Skeleton lines={6} />
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (rows.length === 0)
    return (
      <EmptyState title={t(isShared ? 'library.noneShared' : 'library.none')} icon={<LibraryBig aria-hidden="true" />}>
        {t('library.noneHint')}
      </EmptyState>
    )
  return (
    <>
      <ul className="library-list">
        {rows.map((row) => (
          <li key={row.id}>
            <DocumentCard row={row} />
          </li>
        ))}
      </ul>
      <More query={query} />
    </>
  )
}

function Found({ text, classId }: { text: string; classId: string }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(foundQuery(text, classId))
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  if (query.isPending) return <Skeleton lines={6} />
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (rows.length === 0)
    return (
      <EmptyState title={t('library.nothingFound')} icon={<LibraryBig aria-hidden="true" />}>
        {t('library.nothingFoundHint')}
      </EmptyState>
    )
  return (
    <>
      <ul className="library-list">
        {rows.map((row) => (
          <li key={row.id}>
            <DocumentCard row={row} snippet={row.snippet} />
          </li>
        ))}
      </ul>
      <More query={query} />
    </>
  )
}

function More({
  query,
}: {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
}) {
  const { t } = useTranslation()
  if (!query.hasNextPage) return null
  return (
    <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
      {t('library.more')}
    </Button>
  )
}
