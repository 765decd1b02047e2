import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { useWrite } from '@tongxin/client/use-write'
import { answerNotice, confirmNotice, noteRead } from '@tongxin/contract/notices'
import { Button, dateOf, Lamp, RefusalText, say, TextArea, timeOf } from '@tongxin/ui'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ALL_NOTICES, ARRIVALS, noticeQuery } from './notices.api.ts'
import './notices.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(noticeQuery(params.id ?? ''))

type Own = Awaited<ReturnType<NonNullable<ReturnType<typeof noticeQuery>['queryFn']>>>
const whenOf = (at: string) => `${dateOf(at)} ${timeOf(at)}`

/** Tells the sender once for each text that it was read: whoever sees it has read it. */
function useSeen({ notice }: Own) {
  const { mutate } = useWrite(noteRead, { refreshes: ALL_NOTICES })
  const told = useRef('')
  const isUnread = notice.readAt === null
  const seen = `${notice.id}/${notice.circular?.version ?? 1}`
  // Synchronises the receipt on the server with what is on the screen.
  useEffect(() => {
    if (!isUnread || told.current === seen) return
    told.current = seen
    mutate({ body: { ids: [notice.id] } })
  }, [isUnread, seen, notice.id, mutate])
}

/** One notice: the whole text with what was added on its way down, files, what has changed, and what is asked. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  useLive(ARRIVALS, ALL_NOTICES)
  const { data } = useSuspenseQuery(noticeQuery(params.id ?? ''))
  useSeen(data)
  const { notice } = data
  const recalled = notice.circular?.recalledReason
  return (
    <PageFrame
      title={notice.title ?? ''}
      lead={
        notice.level === 'normal' ? undefined : (
          <Lamp state={notice.level === 'urgent' ? 'late' : 'warn'}>{t(`notices.level.${notice.level}`)}</Lamp>
        )
      }
      primary={notice.needsConfirm && !notice.confirmedAt ? <Confirm id={notice.id} /> : undefined}
    >
      {recalled ? (
        <section className="card">
          <p>{t('notices.recalledFor', { reason: recalled })}</p>
        </section>
      ) : (
        <Text own={data} />
      )}
      {recalled ? null : <Answer key={data.answer ?? ''} own={data} />}
      {recalled ? null : <Corrections own={data} />}
    </PageFrame>
  )
}

function Confirm({ id }: { id: string }) {
  const { t } = useTranslation()
  const confirm = useWrite(confirmNotice, { refreshes: ALL_NOTICES, onDone: () => say(t('notices.confirmed')) })
  return (
    <>
      <RefusalText error={confirm.error} />
      <Button
        wide
        kind="primary"
        isBusy={confirm.isPending}
        onClick={() => confirm.mutate({ params: { id }, body: {} })}
      >
        {t('notices.confirm')}
      </Button>
    </>
  )
}

function Text({ own }: { own: Own }) {
  const { t } = useTranslation()
  const { notice, body, prefaces, files, sentBy } = own
  return (
    <section className="card notice-whole">
      {prefaces.map(({ orgName, words }) => (
        <blockquote key={orgName}>
          <strong>{t('notices.passedOnBy', { org: orgName })}</strong>
          <p className="notice-body">{words}</p>
        </blockquote>
      ))}
      <p className="notice-body">{body}</p>
      {files.map(({ id, name }) => (
        <a key={id} href={`/api/v1/files/${id}/content`} target="_blank" rel="noreferrer">
          {name}
        </a>
      ))}
      <p className="hint">
        {[notice.circular?.fromAbove ?? notice.orgName, sentBy, whenOf(notice.sentAt)].filter(Boolean).join(' · ')}
      </p>
      {notice.confirmBy ? <p className="hint">{t('notices.confirmBy', { when: whenOf(notice.confirmBy) })}</p> : null}
      {notice.needsConfirm && notice.confirmedAt ? (
        <Lamp state="ok">{t('notices.confirmedAt', { when: whenOf(notice.confirmedAt) })}</Lamp>
      ) : null}
    </section>
  )
}

function Corrections({ own: { corrections } }: { own: Own }) {
  const { t } = useTranslation()
  return corrections.map((old) => (
    <details key={old.version} className="card notice-whole">
      <summary>{[t('notices.oldText'), old.note, whenOf(old.at)].filter(Boolean).join(' · ')}</summary>
      <p>{old.title}</p>
      <p className="notice-body">{old.body}</p>
    </details>
  ))
}

function Answer({ own }: { own: Own }) {
  const { t } = useTranslation()
  const { notice, choices } = own
  const [words, setWords] = useState(own.answer ?? '')
  const save = useWrite(answerNotice, { refreshes: ALL_NOTICES, onDone: () => say(t('notices.answeredNow')) })
  const kind = notice.circular?.answerKind ?? 'none'
  if (kind === 'none') return null
  return (
    <section className="card notice-whole">
      {kind === 'choice' ? (
        <fieldset className="notice-choices">
          <legend>{t('notices.yourAnswer')}</legend>
          {choices.map((one) => (
            <label key={one}>
              <input type="radio" name="answer" checked={one === words} onChange={() => setWords(one)} />
              {one}
            </label>
          ))}
        </fieldset>
      ) : (
        <TextArea label={t('notices.yourAnswer')} rows={3} maxLength={500} value={words} onChange={setWords} />
      )}
      <RefusalText error={save.error} />
      <Button
        wide
        isBusy={save.isPending}
        whyNot={words.trim() === '' || words === own.answer ? t('notices.answerFirst') : undefined}
        onClick={() => save.mutate({ params: { id: notice.id }, body: { answer: words } })}
      >
        {t('notices.answerNow')}
      </Button>
    </section>
  )
}
