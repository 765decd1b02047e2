import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { useWrite } from '@tongxin/client/use-write'
import { confirmNotice, type InboxRow, noteRead } from '@tongxin/contract/notices'
import { Button, EmptyState, Lamp, RefusalText, say, whenText } from '@tongxin/ui'
import { Mail } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { Pager } from '../../shared/list/Pager.tsx'
import { ALL_NOTICES, ARRIVALS, inboxQuery, unreadQuery } from './notices.api.ts'
import { placeOf, useNoticeWords } from './use-notice-words.ts'
import './notices.css'

export const loader = ({ search, queryClient }: LoaderInput) =>
  Promise.all([queryClient.ensureQueryData(inboxQuery(search)), queryClient.ensureQueryData(unreadQuery)])

/** Messages to the person of this desk, the newest first; those to confirm keep their button. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(ARRIVALS, ALL_NOTICES)
  const { data } = useSuspenseQuery(inboxQuery(search))
  const { data: counts } = useSuspenseQuery(unreadQuery)
  const readAll = useWrite(noteRead, { refreshes: ALL_NOTICES })
  const isUnreadOnly = search.unread === 'true'
  const isToConfirmOnly = search.toConfirm === 'true'
  return (
    <div className="page">
      <title>{`${t('notices.inbox')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>
          {t('notices.inbox')}
          <small className="count">{t('notices.unreadCount', { count: counts.unread })}</small>
        </h1>
        <div className="page-acts no-print">
          <Button
            aria-pressed={isToConfirmOnly}
            onClick={() => setSearch({ toConfirm: isToConfirmOnly ? '' : 'true', cursor: '' })}
          >
            {t('notices.onlyToConfirm')}
          </Button>
          <Button
            aria-pressed={isUnreadOnly}
            onClick={() => setSearch({ unread: isUnreadOnly ? '' : 'true', cursor: '' })}
          >
            {t(isUnreadOnly ? 'notices.showAll' : 'notices.showUnread')}
          </Button>
          {counts.unread > 0 ? (
            <Button isBusy={readAll.isPending} onClick={() => readAll.mutate({ body: {} })}>
              {t('notices.readAll')}
            </Button>
          ) : null}
        </div>
      </header>
      <RefusalText error={readAll.error} />
      <div className="panel">
        {data.rows.length === 0 ? (
          <EmptyState title={t('notices.none')} icon={<Mail aria-hidden="true" />}>
            {t('notices.noneHint')}
          </EmptyState>
        ) : (
          <ul className="inbox">
            {data.rows.map((notice) => (
              <Notice key={notice.id} notice={notice} />
            ))}
          </ul>
        )}
      </div>
      <Pager search={search} setSearch={setSearch} next={data.next} shown={data.rows.length} total={null} />
    </div>
  )
}

function Notice({ notice }: { notice: InboxRow }) {
  const { t, i18n } = useTranslation()
  const fromOf = ({ orgName, circular }: InboxRow) =>
    circular?.fromAbove ? `${circular.fromAbove} · ${t('notices.passedOnBy', { org: orgName })}` : orgName
  const { title, body } = useNoticeWords()(notice)
  const read = useWrite(noteRead, { refreshes: ALL_NOTICES })
  const confirm = useWrite(confirmNotice, { refreshes: ALL_NOTICES, onDone: () => say(t('notices.confirmed')) })
  const isUnread = notice.readAt === null
  const place = notice.circular ? paths.notices.mine(notice.id) : placeOf(notice)
  const markRead = () => {
    if (isUnread) read.mutate({ body: { ids: [notice.id] } })
  }
  return (
    <li data-unread={isUnread || undefined}>
      <div>
        <h2>
          {isUnread ? <span className="inbox-new">{t('notices.new')}</span> : null}
          {place ? (
            <Link to={place} onClick={notice.circular ? undefined : markRead}>
              {title}
            </Link>
          ) : (
            title
          )}
        </h2>
        {notice.circular?.recalledReason ? (
          <p className="hint">{t('notices.recalledFor', { reason: notice.circular.recalledReason })}</p>
        ) : null}
        {notice.circular?.isChanged ? <p className="notice-changed">{t('notices.changedAgain')}</p> : null}
        {body ? <p className="notice-glance">{body}</p> : null}
        <p className="hint">
          {[fromOf(notice), whenText(notice.sentAt, Date.now(), i18n.language)].filter(Boolean).join(' · ')}
        </p>
        <RefusalText error={confirm.error ?? read.error} />
      </div>
      <div className="inbox-acts">
        <LevelLamp level={notice.level} />
        {notice.needsConfirm && notice.confirmedAt ? <Lamp state="ok">{t('notices.confirmed')}</Lamp> : null}
        {notice.needsConfirm && !notice.confirmedAt ? (
          <Button
            kind="primary"
            isBusy={confirm.isPending}
            onClick={() => confirm.mutate({ params: { id: notice.id }, body: {} })}
          >
            {t('notices.confirm')}
          </Button>
        ) : null}
        {isUnread && !notice.needsConfirm ? (
          <Button kind="quiet" isBusy={read.isPending} onClick={markRead}>
            {t('notices.markRead')}
          </Button>
        ) : null}
      </div>
    </li>
  )
}

export function LevelLamp({ level }: { level: InboxRow['level'] }) {
  const { t } = useTranslation()
  if (level === 'normal') return null
  return <Lamp state={level === 'urgent' ? 'late' : 'warn'}>{t(`notices.level.${level}`)}</Lamp>
}
