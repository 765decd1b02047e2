import { useWrite } from '@tongxin/client/use-write'
import { issueTask } from '@tongxin/contract/tasks'
import { EVIDENCE_KINDS, type EvidenceKind } from '@tongxin/domain/tasks/parts'
import { DateInput, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { areTargets, NO_TARGETS, Targets } from './Targets.tsx'
import { useDone } from './use-done.ts'
import './tasks.css'

const EMPTY = {
  orgId: '',
  title: '',
  basis: '',
  documentNumber: '',
  body: '',
  standard: '',
  evidence: ['report'] as readonly EvidenceKind[],
  dueOn: '',
  targets: NO_TARGETS,
}
type Draft = typeof EMPTY
type Parts = { draft: Draft; set: (part: Partial<Draft>) => void; errorAt: (field: string) => string | undefined }
const isSaid = (text: string) => text.trim().length > 1

/** A task is written once and never changed: what is asked, on what ground, by when, of whom. */
export function IssueDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Draft>(EMPTY)
  const set = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const save = useWrite(issueTask, useDone(onClose))
  const errorAt = useFieldErrors(save.error)
  const { orgId, title, basis, documentNumber, body, standard, evidence, dueOn, targets } = draft
  const isReady = [title, basis, body, standard].every(isSaid) && orgId !== '' && dueOn !== '' && areTargets(targets)
  const submit = () => {
    const number = documentNumber.trim() === '' ? {} : { documentNumber }
    save.mutate({ body: { orgId, title, basis, ...number, body, standard, evidence: [...evidence], dueOn, targets } })
  }
  return (
    <FormDialog
      title={t('tasks.issue')}
      verb={t('tasks.issue')}
      lead={t('tasks.issueLead')}
      labels={{ '/body/orgId': t('tasks.issuer'), '/body/dueOn': t('tasks.dueOn'), '/body/targets': t('tasks.whom') }}
      whyNot={isReady ? undefined : t('tasks.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <What draft={draft} set={set} errorAt={errorAt} />
      <Evidence value={evidence} onChange={(next) => set({ evidence: next })} />
      <Targets value={targets} onChange={(next) => set({ targets: next })} errorAt={errorAt} />
    </FormDialog>
  )
}

function What({ draft, set, errorAt }: Parts) {
  const { t } = useTranslation()
  const error = errorAt('/body/orgId')
  const text = (key: 'title' | 'basis' | 'documentNumber', maxLength: number, required = true) => (
    <TextInput
      label={t(key === 'title' ? 'tasks.name' : `tasks.${key}`)}
      required={required}
      maxLength={maxLength}
      value={draft[key]}
      onChange={(value) => set({ [key]: value })}
    />
  )
  return (
    <>
      <OrgPicker
        label={t('tasks.issuer')}
        required
        value={draft.orgId}
        onChange={(orgId) => set({ orgId })}
        {...(error ? { error } : {})}
      />
      {text('title', 80)}
      <div className="tasks-pair">
        {text('basis', 200)}
        {text('documentNumber', 60, false)}
      </div>
      <TextArea
        label={t('tasks.body')}
        required
        maxLength={5000}
        value={draft.body}
        onChange={(body) => set({ body })}
      />
      <div className="tasks-pair">
        <TextInput
          label={t('tasks.standard')}
          required
          maxLength={1000}
          value={draft.standard}
          onChange={(standard) => set({ standard })}
        />
        <DateInput
          label={t('tasks.dueOn')}
          required
          value={draft.dueOn}
          onChange={(dueOn) => set({ dueOn })}
          error={errorAt('/body/dueOn')}
        />
      </div>
    </>
  )
}

function Evidence(props: { value: readonly EvidenceKind[]; onChange: (kinds: readonly EvidenceKind[]) => void }) {
  const { t } = useTranslation()
  const { value, onChange } = props
  return (
    <fieldset className="tasks-checks">
      <legend>{t('tasks.evidence')}</legend>
      {EVIDENCE_KINDS.map((kind) => (
        <label key={kind}>
          <input
            type="checkbox"
            checked={value.includes(kind)}
            onChange={({ target }) => onChange(target.checked ? [...value, kind] : value.filter((one) => one !== kind))}
          />
          {t(`words.tasks.evidence.${kind}`)}
        </label>
      ))}
    </fieldset>
  )
}
