import { Link } from '@tanstack/react-router'
import { API_ROOT } from '@tongxin/client/call'
import type { ConversationRecord, Message } from '@tongxin/contract/conversations.words'
import { Button, timeOf, useRefusalWords } from '@tongxin/ui'
import { Ellipsis } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import type { Unsent } from './kept.ts'
import { again, drop } from './outbox.ts'

export const contentOf = (fileId: string) => `${API_ROOT}/files/${fileId}/content`

type Props = { message: Message; talk: ConversationRecord; onChoose: () => void }
/** One message; what the conversation itself tells stands between them in small type. */
export function Bubble({ message, talk, onChoose }: Props) {
  const { t } = useTranslation()
  if (message.kind === 'turn')
    return (
      <li className="talk-turn hint">
        {t(`conversations.turn.${message.turn}`, { by: message.name, names: message.names.join('、') })}
      </li>
    )
  if (message.kind === 'recalled')
    return (
      <li className="talk-turn hint">{t(message.isMine ? 'conversations.recalledMine' : 'conversations.recalled')}</li>
    )
  return (
    <li className="talk-item" data-mine={message.isMine || undefined}>
      <span className="hint talk-by">
        {message.isMine && talk.kind === 'pair' ? null : (
          <span>{message.isMine ? t('conversations.me') : message.name}</span>
        )}
        <time dateTime={message.at}>{timeOf(message.at)}</time>
      </span>
      <div className="talk-bubble">
        {message.replyTo ? (
          <blockquote className="hint">
            {message.replyTo.excerpt === null
              ? t('conversations.answeredGone')
              : `${message.replyTo.name}：${message.replyTo.excerpt}`}
          </blockquote>
        ) : null}
        <Said message={message} />
      </div>
      <span className="talk-foot">
        {message.readers === null ? null : (
          <span className="hint">{t('conversations.readBy', { count: message.readers })}</span>
        )}
        <button type="button" className="talk-more" aria-label={t('conversations.acts')} onClick={onChoose}>
          <Ellipsis aria-hidden="true" />
        </button>
      </span>
    </li>
  )
}

function Said({ message }: { message: Message }) {
  const { t } = useTranslation()
  const { kind, text, fileId, fileName, seconds, card } = message
  return (
    <>
      {kind === 'picture' && fileId ? (
        <a href={contentOf(fileId)} download={fileName ?? ''}>
          <img src={contentOf(fileId)} alt={text ?? fileName ?? t('conversations.kind.picture')} loading="lazy" />
        </a>
      ) : null}
      {kind === 'voice' && fileId ? (
        <>
          <audio
            controls
            preload="none"
            src={contentOf(fileId)}
            aria-label={t('conversations.voiceOf', { n: seconds ?? 0 })}
          />
          <span className="hint">{t('conversations.voiceOf', { n: seconds ?? 0 })}</span>
        </>
      ) : null}
      {kind === 'file' && fileId ? (
        <a className="tx-button" href={contentOf(fileId)} download={fileName ?? ''}>
          {fileName}
        </a>
      ) : null}
      {(kind === 'vote' || kind === 'notice') && card ? (
        <Link className="talk-card" to={kind === 'vote' ? paths.votes.one(card.id) : paths.messages()}>
          <span className="hint">{t(`conversations.kind.${kind}`)}</span>
          <strong>{card.title}</strong>
        </Link>
      ) : null}
      {text ? <p className="talk-text">{text}</p> : null}
    </>
  )
}

/** What waits on this device, or was refused and says why. */
export function UnsentBubble({ unsent, onAgain }: { unsent: Unsent; onAgain: () => void }) {
  const { t } = useTranslation()
  const words = useRefusalWords()
  const refused = unsent.refusedWith === null ? null : words(unsent.refusedWith, {})
  return (
    <li className="talk-item" data-mine data-unsent>
      <div className="talk-bubble">
        {unsent.file ? (
          <span className="hint">{`[${t(`conversations.kind.${unsent.body.kind}`)}] ${unsent.file.name}`}</span>
        ) : null}
        {unsent.body.text ? <p className="talk-text">{unsent.body.text}</p> : null}
      </div>
      <span className="talk-foot hint" role="status">
        {refused ? `${t('conversations.notSent')}：${refused.reason}` : t('conversations.waiting')}
      </span>
      {refused ? (
        <span className="talk-foot">
          <Button onClick={() => void again(unsent).then(onAgain)}>{t('conversations.sendAgain')}</Button>
          <Button kind="quiet" onClick={() => void drop(unsent.seq)}>
            {t('conversations.drop')}
          </Button>
        </span>
      ) : null}
    </li>
  )
}
