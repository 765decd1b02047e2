import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { useWrite } from '@tongxin/client/use-write'
import { confirmNotice, type InboxRow, noteRead } from '@tongxin/contract/notices'
import { Button, EmptyState, Lamp, RefusalText, say, whenText } from '@tongxin/ui'
import { Mail, MessagesSquare } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ALL_NOTICES, ARRIVALS, INBOX_VIEWS, type InboxView, inboxQuery, unreadQuery } from './notices.api.ts'
import { useNoticeWords } from './use-notice-words.ts'
import './notices.css'

const viewOf = (text: string | undefined): InboxView => INBOX_VIEWS.find((view) => view === text) ?? 'all'
export const loader = ({ search, queryClient }: LoaderInput) =>
  Promise.all([
    queryClient.ensureQueryData(inboxQuery(viewOf(search.view), search.cursor ?? '')),
    queryClient.ensureQueryData(unreadQuery),
  ])

/** Notices addressed to the person, newest first; what must be confirmed says so. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(ARRIVALS, ALL_NOTICES)
  const view = viewOf(search.view)
  const { data } = useSuspenseQuery(inboxQuery(view, search.cursor ?? ''))
  const { data: counts } = useSuspenseQuery(unreadQuery)
  const readAll = useWrite(noteRead, { refreshes: ALL_NOTICES })
  return (
    <PageFrame
      isTop
      title={t('notices.title')}
      lead={<p className="lead">{t('notices.unread', { count: counts.unread })}</p>}
    >
      <section className="notice-views" aria-label={t('notices.which')}>
        {INBOX_VIEWS.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === view}
            onClick={() => setSearch({ view: one === 'all' ? '' : one, cursor: '' })}
          >
            {t(`notices.view.${one}`)}
          </button>
        ))}
      </section>
      <Link className="tx-button" to={paths.talks.list()}>
        <MessagesSquare aria-hidden="true" />
        {t('notices.talks')}
      </Link>
      {counts.unread > 0 ? (
        <Button isBusy={readAll.isPending} onClick={() => readAll.mutate({ body: {} })}>
          {t('notices.readAll')}
        </Button>
      ) : null}
      <RefusalText error={readAll.error} />
      {data.rows.length === 0 ? (
        <EmptyState title={t('notices.none')} icon={<Mail aria-hidden="true" />}>
          {t('notices.noneHint')}
        </EmptyState>
      ) : (
        <ul className="notices">
          {data.rows.map((notice) => (
            <Notice key={notice.id} notice={notice} />
          ))}
        </ul>
      )}
      {data.next ? (
        <Button wide onClick={() => setSearch({ cursor: data.next ?? '' })}>
          {t('notices.older')}
        </Button>
      ) : null}
    </PageFrame>
  )
}

function Notice({ notice }: { notice: InboxRow }) {
  const { t, i18n } = useTranslation()
  const { title, body } = useNoticeWords()(notice)
  const read = useWrite(noteRead, { refreshes: ALL_NOTICES })
  const confirm = useWrite(confirmNotice, { refreshes: ALL_NOTICES, onDone: () => say(t('notices.confirmed')) })
  const isUnread = notice.readAt === null
  const { circular } = notice
  const from = circular?.fromAbove
    ? `${circular.fromAbove} · ${t('notices.passedOnBy', { org: notice.orgName })}`
    : notice.orgName
  const place = circular ? paths.notices.one(notice.id) : notice.path
  return (
    <li className="card" data-unread={isUnread || undefined}>
      <p className="notice-head">
        {notice.level === 'normal' ? null : (
          <Lamp state={notice.level === 'urgent' ? 'late' : 'warn'}>{t(`notices.level.${notice.level}`)}</Lamp>
        )}
        {isUnread ? <span className="new">{t('notices.new')}</span> : null}
        <span className="hint">
          {[from, whenText(notice.sentAt, Date.now(), i18n.language)].filter(Boolean).join(' · ')}
        </span>
      </p>
      <h2>{title}</h2>
      {circular?.recalledReason ? (
        <p className="hint">{t('notices.recalledFor', { reason: circular.recalledReason })}</p>
      ) : null}
      {circular?.isChanged ? <p className="new">{t('notices.changedAgain')}</p> : null}
      <p className="notice-body">{body}</p>
      {circular && circular.files > 0 ? (
        <p className="hint">{t('notices.filesCount', { count: circular.files })}</p>
      ) : null}
      {notice.needsConfirm && notice.confirmedAt ? (
        <Lamp state="ok">
          {t('notices.confirmedAt', { when: whenText(notice.confirmedAt, Date.now(), i18n.language) })}
        </Lamp>
      ) : null}
      <div className="quick">
        {place ? (
          <Link
            className="tx-button"
            to={place}
            onClick={() => isUnread && !circular && read.mutate({ body: { ids: [notice.id] } })}
          >
            {t('notices.open')}
          </Link>
        ) : null}
        {notice.needsConfirm && !notice.confirmedAt ? (
          <Button
            kind="primary"
            isBusy={confirm.isPending}
            onClick={() => confirm.mutate({ params: { id: notice.id }, body: {} })}
          >
            {t('notices.confirm')}
          </Button>
        ) : null}
        {isUnread && !notice.needsConfirm && !place ? (
          <Button isBusy={read.isPending} onClick={() => read.mutate({ body: { ids: [notice.id] } })}>
            {t('notices.markRead')}
          </Button>
        ) : null}
      </div>
      <RefusalText error={confirm.error ?? read.error} />
    </li>
  )
}
