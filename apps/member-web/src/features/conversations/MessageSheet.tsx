import { useQuery } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { useWrite } from '@tongxin/client/use-write'
import { listReaders, recallMessage, reportMessages } from '@tongxin/contract/conversations.own'
import { type ConversationRecord, type Message, RECALL_MINUTES } from '@tongxin/contract/conversations.words'
import { Button, RefusalText, Sheet, Skeleton, say, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_TALKS } from './conversations.api.ts'

type Props = {
  message: Message
  talk: ConversationRecord
  onReply: (message: Message) => void
  onClose: () => void
}

/** What can be done with one message: answer, copy, take back, see who has read it, report. */
export function MessageSheet({ message, talk, onReply, onClose }: Props) {
  const { t } = useTranslation()
  const [isReporting, setReporting] = useState(false)
  const recall = useWrite(recallMessage, { refreshes: ALL_TALKS, onDone: onClose })
  const isFresh = Date.now() - Date.parse(message.at) < RECALL_MINUTES * 60_000
  const answer = () => {
    onReply(message)
    onClose()
  }
  const copy = () => {
    void navigator.clipboard.writeText(message.text ?? '').then(() => say(t('conversations.copied')))
    onClose()
  }
  return (
    <Sheet isOpen title={t('conversations.acts')} onClose={onClose}>
      <div className="talk-acts">
        {talk.state === 'open' && !talk.silence ? (
          <Button wide onClick={answer}>
            {t('conversations.reply')}
          </Button>
        ) : null}
        {message.text ? (
          <Button wide onClick={copy}>
            {t('conversations.copy')}
          </Button>
        ) : null}
        {message.isMine && isFresh ? (
          <Button
            wide
            isBusy={recall.isPending}
            onClick={() => recall.mutate({ params: { id: talk.id, messageId: message.id }, body: {} })}
          >
            {t('conversations.recall')}
          </Button>
        ) : null}
        {message.isMine ? <Readers id={talk.id} messageId={message.id} /> : null}
        {message.isMine || isReporting ? null : (
          <Button wide kind="quiet" onClick={() => setReporting(true)}>
            {t('conversations.report')}
          </Button>
        )}
        {isReporting ? <ReportForm id={talk.id} messageId={message.id} onDone={onClose} /> : null}
        <RefusalText error={recall.error} />
      </div>
    </Sheet>
  )
}

function Readers({ id, messageId }: { id: string; messageId: string }) {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['conversations', 'readers', id, messageId],
    queryFn: ({ signal }) => call(listReaders, { params: { id, messageId }, body: {}, signal }),
  })
  if (query.isPending) return <Skeleton lines={1} />
  if (query.error) return <RefusalText error={query.error} />
  const { readers, people, names } = query.data
  return (
    <p className="hint">
      {t('conversations.readByOf', { n: readers, people })}
      {names.length > 0 ? `：${names.join('、')}` : ''}
    </p>
  )
}

function ReportForm({ id, messageId, onDone }: { id: string; messageId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const report = useWrite(reportMessages, {
    refreshes: ALL_TALKS,
    onDone: () => {
      say(t('conversations.reported'))
      onDone()
    },
  })
  return (
    <>
      <TextArea
        label={t('conversations.reportReason')}
        help={t('conversations.reportHelp')}
        required
        maxLength={500}
        value={reason}
        onChange={setReason}
      />
      <RefusalText error={report.error} />
      <Button
        wide
        kind="primary"
        isBusy={report.isPending}
        whyNot={reason.trim().length > 1 ? undefined : t('conversations.fillFirst')}
        onClick={() => report.mutate({ params: { id }, body: { messageIds: [messageId], reason } })}
      >
        {t('conversations.reportSend')}
      </Button>
    </>
  )
}
