import { useQuery } from '@tanstack/react-query'
import type { ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { ConversationRow } from '@tongxin/contract/conversations.words'
import { EmptyState, ErrorState, Lamp, Skeleton, whenText } from '@tongxin/ui'
import { MessagesSquare } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ALL_TALKS, SAID, talksQuery } from './conversations.api.ts'
import { Talk } from './Talk.tsx'
import './conversations.css'

/** The same conversations as on the phone: left those that I belong to, right the one I am in. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(SAID, ALL_TALKS)
  const query = useQuery(talksQuery)
  const chosen = query.data?.find(({ id }) => id === search.id)
  return (
    <>
      <title>{t('conversations.talks')}</title>
      <header className="talk-title">
        <h1>{t('conversations.talks')}</h1>
        <p className="hint">{t('conversations.talksHint')}</p>
      </header>
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton lines={8} /> : null}
      {query.data?.length === 0 ? (
        <EmptyState title={t('conversations.noTalks')} icon={<MessagesSquare aria-hidden="true" />}>
          {t('conversations.noTalksHint')}
        </EmptyState>
      ) : null}
      {query.data && query.data.length > 0 ? (
        <div className="talk-desk">
          <nav aria-label={t('conversations.talks')}>
            {query.data.map((row) => (
              <Row key={row.id} row={row} isChosen={row.id === chosen?.id} onChoose={() => setSearch({ id: row.id })} />
            ))}
          </nav>
          {chosen ? (
            <Talk key={chosen.id} row={chosen} />
          ) : (
            <p className="hint talk-none">{t('conversations.choose')}</p>
          )}
        </div>
      ) : null}
    </>
  )
}

function Row({ row, isChosen, onChoose }: { row: ConversationRow; isChosen: boolean; onChoose: () => void }) {
  const { t, i18n } = useTranslation()
  const said = row.last?.text ?? row.last?.card?.title ?? row.last?.fileName ?? ''
  return (
    <button type="button" className="talk-choice" aria-current={isChosen || undefined} onClick={onChoose}>
      <span className="talk-line">
        <strong>{row.name}</strong>
        {row.isCalled ? <Lamp state="warn">{t('conversations.called')}</Lamp> : null}
        {row.unread > 0 ? (
          <span className="talk-unread" data-muted={row.isMuted || undefined}>
            {row.unread > 99 ? '99+' : row.unread}
            <span className="tx-hidden">{t('conversations.unread')}</span>
          </span>
        ) : null}
      </span>
      <span className="hint talk-cut">
        {[t(`conversations.kind.${row.kind}`), row.last?.kind === 'recalled' ? t('conversations.recalled') : said]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {row.last ? <span className="hint">{whenText(row.lastAt, Date.now(), i18n.language)}</span> : null}
    </button>
  )
}
