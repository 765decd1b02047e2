import { useWrite } from '@tongxin/client/use-write'
import { askTaskExtension, decideTaskExtension } from '@tongxin/contract/tasks.parts'
import type { TaskPartRow } from '@tongxin/contract/tasks.words'
import { DateInput, Select, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDone } from './use-done.ts'

type Props = { part: TaskPartRow; onClose: () => void }

/** A later day is asked for, with the reason. */
export function AskExtensionDialog({ part, onClose }: Props) {
  const { t } = useTranslation()
  const [dueOn, setDueOn] = useState('')
  const [reason, setReason] = useState('')
  const save = useWrite(askTaskExtension, useDone(onClose))
  const errorAt = useFieldErrors(save.error)
  return (
    <FormDialog
      title={t('tasks.askExtension')}
      verb={t('tasks.askExtension')}
      lead={t('tasks.dueNow', { on: part.dueOn })}
      labels={{ '/body/dueOn': t('tasks.newDueOn') }}
      whyNot={dueOn !== '' && reason.trim().length > 1 ? undefined : t('tasks.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ params: { id: part.id }, body: { dueOn, reason } })}
      onClose={onClose}
    >
      <DateInput
        label={t('tasks.newDueOn')}
        required
        value={dueOn}
        onChange={setDueOn}
        error={errorAt('/body/dueOn')}
      />
      <TextArea label={t('tasks.reason')} required maxLength={500} value={reason} onChange={setReason} />
    </FormDialog>
  )
}

const ANSWERS = ['grant', 'refuse'] as const
/** What was asked for is granted, also with another day, or refused; unasked, a later day is given. */
export function DecideExtensionDialog({ part, onClose }: Props) {
  const { t } = useTranslation()
  const [answer, setAnswer] = useState<(typeof ANSWERS)[number] | ''>('grant')
  const [dueOn, setDueOn] = useState(part.askedDueOn ?? '')
  const [reason, setReason] = useState('')
  const save = useWrite(decideTaskExtension, useDone(onClose))
  const errorAt = useFieldErrors(save.error)
  const isGranted = answer === 'grant'
  const isReady = reason.trim().length > 1 && (!isGranted || dueOn !== '')
  const asked = part.askedDueOn
  return (
    <FormDialog
      title={t(asked ? 'tasks.answerExtension' : 'tasks.extend')}
      verb={t(isGranted ? 'tasks.extend' : 'tasks.refuseExtension')}
      lead={asked ? t('tasks.askedFor', { from: part.dueOn, to: asked }) : t('tasks.dueNow', { on: part.dueOn })}
      labels={{ '/body/dueOn': t('tasks.newDueOn') }}
      whyNot={isReady ? undefined : t('tasks.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() =>
        save.mutate({ params: { id: part.id }, body: { isGranted, reason, ...(isGranted ? { dueOn } : {}) } })
      }
      onClose={onClose}
    >
      {asked ? (
        <Select
          label={t('tasks.answer')}
          required
          value={answer}
          onChange={setAnswer}
          options={ANSWERS.map((value) => ({ value, label: t(`tasks.answerOf.${value}`) }))}
        />
      ) : null}
      {isGranted ? (
        <DateInput
          label={t('tasks.newDueOn')}
          required
          value={dueOn}
          onChange={setDueOn}
          error={errorAt('/body/dueOn')}
        />
      ) : null}
      <TextArea label={t('tasks.reason')} required maxLength={500} value={reason} onChange={setReason} />
    </FormDialog>
  )
}
