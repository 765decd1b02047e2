import { useWrite } from '@tongxin/client/use-write'
import { appealDecision } from '@tongxin/contract/membership.decisions'
import { Button, RefusalText, say, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_MEMBERSHIP } from './membership.api.ts'

/** The appeal against a decision about oneself; it is sealed and read only by who decides on it. */
export function AppealForm({ id }: { id: string }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState('')
  const save = useWrite(appealDecision, { refreshes: ALL_MEMBERSHIP, onDone: () => say(t('membership.appealed')) })
  if (!isOpen)
    return (
      <Button wide onClick={() => setOpen(true)}>
        {t('membership.appeal')}
      </Button>
    )
  return (
    <>
      <TextArea
        label={t('membership.appealText')}
        help={t('membership.appealHint')}
        required
        rows={5}
        maxLength={4000}
        value={text}
        onChange={setText}
      />
      <RefusalText error={save.error} />
      <Button
        wide
        kind="primary"
        isBusy={save.isPending}
        whyNot={text.trim().length < 2 ? t('membership.noteFirst') : undefined}
        onClick={() => save.mutate({ params: { id }, body: { text: text.trim() } })}
      >
        {t('membership.handIn')}
      </Button>
    </>
  )
}
