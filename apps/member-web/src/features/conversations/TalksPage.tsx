import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useLive } from '@tongxin/client/stream'
import type { ConversationRow, Message } from '@tongxin/contract/conversations.words'
import { EmptyState, ErrorState, Lamp, Skeleton, whenText } from '@tongxin/ui'
import { BellOff, MessagesSquare } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ALL_TALKS, SAID, talksQuery } from './conversations.api.ts'
import { useDelivery } from './use-delivery.ts'
import { useTalkName } from './words.ts'
import './conversations.css'

/** Conversations that I belong to now, the one last spoken in first. */
export function Page() {
  const { t } = useTranslation()
  useLive(SAID, ALL_TALKS)
  useDelivery()
  const query = useQuery(talksQuery)
  return (
    <PageFrame
      title={t('conversations.title')}
      primary={
        <Link className="tx-button" data-kind="primary" data-wide to={paths.talks.begin()}>
          {t('conversations.begin')}
        </Link>
      }
    >
      {query.isPending ? <Skeleton lines={6} /> : null}
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? <Rows rows={query.data.rows} isKept={query.data.isKept} /> : null}
    </PageFrame>
  )
}

function Rows({ rows, isKept }: { rows: readonly ConversationRow[]; isKept: boolean }) {
  const { t } = useTranslation()
  if (rows.length === 0)
    return (
      <EmptyState title={t('conversations.none')} icon={<MessagesSquare aria-hidden="true" />}>
        {t('conversations.noneHint')}
      </EmptyState>
    )
  return (
    <>
      {isKept ? <p className="hint">{t('conversations.offline')}</p> : null}
      <ul className="talks">
        {rows.map((row) => (
          <li key={row.id}>
            <Row row={row} />
          </li>
        ))}
      </ul>
      <Link className="hint" to={paths.talks.reports()}>
        {t('conversations.myReports')}
      </Link>
    </>
  )
}

function Row({ row }: { row: ConversationRow }) {
  const { t, i18n } = useTranslation()
  const nameOf = useTalkName()
  return (
    <Link className="card talk-row" to={paths.talks.one(row.id)}>
      <span className="talk-row-head">
        <strong>{nameOf(row)}</strong>
        {row.isMuted ? <BellOff aria-label={t('conversations.muted')} /> : null}
        {row.unread > 0 ? (
          <span className="talk-unread" data-muted={row.isMuted || undefined}>
            {row.unread > 99 ? '99+' : row.unread}
            <span className="tx-hidden">{t('conversations.unread')}</span>
          </span>
        ) : null}
      </span>
      <span className="talk-row-last">
        {row.isCalled ? <Lamp state="warn">{t('conversations.called')}</Lamp> : null}
        <span className="hint">{row.last ? <Last message={row.last} /> : t('conversations.nothingYet')}</span>
      </span>
      <span className="hint">{row.last ? whenText(row.lastAt, Date.now(), i18n.language) : null}</span>
    </Link>
  )
}

function Last({ message }: { message: Message }) {
  const { t } = useTranslation()
  if (message.kind === 'turn')
    return <>{t(`conversations.turn.${message.turn}`, { by: message.name, names: message.names.join('、') })}</>
  if (message.kind === 'recalled') return <>{t('conversations.recalled')}</>
  const said = message.text ?? message.card?.title ?? message.fileName ?? ''
  const kind = message.kind === 'text' ? '' : `[${t(`conversations.kind.${message.kind}`)}] `
  return <>{`${message.isMine ? t('conversations.me') : message.name}：${kind}${said}`}</>
}
