import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { useWrite } from '@tongxin/client/use-write'
import { answerNotice, confirmNotice, noteRead } from '@tongxin/contract/notices'
import { Button, dateOf, Lamp, RefusalText, Select, say, TextArea, timeOf } from '@tongxin/ui'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { RecordPage } from '../../shared/pages/RecordPage.tsx'
import { LevelLamp } from './InboxPage.tsx'
import { ALL_NOTICES, ARRIVALS, ownQuery } from './notices.api.ts'
import './notices.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(ownQuery(params.id ?? ''))

type Own = Awaited<ReturnType<NonNullable<ReturnType<typeof ownQuery>['queryFn']>>>
const whenOf = (at: string) => `${dateOf(at)} ${timeOf(at)}`

/** A notice to the person of this desk: the whole text, files, what has changed, and what is asked. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(ARRIVALS, ALL_NOTICES)
  const { data } = useSuspenseQuery(ownQuery(params.id ?? ''))
  const { notice } = data
  const { mutate } = useWrite(noteRead, { refreshes: ALL_NOTICES })
  const told = useRef('')
  const isUnread = notice.readAt === null
  const seen = `${notice.id}/${notice.circular?.version ?? 1}`
  // Whoever sees the text has read it: told once for each text.
  useEffect(() => {
    if (!isUnread || told.current === seen) return
    told.current = seen
    mutate({ body: { ids: [notice.id] } })
  }, [isUnread, seen, notice.id, mutate])
  return (
    <RecordPage
      trail={[{ label: t('notices.inbox'), path: paths.notices.inbox() }]}
      name={notice.title ?? ''}
      state={<LevelLamp level={notice.level} />}
      facts={[
        { label: t('notices.issuer'), value: [notice.orgName, data.sentBy].filter(Boolean).join(' · ') },
        { label: t('notices.sentAt'), value: whenOf(notice.sentAt) },
        ...(notice.confirmBy ? [{ label: t('notices.confirmBy'), value: whenOf(notice.confirmBy) }] : []),
      ]}
      acts={<Acts own={data} />}
      tabs={[{ key: 'text', label: t('notices.text'), body: <Text own={data} /> }]}
      search={search}
      setSearch={setSearch}
    />
  )
}

function Text({ own }: { own: Own }) {
  const { t } = useTranslation()
  const { notice, body, prefaces, files, corrections } = own
  const recalled = notice.circular?.recalledReason
  if (recalled) return <p className="hint">{t('notices.recalledFor', { reason: recalled })}</p>
  return (
    <div className="notice-page">
      {prefaces.map(({ orgName, words }) => (
        <blockquote key={orgName} className="notice-quoted">
          <strong>{t('notices.passedOnBy', { org: orgName })}</strong>
          <p className="notice-text">{words}</p>
        </blockquote>
      ))}
      <p className="notice-text">{body}</p>
      {files.map(({ id, name }) => (
        <a key={id} href={`/api/v1/files/${id}/content`} target="_blank" rel="noreferrer">
          {name}
        </a>
      ))}
      {corrections.map((old) => (
        <details key={old.version} className="notice-quoted">
          <summary>{[t('notices.oldText'), old.note, whenOf(old.at)].filter(Boolean).join(' · ')}</summary>
          <p>{old.title}</p>
          <p className="notice-text">{old.body}</p>
        </details>
      ))}
      <Answer key={own.answer ?? ''} own={own} />
    </div>
  )
}

function Acts({ own: { notice } }: { own: Own }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('notices.send')
  const confirm = useWrite(confirmNotice, { refreshes: ALL_NOTICES, onDone: () => say(t('notices.confirmed')) })
  return (
    <>
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
      {whyNot === undefined && !notice.circular?.recalledReason ? (
        <Link className="tx-button" to={paths.notices.one(notice.id)}>
          {t('notices.receiptsAndRelay')}
        </Link>
      ) : null}
      <RefusalText error={confirm.error} />
    </>
  )
}

function Answer({ own }: { own: Own }) {
  const { t } = useTranslation()
  const { notice, choices } = own
  const [words, setWords] = useState(own.answer ?? '')
  const save = useWrite(answerNotice, { refreshes: ALL_NOTICES, onDone: () => say(t('notices.answeredNow')) })
  const kind = notice.circular?.answerKind ?? 'none'
  if (kind === 'none') return null
  const label = t('notices.yourAnswer')
  return (
    <section className="notice-answer">
      {kind === 'choice' ? (
        <Select
          label={label}
          required
          value={words}
          onChange={setWords}
          options={choices.map((value) => ({ value, label: value }))}
        />
      ) : (
        <TextArea label={label} required rows={3} maxLength={500} value={words} onChange={setWords} />
      )}
      <RefusalText error={save.error} />
      <Button
        kind="primary"
        isBusy={save.isPending}
        whyNot={words.trim() === '' || words === own.answer ? t('notices.answerFirst') : undefined}
        onClick={() => save.mutate({ params: { id: notice.id }, body: { answer: words } })}
      >
        {t('notices.answerNow')}
      </Button>
    </section>
  )
}
