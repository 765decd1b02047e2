import { useWrite } from '@tongxin/client/use-write'
import { handInTaskPart, noteTaskPart } from '@tongxin/contract/tasks.parts'
import type { TaskPartRow } from '@tongxin/contract/tasks.words'
import type { EvidenceKind } from '@tongxin/domain/tasks/parts'
import { TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { FilesField, type Picked } from '../../shared/upload/FilesField.tsx'
import { useDone } from './use-done.ts'

/** How far the part is, or the hand-in, with the files that go along. */
export function NoteDialog(props: {
  part: TaskPartRow
  evidence: readonly EvidenceKind[]
  isHandIn: boolean
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { part, isHandIn, onClose } = props
  const [words, setWords] = useState('')
  const [files, setFiles] = useState<readonly Picked[]>([])
  const done = useDone(onClose)
  const note = useWrite(noteTaskPart, done)
  const handIn = useWrite(handInTaskPart, done)
  const save = isHandIn ? handIn : note
  const errorAt = useFieldErrors(save.error)
  const asked = props.evidence.map((kind) => t(`words.tasks.evidence.${kind}`)).join('、')
  return (
    <FormDialog
      title={t(isHandIn ? 'tasks.handIn' : 'tasks.note')}
      verb={t(isHandIn ? 'tasks.handIn' : 'tasks.note')}
      lead={isHandIn && asked !== '' ? t('tasks.evidenceAsked', { asked }) : t('tasks.noteLead')}
      labels={{ '/body/fileIds': t('tasks.files'), '/body/words': t('tasks.said') }}
      whyNot={words.trim().length > 1 ? undefined : t('tasks.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ params: { id: part.id }, body: { words, fileIds: files.map(({ id }) => id) } })}
      onClose={onClose}
    >
      <TextArea
        label={t('tasks.said')}
        required
        maxLength={3000}
        value={words}
        onChange={setWords}
        error={errorAt('/body/words')}
      />
      <FilesField
        files={files}
        onChange={setFiles}
        words={{ label: t('tasks.files'), hint: t('tasks.filesHint'), takeOff: t('tasks.takeOff') }}
        className="tasks-chosen"
      />
    </FormDialog>
  )
}
