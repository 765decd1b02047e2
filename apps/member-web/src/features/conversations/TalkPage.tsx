import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { call } from '@tongxin/client/call'
import type { ScreenProps } from '@tongxin/client/screen'
import { useSession } from '@tongxin/client/session'
import { useLive } from '@tongxin/client/stream'
import { noteConversationRead } from '@tongxin/contract/conversations.own'
import type { ConversationRecord, Message } from '@tongxin/contract/conversations.words'
import { Button, dateOf, ErrorState, Lamp, RefusalText, Skeleton } from '@tongxin/ui'
import { UsersRound } from 'lucide-react'
import { Fragment, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { Bubble, UnsentBubble } from './Bubble.tsx'
import { Composer } from './Composer.tsx'
import { ALL_TALKS, messagesQuery, type Pages, readOlder, SAID, talkQuery } from './conversations.api.ts'
import { MessageSheet } from './MessageSheet.tsx'
import { useUnsent } from './outbox.ts'
import { useDelivery } from './use-delivery.ts'
import { useTalkName } from './words.ts'
import './conversations.css'

/** One conversation: what was said, what waits on this device, and what I say next. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const nameOf = useTalkName()
  const id = params.id ?? ''
  useLive(SAID, ALL_TALKS)
  const deliver = useDelivery()
  const talk = useQuery(talkQuery(id))
  const messages = useQuery(messagesQuery(id))
  const [reply, setReply] = useState<Message | null>(null)
  const error = talk.error ?? messages.error
  return (
    <PageFrame
      title={talk.data ? nameOf(talk.data) : t('conversations.title')}
      lead={talk.data ? <Lead talk={talk.data} /> : null}
      primary={
        talk.data && !error ? (
          <Composer talk={talk.data} reply={reply} onReply={setReply} onSaid={deliver} />
        ) : undefined
      }
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void Promise.all([talk.refetch(), messages.refetch()])} />
      ) : null}
      {!error && messages.data && talk.data ? (
        <Log talk={talk.data} pages={messages.data} onReply={setReply} onAgain={deliver} />
      ) : null}
      {!error && !(messages.data && talk.data) ? <Skeleton lines={8} /> : null}
    </PageFrame>
  )
}

function Lead({ talk }: { talk: ConversationRecord }) {
  const { t } = useTranslation()
  return (
    <p className="lead talk-lead">
      <span>{t('conversations.keptDays', { n: talk.keptDays })}</span>
      <Link className="tx-button" data-kind="quiet" to={paths.talks.group(talk.id)}>
        <UsersRound aria-hidden="true" />
        {t('conversations.about')}
      </Link>
    </p>
  )
}

type LogProps = {
  talk: ConversationRecord
  pages: Pages
  onReply: (message: Message) => void
  onAgain: () => void
}
function Log({ talk, pages, onReply, onAgain }: LogProps) {
  const { t } = useTranslation()
  const personId = useSession().person?.id ?? ''
  const said = new Set(pages.rows.map(({ id }) => id))
  // Confirmed between two looks: what the server has is not shown a second time.
  const unsent = useUnsent(talk.id, personId).filter(({ id }) => !said.has(id))
  const [chosen, setChosen] = useState<Message | null>(null)
  const end = useEndInSight(`${pages.rows.at(-1)?.seq ?? 0}/${unsent.length}`)
  useReadNoted(talk, pages)
  let day = ''
  return (
    <>
      {pages.hasOlder ? <Older id={talk.id} /> : null}
      {pages.isKept ? <p className="hint">{t('conversations.offline')}</p> : null}
      <ol className="talk-log" role="log" aria-live="polite" aria-label={t('conversations.log')}>
        {pages.rows.map((message) => {
          const on = dateOf(message.at)
          const isNewDay = on !== day
          day = on
          return (
            <Fragment key={message.id}>
              {isNewDay ? <li className="talk-day hint">{on}</li> : null}
              <Bubble message={message} talk={talk} onChoose={() => setChosen(message)} />
            </Fragment>
          )
        })}
        {unsent.map((one) => (
          <UnsentBubble key={one.id} unsent={one} onAgain={onAgain} />
        ))}
      </ol>
      {pages.rows.length + unsent.length === 0 ? (
        <p className="hint talk-empty">{t('conversations.sayFirst')}</p>
      ) : null}
      {talk.state === 'ended' ? <Lamp state="info">{t('conversations.ended')}</Lamp> : null}
      <div ref={end} className="talk-end" />
      {chosen ? <MessageSheet message={chosen} talk={talk} onReply={onReply} onClose={() => setChosen(null)} /> : null}
    </>
  )
}

function Older({ id }: { id: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const load = () => {
    setBusy(true)
    setError(null)
    readOlder(client, id)
      .catch(setError)
      .finally(() => setBusy(false))
  }
  return (
    <>
      <Button isBusy={isBusy} onClick={load}>
        {t('conversations.older')}
      </Button>
      <RefusalText error={error} />
    </>
  )
}

/** Keeps the newest in sight when something is added, unless the person looks at older ones. */
function useEndInSight(newest: string) {
  const end = useRef<HTMLDivElement>(null)
  const before = useRef('')
  // Synchronises the scrolling of the window with what was added.
  useEffect(() => {
    const isNear = document.documentElement.scrollHeight - window.scrollY - window.innerHeight < 400
    if (before.current === '' || (isNear && before.current !== newest)) end.current?.scrollIntoView({ block: 'end' })
    before.current = newest
  }, [newest])
  return end
}

/** Tells the server how far I have read, while I look. */
function useReadNoted({ id, readSeq }: ConversationRecord, { rows, isKept }: Pages) {
  const client = useQueryClient()
  const seq = rows.at(-1)?.seq ?? 0
  // Synchronises with the server: a count that could not be told is told with the next message.
  useEffect(() => {
    if (isKept || seq <= readSeq || document.visibilityState === 'hidden') return
    call(noteConversationRead, { params: { id }, body: { seq } })
      .then(() => client.invalidateQueries({ queryKey: ['conversations', 'list'] }))
      .catch(() => undefined)
  }, [client, id, seq, readSeq, isKept])
}
