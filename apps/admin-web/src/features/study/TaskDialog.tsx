import { useOwnOrg } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { changeStudyTask, type StudyTaskRow, setStudyTask } from '@tongxin/contract/study'
import { STUDY_TASK_KINDS, type StudyAudience, type StudyTaskKind } from '@tongxin/contract/study.words'
import { DateInput, Select, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PeopleFields } from '../../shared/AudienceFields.tsx'
import { CoursePicker } from '../../shared/CoursePicker.tsx'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDone } from './use-done.ts'
import './study.css'

const draftOf = (task: StudyTaskRow | undefined, ownOrg: string) => ({
  orgId: task?.orgId ?? ownOrg,
  kind: (task?.kind ?? 'reflection') as StudyTaskKind | '',
  title: task?.title ?? '',
  brief: task?.brief ?? '',
  minWords: String(task?.minWords ?? 300),
  maxWords: String(task?.maxWords ?? 3000),
  needsFile: task?.needsFile ?? false,
  audience: (task?.audience ?? { kinds: ['formal', 'probationary'], posts: [], levels: [] }) as StudyAudience,
  courseIds: [] as readonly string[],
  dueOn: task?.dueOn ?? '',
})
type Draft = ReturnType<typeof draftOf>
type Parts = { draft: Draft; set: (part: Partial<Draft>) => void; errorAt: (field: string) => string | undefined }

/** Homework or a reflection is set, or its words and last day are changed. */
export function TaskDialog({ task, onClose }: { task?: StudyTaskRow; onClose: () => void }) {
  const { t } = useTranslation()
  const ownOrg = useOwnOrg()
  const [draft, setDraft] = useState(() => draftOf(task, ownOrg))
  const set = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const make = useWrite(setStudyTask, useDone(onClose))
  const change = useWrite(changeStudyTask, useDone(onClose))
  const error = make.error ?? change.error
  const errorAt = useFieldErrors(error)
  const { orgId, kind, title, brief, dueOn, needsFile, audience, courseIds } = draft
  const [minWords, maxWords] = [Number(draft.minWords), Number(draft.maxWords)]
  const isReady = orgId !== '' && kind !== '' && title.trim().length > 1 && brief.trim().length > 1 && dueOn !== ''
  const areNumbers = Number.isInteger(minWords) && Number.isInteger(maxWords) && maxWords > 0
  const submit = () => {
    if (kind === '') return
    const words = { title, brief, minWords, maxWords, dueOn }
    if (task) change.mutate({ params: { id: task.id }, body: words })
    else make.mutate({ body: { orgId, kind, needsFile, audience, ...courseOf(courseIds), ...words } })
  }
  return (
    <FormDialog
      title={t(task ? 'study.change' : 'study.setTask')}
      verb={t(task ? 'study.keep' : 'study.setTask')}
      {...(task ? {} : { lead: t('study.setLead') })}
      labels={{
        '/body/orgId': t('study.org'),
        '/body/courseId': t('study.course'),
        '/body/minWords': t('study.minWords'),
      }}
      whyNot={isReady && areNumbers ? undefined : t('study.fillFirst')}
      isBusy={make.isPending || change.isPending}
      error={error}
      onSubmit={submit}
      onClose={onClose}
    >
      {task ? null : <Origin draft={draft} set={set} errorAt={errorAt} />}
      <TextInput
        label={t('study.name')}
        required
        maxLength={80}
        value={title}
        onChange={(value) => set({ title: value })}
      />
      <TextArea
        label={t('study.brief')}
        required
        maxLength={3000}
        value={brief}
        onChange={(value) => set({ brief: value })}
      />
      <Limits draft={draft} set={set} errorAt={errorAt} />
    </FormDialog>
  )
}

const courseOf = (ids: readonly string[]) => (ids[0] === undefined ? {} : { courseId: ids[0] })
/** The course that it belongs to; choosing another one takes its place. */
function CourseOf(props: {
  value: readonly string[]
  error: string | undefined
  onChange: (ids: readonly string[]) => void
}) {
  const { t } = useTranslation()
  return (
    <CoursePicker
      label={t('study.course')}
      help={t('study.courseHelp')}
      titles={{}}
      value={props.value}
      error={props.error}
      onChange={(ids) => props.onChange(ids.slice(-1))}
    />
  )
}

function Origin({ draft, set, errorAt }: Parts) {
  const { t } = useTranslation()
  const error = errorAt('/body/orgId')
  return (
    <>
      <Select
        label={t('study.kind')}
        required
        value={draft.kind}
        onChange={(kind) => set({ kind })}
        options={STUDY_TASK_KINDS.map((value) => ({ value, label: t(`words.study.kind.${value}`) }))}
      />
      <OrgPicker
        label={t('study.org')}
        required
        value={draft.orgId}
        onChange={(orgId) => set({ orgId })}
        {...(error ? { error } : {})}
      />
      <PeopleFields people={draft.audience} onChange={(audience) => set({ audience })} />
      <CourseOf
        value={draft.courseIds}
        error={errorAt('/body/courseId')}
        onChange={(courseIds) => set({ courseIds })}
      />
      <label className="study-check">
        <input
          type="checkbox"
          checked={draft.needsFile}
          onChange={({ target }) => set({ needsFile: target.checked })}
        />
        {t('study.needsFile')}
      </label>
    </>
  )
}

function Limits({ draft, set, errorAt }: Parts) {
  const { t } = useTranslation()
  return (
    <div className="study-pair">
      <TextInput
        label={t('study.minWords')}
        inputMode="numeric"
        maxLength={5}
        value={draft.minWords}
        onChange={(minWords) => set({ minWords })}
        error={errorAt('/body/minWords')}
      />
      <TextInput
        label={t('study.maxWords')}
        inputMode="numeric"
        maxLength={5}
        value={draft.maxWords}
        onChange={(maxWords) => set({ maxWords })}
        error={errorAt('/body/maxWords')}
      />
      <DateInput
        label={t('study.dueOn')}
        required
        value={draft.dueOn}
        onChange={(dueOn) => set({ dueOn })}
        error={errorAt('/body/dueOn')}
      />
    </div>
  )
}
