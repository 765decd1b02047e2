import { useQuery, useQueryClient } from '@tanstack/react-query'
import { API_ROOT, call } from '@tongxin/client/call'
import { useWrite } from '@tongxin/client/use-write'
import { noteConversationRead, recallMessage, sayMessage } from '@tongxin/contract/conversations.own'
import { type ConversationRow, type Message, MOST_TEXT, RECALL_MINUTES } from '@tongxin/contract/conversations.words'
import { Button, ErrorState, RefusalText, Skeleton, TextArea, whenText } from '@tongxin/ui'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_TALKS, messagesQuery, readOlder, talkQuery } from './conversations.api.ts'

/** What was said in one conversation, and what I say. */
export function Talk({ row }: { row: ConversationRow }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const talk = useQuery(talkQuery(row.id))
  const query = useQuery(messagesQuery(row.id))
  const [reply, setReply] = useState<Message | null>(null)
  const end = useRef<HTMLDivElement>(null)
  const newest = query.data?.rows.at(-1)?.seq ?? 0
  // Synchronises what is seen with the server, and the scrolling with what was added.
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' })
    if (newest === 0 || document.visibilityState === 'hidden') return
    call(noteConversationRead, { params: { id: row.id }, body: { seq: newest } })
      .then(() => client.invalidateQueries({ queryKey: ['conversations', 'list'] }))
      .catch(() => undefined)
  }, [client, newest, row.id])
  const error = query.error ?? talk.error
  if (error) return <ErrorState error={error} onRetry={() => void Promise.all([query.refetch(), talk.refetch()])} />
  if (!query.data || !talk.data) return <Skeleton lines={8} />
  const { silence, state, keptDays } = talk.data
  return (
    <section className="talk-pane" aria-label={row.name}>
      <p className="hint">{t('conversations.privacy', { n: keptDays })}</p>
      <div className="talk-scroll">
        {query.data.hasOlder ? (
          <Button onClick={() => void readOlder(client, row.id)}>{t('conversations.older')}</Button>
        ) : null}
        <ol className="talk-shown" role="log" aria-live="polite">
          {query.data.rows.map((message) => (
            <Said key={message.id} talkId={row.id} message={message} onReply={() => setReply(message)} />
          ))}
        </ol>
        {query.data.rows.length === 0 ? <p className="hint">{t('conversations.sayFirst')}</p> : null}
        <div ref={end} />
      </div>
      {state === 'open' && !silence ? <Write id={row.id} reply={reply} onReply={setReply} /> : null}
      {silence ? (
        <p role="status">{t('conversations.youAreSilenced', { reason: silence.reason, by: silence.by })}</p>
      ) : null}
    </section>
  )
}

type SaidProps = { talkId: string; message: Message; onReply: () => void }
function Said({ talkId, message, onReply }: SaidProps) {
  const { t, i18n } = useTranslation()
  const recall = useWrite(recallMessage, { refreshes: ALL_TALKS })
  const { kind, isMine, replyTo, turn } = message
  if (kind === 'turn')
    return (
      <li className="hint">{t(`conversations.turn.${turn}`, { by: message.name, names: message.names.join('、') })}</li>
    )
  if (kind === 'recalled') return <li className="hint">{t('conversations.recalled')}</li>
  const isFresh = isMine && Date.now() - Date.parse(message.at) < RECALL_MINUTES * 60_000
  return (
    <li data-mine={isMine || undefined}>
      <span className="hint">{`${message.name} · ${whenText(message.at, Date.now(), i18n.language)}`}</span>
      {replyTo?.excerpt ? <blockquote className="hint">{`${replyTo.name}：${replyTo.excerpt}`}</blockquote> : null}
      <Content message={message} />
      <span className="talk-line">
        {message.readers === null ? null : (
          <span className="hint">{t('conversations.readBy', { count: message.readers })}</span>
        )}
        <Button kind="quiet" onClick={onReply}>
          {t('conversations.reply')}
        </Button>
        {isFresh ? (
          <Button
            kind="quiet"
            isBusy={recall.isPending}
            onClick={() => recall.mutate({ params: { id: talkId, messageId: message.id }, body: {} })}
          >
            {t('conversations.recall')}
          </Button>
        ) : null}
      </span>
      <RefusalText error={recall.error} />
    </li>
  )
}

function Content({ message }: { message: Message }) {
  const { t } = useTranslation()
  const at = message.fileId ? `${API_ROOT}/files/${message.fileId}/content` : ''
  return (
    <>
      {message.kind === 'picture' && at ? <img src={at} alt={message.fileName ?? ''} loading="lazy" /> : null}
      {message.kind === 'voice' && at ? (
        <audio controls preload="none" src={at} aria-label={t('conversations.messageKind.voice')} />
      ) : null}
      {message.kind === 'file' && at ? (
        <a href={at} download={message.fileName ?? ''}>
          {message.fileName}
        </a>
      ) : null}
      {message.card ? <p>{`${t(`conversations.messageKind.${message.kind}`)} · ${message.card.title}`}</p> : null}
      {message.text ? <p className="talk-text">{message.text}</p> : null}
    </>
  )
}

type WriteProps = { id: string; reply: Message | null; onReply: (message: Message | null) => void }
function Write({ id, reply, onReply }: WriteProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  // The same words after a broken answer are the same message: its id stays until the server has taken it.
  const messageId = useRef('')
  const say = useWrite(sayMessage, {
    refreshes: ALL_TALKS,
    onDone: () => {
      messageId.current = ''
      setText('')
      onReply(null)
    },
  })
  const send = () => {
    messageId.current ||= crypto.randomUUID()
    const replyTo = reply ? { replyTo: reply.id } : {}
    say.mutate({ params: { id }, body: { id: messageId.current, kind: 'text', text: text.trim(), ...replyTo } })
  }
  return (
    <div className="talk-glance">
      {reply ? (
        <p className="talk-line hint">
          <span className="talk-cut">
            {t('conversations.replyingTo', { name: reply.name, text: reply.text ?? '' })}
          </span>
          <Button kind="quiet" onClick={() => onReply(null)}>
            {t('conversations.noReply')}
          </Button>
        </p>
      ) : null}
      <TextArea label={t('conversations.write')} rows={2} maxLength={MOST_TEXT} value={text} onChange={setText} />
      <RefusalText error={say.error} />
      <Button
        kind="primary"
        isBusy={say.isPending}
        whyNot={text.trim() ? undefined : t('conversations.writeFirst')}
        onClick={send}
      >
        {t('conversations.send')}
      </Button>
    </div>
  )
}
