import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ScreenProps } from '@tongxin/client/screen'
import { OWN_TOPIC_VIEWS, type OwnTopicCard } from '@tongxin/contract/topics.own'
import type { TopicState } from '@tongxin/contract/topics.words'
import { Button, EmptyState, ErrorState, Lamp, type LampState, Skeleton, TextInput } from '@tongxin/ui'
import { Lightbulb } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { topicsQuery, viewIn } from './topics.api.ts'
import './topics.css'

const LAMPS: Readonly<Record<TopicState, LampState>> = {
  gathering: 'info',
  reached: 'warn',
  recruiting: 'warn',
  scheduled: 'ok',
  taught: 'ok',
  rated: 'ok',
  unmet: 'idle',
  merged: 'idle',
  hidden: 'late',
  withdrawn: 'idle',
}

/** What people of my branch and above want to learn; the lessons that came of it; and what is mine. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const view = viewIn(search.view)
  const query = useInfiniteQuery(topicsQuery(view, search.text ?? ''))
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <PageFrame
      title={t('topics.title')}
      primary={
        <Button wide kind="primary" onClick={() => void navigate({ to: paths.topics.wish() })}>
          {t('topics.wish')}
        </Button>
      }
    >
      <p className="hint">{t('topics.lead')}</p>
      <p>
        <Link to={paths.topics.lecturing()}>{t('topics.lecturing')}</Link>
      </p>
      <div className="topic-views">
        {OWN_TOPIC_VIEWS.map((one) => (
          <Button
            key={one}
            {...(one === view ? { kind: 'primary' as const } : {})}
            aria-pressed={one === view}
            onClick={() => setSearch({ view: one })}
          >
            {t(`topics.view.${one}`)}
          </Button>
        ))}
      </div>
      <TextInput
        label={t('topics.search')}
        type="search"
        maxLength={60}
        value={search.text ?? ''}
        onChange={(text) => setSearch({ text })}
      />
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton lines={8} /> : null}
      {query.data && rows.length === 0 ? (
        <EmptyState title={t('topics.none')} icon={<Lightbulb aria-hidden="true" />}>
          {t('topics.noneHint')}
        </EmptyState>
      ) : null}
      {rows.map((row) => (
        <TopicRow key={row.id} row={row} />
      ))}
      {query.hasNextPage ? (
        <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('topics.more')}
        </Button>
      ) : null}
    </PageFrame>
  )
}

function TopicRow({ row }: { row: OwnTopicCard }) {
  const { t } = useTranslation()
  return (
    <Link className="card topic-card" to={paths.topics.one(row.id)}>
      <h2>{row.title}</h2>
      <Lamp state={LAMPS[row.state]}>{t(`words.topics.state.${row.state}`)}</Lamp>
      <progress value={row.supporters} max={row.threshold} />
      <span className="hint">
        {[
          t('topics.supporters', { n: row.supporters, threshold: row.threshold }),
          ...(row.state === 'gathering' ? [t('topics.closes', { on: row.closesOn })] : []),
          row.orgName,
          row.tags.join('、'),
        ].join(' · ')}
      </span>
    </Link>
  )
}
