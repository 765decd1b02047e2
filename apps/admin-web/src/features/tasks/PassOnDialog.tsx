import { useWrite } from '@tongxin/client/use-write'
import { passTaskOn } from '@tongxin/contract/tasks'
import type { TaskPartRow, TaskTargets } from '@tongxin/contract/tasks.words'
import { DateInput, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { areTargets, NO_TARGETS, Targets } from './Targets.tsx'
import { useDone } from './use-done.ts'

/** The own part goes on to own units and people: the text from above stays, own words come behind it. */
export function PassOnDialog({ part, onClose }: { part: TaskPartRow; onClose: () => void }) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const [dueOn, setDueOn] = useState(part.dueOn)
  const [targets, setTargets] = useState<TaskTargets>(NO_TARGETS)
  const save = useWrite(passTaskOn, useDone(onClose))
  const errorAt = useFieldErrors(save.error)
  const isReady = words.trim().length > 1 && dueOn !== '' && areTargets(targets)
  return (
    <FormDialog
      title={t('tasks.passOn')}
      verb={t('tasks.passOn')}
      lead={t('tasks.passOnLead', { on: part.dueOn })}
      labels={{ '/body/dueOn': t('tasks.dueOn'), '/body/targets': t('tasks.whom') }}
      whyNot={isReady ? undefined : t('tasks.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ params: { id: part.id }, body: { words, dueOn, targets } })}
      onClose={onClose}
    >
      <TextArea label={t('tasks.ownWords')} required maxLength={2000} value={words} onChange={setWords} />
      <DateInput label={t('tasks.dueOn')} required value={dueOn} onChange={setDueOn} error={errorAt('/body/dueOn')} />
      <Targets value={targets} onChange={setTargets} errorAt={errorAt} />
    </FormDialog>
  )
}
