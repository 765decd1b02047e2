import { useRouter } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import { endSilence, openPair, removeFromTeam, silencePerson } from '@tongxin/contract/conversations.own'
import type { ConversationPerson, ConversationRecord } from '@tongxin/contract/conversations.words'
import { Button, RefusalText, Select, Sheet, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ALL_TALKS } from './conversations.api.ts'

type Props = { person: ConversationPerson; talk: ConversationRecord; onClose: () => void }
/** One person of a conversation: talk alone, and what its keeper may do. */
export function PersonSheet({ person, talk, onClose }: Props) {
  const { t } = useTranslation()
  const router = useRouter()
  const pair = useWrite(openPair, {
    refreshes: [['conversations', 'list']],
    onDone: ({ id }) => void router.navigate({ to: paths.talks.one(id) }),
  })
  const options = { refreshes: ALL_TALKS, onDone: onClose }
  const remove = useWrite(removeFromTeam, options)
  const speak = useWrite(endSilence, options)
  const at = { params: { id: talk.id, personId: person.personId }, body: {} }
  return (
    <Sheet isOpen title={person.name} onClose={onClose}>
      <div className="talk-acts">
        {talk.kind === 'pair' ? null : (
          <Button
            wide
            kind="primary"
            isBusy={pair.isPending}
            onClick={() => pair.mutate({ body: { personId: person.personId } })}
          >
            {t('conversations.talkAlone')}
          </Button>
        )}
        {talk.isKeeper && person.silence ? (
          <Button wide isBusy={speak.isPending} onClick={() => speak.mutate(at)}>
            {t('conversations.letSpeak')}
          </Button>
        ) : null}
        {talk.isKeeper && !person.silence && !person.isFounder ? <SilenceForm at={at.params} onDone={onClose} /> : null}
        {talk.isKeeper && talk.kind === 'team' ? (
          <Button wide kind="danger" isBusy={remove.isPending} onClick={() => remove.mutate(at)}>
            {t('conversations.remove')}
          </Button>
        ) : null}
        <RefusalText error={pair.error ?? speak.error ?? remove.error} />
      </div>
    </Sheet>
  )
}

const HOURS = ['1', '12', '24', '72', '168'] as const
function SilenceForm({ at, onDone }: { at: { id: string; personId: string }; onDone: () => void }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [hours, setHours] = useState<string>('24')
  const [reason, setReason] = useState('')
  const silence = useWrite(silencePerson, { refreshes: ALL_TALKS, onDone })
  if (!isOpen)
    return (
      <Button wide onClick={() => setOpen(true)}>
        {t('conversations.silence')}
      </Button>
    )
  return (
    <>
      <Select
        label={t('conversations.silenceFor')}
        value={hours}
        onChange={setHours}
        options={HOURS.map((value) => ({ value, label: t('conversations.hours', { count: Number(value) }) }))}
      />
      <TextArea label={t('conversations.silenceReason')} required maxLength={200} value={reason} onChange={setReason} />
      <RefusalText error={silence.error} />
      <Button
        wide
        kind="primary"
        isBusy={silence.isPending}
        whyNot={reason.trim().length > 1 ? undefined : t('conversations.fillFirst')}
        onClick={() => silence.mutate({ params: at, body: { hours: Number(hours), reason } })}
      >
        {t('conversations.silence')}
      </Button>
    </>
  )
}
