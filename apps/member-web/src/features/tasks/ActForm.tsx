import { useWrite } from '@tongxin/client/use-write'
import { askMyExtension, handInMyTask, noteMyTask } from '@tongxin/contract/tasks.own'
import type { TaskPartRow } from '@tongxin/contract/tasks.words'
import type { EvidenceKind } from '@tongxin/domain/tasks/parts'
import { Button, DateInput, RefusalText, say, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FileField, type PickedFile } from '../../shared/FileField.tsx'
import { unlessAtField, useFieldErrors } from '../../shared/use-field-errors.ts'
import { ALL_TASKS } from './tasks.api.ts'
import './tasks.css'

const ACTS = ['note', 'handIn', 'extension'] as const
type Act = (typeof ACTS)[number]
type Props = { part: TaskPartRow; evidence: readonly EvidenceKind[] }

/** What comes next: tell how far I am, hand in, or ask for more time. */
export function ActForm(props: Props) {
  const { t } = useTranslation()
  const [act, setAct] = useState<Act>('note')
  return (
    <section className="card tasks-form">
      <fieldset className="tasks-tabs" aria-label={t('tasks.what')}>
        {ACTS.map((one) => (
          <button key={one} type="button" aria-pressed={one === act} onClick={() => setAct(one)}>
            {t(`tasks.act.${one}`)}
          </button>
        ))}
      </fieldset>
      {act === 'extension' ? (
        <Extension part={props.part} />
      ) : (
        <Telling key={act} {...props} isHandIn={act === 'handIn'} />
      )}
    </section>
  )
}

const MOST_FILES = 9
function Telling({ part, evidence, isHandIn }: Props & { isHandIn: boolean }) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const [files, setFiles] = useState<readonly PickedFile[]>([])
  const onDone = () => {
    say(t(isHandIn ? 'tasks.handedIn' : 'tasks.noted'))
    setWords('')
    setFiles([])
  }
  const note = useWrite(noteMyTask, { refreshes: ALL_TASKS, onDone })
  const handIn = useWrite(handInMyTask, { refreshes: ALL_TASKS, onDone })
  const save = isHandIn ? handIn : note
  const errorAt = useFieldErrors(save.error)
  const asked = evidence.map((kind) => t(`words.tasks.evidence.${kind}`)).join('、')
  const send = () => save.mutate({ params: { id: part.id }, body: { words, fileIds: files.map(({ id }) => id) } })
  return (
    <>
      {isHandIn && asked !== '' ? <p className="hint">{`${t('tasks.evidence')}：${asked}`}</p> : null}
      <TextArea
        label={t('tasks.said')}
        required
        rows={5}
        maxLength={3000}
        value={words}
        onChange={setWords}
        error={errorAt('/body/words')}
      />
      <Files files={files} onChange={setFiles} error={errorAt('/body/fileIds')} />
      <RefusalText error={unlessAtField(save.error, ['/body/words', '/body/fileIds'])} />
      <Button
        wide
        kind="primary"
        isBusy={save.isPending}
        whyNot={words.trim().length > 1 ? undefined : t('tasks.fillFirst')}
        onClick={send}
      >
        {t(isHandIn ? 'tasks.handIn' : 'tasks.note')}
      </Button>
    </>
  )
}

function Files(props: {
  files: readonly PickedFile[]
  onChange: (files: readonly PickedFile[]) => void
  error: string | undefined
}) {
  const { t } = useTranslation()
  const { files, onChange } = props
  return (
    <>
      {files.map((file) => (
        <span key={file.id} className="tasks-head">
          {file.name}
          <Button kind="quiet" onClick={() => onChange(files.filter(({ id }) => id !== file.id))}>
            {t('tasks.takeOff')}
          </Button>
        </span>
      ))}
      {files.length < MOST_FILES ? (
        <FileField
          key={files.length}
          label={t('tasks.file')}
          help={t('tasks.fileHelp')}
          accept="image/jpeg,image/png,image/webp,application/pdf,.docx,.xlsx,.pptx"
          purpose="document"
          words={{ sending: t('tasks.sending'), ready: (name) => name }}
          file={null}
          onChange={(file) => file && onChange([...files, file])}
          error={props.error}
        />
      ) : null}
    </>
  )
}

function Extension({ part }: { part: TaskPartRow }) {
  const { t } = useTranslation()
  const [dueOn, setDueOn] = useState('')
  const [reason, setReason] = useState('')
  const save = useWrite(askMyExtension, { refreshes: ALL_TASKS, onDone: () => say(t('tasks.askedNow')) })
  const errorAt = useFieldErrors(save.error)
  if (part.askedDueOn) return <p className="hint">{t('tasks.asked', { on: part.askedDueOn })}</p>
  const isReady = dueOn !== '' && reason.trim().length > 1
  return (
    <>
      <DateInput
        label={t('tasks.newDueOn')}
        required
        value={dueOn}
        onChange={setDueOn}
        error={errorAt('/body/dueOn')}
      />
      <TextArea label={t('tasks.reason')} required maxLength={500} value={reason} onChange={setReason} />
      <RefusalText error={unlessAtField(save.error, ['/body/dueOn'])} />
      <Button
        wide
        kind="primary"
        isBusy={save.isPending}
        whyNot={isReady ? undefined : t('tasks.fillFirst')}
        onClick={() => save.mutate({ params: { id: part.id }, body: { dueOn, reason } })}
      >
        {t('tasks.ask')}
      </Button>
    </>
  )
}
