import { useNavigate } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import { handInWork, type StudyDraft, saveMyDraft } from '@tongxin/contract/study.own'
import type { StudyFile, StudyTaskCard, StudyWorkRecord } from '@tongxin/contract/study.words'
import { wordsIn } from '@tongxin/domain/learning/words-in'
import { Button, RefusalText, say, TextArea, TextInput, timeOf } from '@tongxin/ui'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FileField } from '../../shared/FileField.tsx'
import { ALL_STUDY } from '../../shared/notes/notes.ts'
import { unlessAtField, useFieldErrors } from '../../shared/use-field-errors.ts'

import './study.css'

type Props = { task?: StudyTaskCard; work?: StudyWorkRecord | null; draft: StudyDraft | null }
const SAVE_AFTER_MS = 1500
const FIELDS = ['title', 'body', 'fileIds'].map((name) => `/body/${name}`)

/** Keeps the draft on the server a moment after the last stroke; nobody else reads it. */
function useKeptDraft({ task, work, draft }: Props) {
  const [title, setTitle] = useState(draft?.title ?? work?.title ?? '')
  const [body, setBody] = useState(draft?.body ?? work?.rounds[0]?.body ?? '')
  const [savedAt, setSavedAt] = useState(draft?.savedAt ?? null)
  const save = useWrite(saveMyDraft, { onDone: (reply) => setSavedAt(reply.savedAt) })
  const isTouched = useRef(false)
  const { mutate } = save
  const of = task ? { taskId: task.id } : work ? { workId: work.id } : {}
  const ofText = JSON.stringify(of)
  useEffect(() => {
    if (!isTouched.current) return
    const timer = setTimeout(() => mutate({ body: { ...JSON.parse(ofText), title, body } }), SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [title, body, ofText, mutate])
  const touched =
    <V,>(set: (value: V) => void) =>
    (value: V) => {
      isTouched.current = true
      set(value)
    }
  return { title, body, savedAt, of, setTitle: touched(setTitle), setBody: touched(setBody), draftError: save.error }
}

/** Homework or a reflection while it is written: count of words, files, consent, and the draft that is kept. */
export function WorkForm(props: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { task, work } = props
  const { title, body, savedAt, of, setTitle, setBody, draftError } = useKeptDraft(props)
  const [files, setFiles] = useState<readonly StudyFile[]>(work?.rounds[0]?.files ?? [])
  const [wantsShow, setWantsShow] = useState(work?.wantsShow ?? false)
  const save = useWrite(handInWork, {
    refreshes: ALL_STUDY,
    onDone: ({ id }) => {
      say(t('study.handedIn'))
      void navigate({ to: paths.study.work(id), replace: true })
    },
  })
  const errorAt = useFieldErrors(save.error)
  const isReady = body.trim() !== '' && (task !== undefined || title.trim().length > 1)
  const send = () => {
    const named = task ? {} : { title: title.trim() }
    save.mutate({ body: { ...of, ...named, body, fileIds: files.map(({ id }) => id), wantsShow } })
  }
  return (
    <section className="card study-form">
      {task ? null : (
        <TextInput
          label={t('study.workTitle')}
          required
          maxLength={80}
          value={title}
          onChange={setTitle}
          error={errorAt('/body/title')}
        />
      )}
      <TextArea
        label={t('study.text')}
        required
        rows={12}
        maxLength={40_000}
        value={body}
        onChange={setBody}
        help={<Count body={body} task={task} savedAt={savedAt} />}
        error={errorAt('/body/body')}
      />
      <Attached files={files} onChange={setFiles} task={task} error={errorAt('/body/fileIds')} />
      <label className="study-check">
        <input type="checkbox" checked={wantsShow} onChange={(event) => setWantsShow(event.target.checked)} />
        {t('study.wantsShow')}
      </label>
      <RefusalText error={unlessAtField(save.error, FIELDS) ?? draftError} />
      <Button
        wide
        kind="primary"
        isBusy={save.isPending}
        whyNot={isReady ? undefined : t('study.fillFirst')}
        onClick={send}
      >
        {t(work ? 'study.handInAgain' : 'study.handIn')}
      </Button>
    </section>
  )
}

function Count({ body, task, savedAt }: { body: string; task: StudyTaskCard | undefined; savedAt: string | null }) {
  const { t } = useTranslation()
  const words = wordsIn(body)
  const count = task
    ? t('study.wordsOf', { words, least: task.minWords, most: task.maxWords })
    : t('study.words', { words })
  return [count, ...(savedAt ? [t('study.saved', { at: timeOf(savedAt) })] : [])].join(' · ')
}

const MOST_FILES = 6
function Attached(props: {
  files: readonly StudyFile[]
  onChange: (files: readonly StudyFile[]) => void
  task: StudyTaskCard | undefined
  error: string | undefined
}) {
  const { t } = useTranslation()
  const { files, onChange } = props
  return (
    <>
      {files.map((file) => (
        <span key={file.id} className="study-head">
          {file.name}
          <Button kind="quiet" onClick={() => onChange(files.filter(({ id }) => id !== file.id))}>
            {t('study.takeOff')}
          </Button>
        </span>
      ))}
      {files.length < MOST_FILES ? (
        <FileField
          key={files.length}
          label={t('study.file')}
          help={t('study.fileHelp')}
          accept="image/jpeg,image/png,image/webp,application/pdf,.docx,.xlsx,.pptx"
          purpose="document"
          words={{ sending: t('study.sending'), ready: (name) => name }}
          file={null}
          onChange={(file) => file && onChange([...files, file])}
          error={props.error}
          required={props.task?.needsFile ?? false}
        />
      ) : null}
    </>
  )
}
