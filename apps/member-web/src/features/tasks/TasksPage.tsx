import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ScreenProps } from '@tongxin/client/screen'
import type { TaskPartRow } from '@tongxin/contract/tasks.words'
import { Button, EmptyState, ErrorState, Skeleton } from '@tongxin/ui'
import { ListTodo } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { PartLamp } from './PartLamp.tsx'
import { partsQuery } from './tasks.api.ts'
import './tasks.css'

/** What I am asked for: what waits by its day, or what has ended. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const isDone = search.view === 'done'
  return (
    <PageFrame title={t('tasks.title')}>
      <div className="tasks-views">
        {(['open', 'done'] as const).map((view) => (
          <Button
            key={view}
            {...((view === 'done') === isDone ? { kind: 'primary' as const } : {})}
            aria-pressed={(view === 'done') === isDone}
            onClick={() => setSearch({ view: view === 'done' ? view : '' })}
          >
            {t(`tasks.view.${view}`)}
          </Button>
        ))}
      </div>
      <Rows key={String(isDone)} isDone={isDone} />
    </PageFrame>
  )
}

function Rows({ isDone }: { isDone: boolean }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(partsQuery(isDone))
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  if (query.isPending) return <Skeleton lines={6} />
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (rows.length === 0)
    return (
      <EmptyState title={t(isDone ? 'tasks.noDone' : 'tasks.none')} icon={<ListTodo aria-hidden="true" />}>
        {isDone ? null : t('tasks.noneHint')}
      </EmptyState>
    )
  return (
    <>
      <ul className="tasks-list">
        {rows.map((part) => (
          <li key={part.id}>
            <Row part={part} />
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('tasks.more')}
        </Button>
      ) : null}
    </>
  )
}

function Row({ part }: { part: TaskPartRow }) {
  const { t } = useTranslation()
  return (
    <Link className="card tasks-card" to={paths.tasks.one(part.id)}>
      <span className="tasks-head">
        <strong>{part.title}</strong>
        <PartLamp part={part} />
      </span>
      <span className="hint">
        {[t('tasks.due', { on: part.dueOn }), part.issuerName, t(`words.tasks.role.${part.role}`)].join(' · ')}
      </span>
    </Link>
  )
}
