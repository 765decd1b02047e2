import { useSession } from '@tongxin/client/session'
import {
  type ConversationPerson,
  type ConversationRecord,
  type Message,
  MOST_TEXT,
} from '@tongxin/contract/conversations.words'
import { Button, whenText } from '@tongxin/ui'
import { AtSign, Mic, Paperclip, SendHorizontal, X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Unsent } from './kept.ts'
import { put } from './outbox.ts'

const AttachSheet = lazy(() => import('./AttachSheet.tsx').then((m) => ({ default: m.AttachSheet })))
const VoiceSheet = lazy(() => import('./VoiceSheet.tsx').then((m) => ({ default: m.VoiceSheet })))
const CallSheet = lazy(() => import('./CallSheet.tsx').then((m) => ({ default: m.CallSheet })))

type Props = {
  talk: ConversationRecord
  reply: Message | null
  onReply: (message: Message | null) => void
  onSaid: () => void
}
export type Attached = { readonly body: Unsent['body']; readonly file?: Unsent['file'] }

/** What I say next. It is noted on the device first, and sent from there. */
export function Composer({ talk, reply, onReply, onSaid }: Props) {
  const { t, i18n } = useTranslation()
  const personId = useSession().person?.id ?? ''
  if (talk.state === 'ended') return null
  if (talk.silence)
    return (
      <p className="talk-silence" role="status">
        {t('conversations.silencedUntil', {
          until: whenText(talk.silence.until, Date.now(), i18n.language),
          reason: talk.silence.reason,
          by: talk.silence.by,
        })}
      </p>
    )
  const say = async ({ body, file = null }: Attached) => {
    const replied = reply ? { replyTo: reply.id } : {}
    const at = new Date().toISOString()
    await put({ id: crypto.randomUUID(), personId, conversationId: talk.id, at, file, body: { ...body, ...replied } })
    onReply(null)
    onSaid()
  }
  return (
    <div className="talk-composer">
      {reply ? <Replying reply={reply} onDrop={() => onReply(null)} /> : null}
      <Write talk={talk} onSay={say} />
    </div>
  )
}

type Say = (said: Attached) => Promise<void>
function Write({ talk, onSay }: { talk: ConversationRecord; onSay: Say }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [called, setCalled] = useState<readonly ConversationPerson[]>([])
  const [open, setOpen] = useState<Open | null>(null)
  const send = () => {
    const words = text.trim()
    if (words === '') return
    const mentions = called.filter(({ name }) => words.includes(`@${name}`)).map((one) => one.personId)
    setText('')
    setCalled([])
    void onSay({ body: { kind: 'text', text: words, ...(mentions.length > 0 ? { mentions } : {}) } })
  }
  const say: Say = (said) => {
    setOpen(null)
    return onSay(said)
  }
  const call = (person: ConversationPerson) => {
    setCalled([...called, person])
    setText(`${text}@${person.name} `)
    setOpen(null)
  }
  const close = () => setOpen(null)
  return (
    <>
      <div className="talk-write">
        <Words text={text} onChange={setText} onSend={send} />
        <Button
          kind="primary"
          aria-label={t('conversations.send')}
          icon={<SendHorizontal aria-hidden="true" />}
          onClick={send}
        />
      </div>
      <Tools isPair={talk.kind === 'pair'} onOpen={setOpen} />
      <Suspense fallback={null}>
        {open === 'attach' ? <AttachSheet onSay={say} onClose={close} /> : null}
        {open === 'voice' ? <VoiceSheet onSay={say} onClose={close} /> : null}
        {open === 'call' ? <CallSheet id={talk.id} onCall={call} onClose={close} /> : null}
      </Suspense>
    </>
  )
}

function Words({ text, onChange, onSend }: { text: string; onChange: (text: string) => void; onSend: () => void }) {
  const { t } = useTranslation()
  return (
    <textarea
      aria-label={t('conversations.words')}
      className="tx-input"
      rows={Math.min(5, text.split('\n').length)}
      maxLength={MOST_TEXT}
      value={text}
      placeholder={t('conversations.words')}
      enterKeyHint="send"
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        // Composing Chinese by a keyboard ends with Enter as well.
        if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
        event.preventDefault()
        onSend()
      }}
    />
  )
}

type Open = 'attach' | 'voice' | 'call'
const ICONS = { call: AtSign, voice: Mic, attach: Paperclip } as const
function Tools({ isPair, onOpen }: { isPair: boolean; onOpen: (open: Open) => void }) {
  const { t } = useTranslation()
  const tools: readonly Open[] = isPair ? ['voice', 'attach'] : ['call', 'voice', 'attach']
  return (
    <div className="talk-tools">
      {tools.map((tool) => {
        const Icon = ICONS[tool]
        return (
          <button key={tool} type="button" className="talk-tool" onClick={() => onOpen(tool)}>
            <Icon aria-hidden="true" />
            <span>{t(`conversations.${tool}`)}</span>
          </button>
        )
      })}
    </div>
  )
}

function Replying({ reply, onDrop }: { reply: Message; onDrop: () => void }) {
  const { t } = useTranslation()
  return (
    <p className="talk-replying hint">
      <span>{t('conversations.replyingTo', { name: reply.name, text: reply.text ?? reply.fileName ?? '' })}</span>
      <button type="button" className="talk-more" aria-label={t('conversations.noReply')} onClick={onDrop}>
        <X aria-hidden="true" />
      </button>
    </p>
  )
}
