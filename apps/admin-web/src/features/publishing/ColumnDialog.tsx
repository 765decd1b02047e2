import { useWrite } from '@tongxin/client/use-write'
import { changeColumn, makeColumn } from '@tongxin/contract/publishing'
import type { ColumnRow } from '@tongxin/contract/publishing.words'
import { AUDIENCES, COLUMN_KINDS, COMMENT_MODES } from '@tongxin/domain/publishing/stages'
import { Select, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDone } from './use-done.ts'
import { useOptions } from './words.tsx'

const NEW = {
  orgId: '',
  kind: 'news' as ColumnRow['kind'] | '',
  name: '',
  note: '',
  audience: 'signed_in' as ColumnRow['audience'] | '',
  comments: 'pre' as ColumnRow['comments'] | '',
  hosts: '',
  position: '10',
}
type Draft = typeof NEW
const draftOf = ({ linkHosts, position, ...column }: ColumnRow): Draft => ({
  ...column,
  hosts: linkHosts.join('\n'),
  position: String(position),
})

/** A column, new or changed: its unit and what it is for stay as they were made. */
export function ColumnDialog({ column, onClose }: { column: ColumnRow | null; onClose: () => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Draft>(column ? draftOf(column) : NEW)
  const set = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const done = useDone(onClose)
  const make = useWrite(makeColumn, done)
  const change = useWrite(changeColumn, done)
  const save = column ? change : make
  const errorAt = useFieldErrors(save.error)
  const { orgId, kind, name, note, audience, comments, hosts, position } = draft
  const isReady =
    name.trim().length > 1 && (column || orgId) && kind && audience && comments && /^\d{1,3}$/.test(position)
  const submit = () => {
    if (!kind || !audience || !comments) return
    const linkHosts = [
      ...new Set(
        hosts
          .toLowerCase()
          .split(/[\s,，、]+/)
          .filter((one) => one !== ''),
      ),
    ]
    const facts = { name, note, audience, comments, linkHosts, position: Number(position) }
    if (column) change.mutate({ params: { id: column.id }, body: facts, ifMatch: column.version })
    else make.mutate({ body: { orgId, kind, ...facts } })
  }
  return (
    <FormDialog
      title={t(column ? 'publishing.changeColumn' : 'publishing.addColumn')}
      verb={t('publishing.save')}
      labels={{ '/body/name': t('publishing.columnName'), '/body/linkHosts': t('publishing.linkHosts') }}
      whyNot={isReady ? undefined : t('publishing.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Fields isNew={column === null} draft={draft} set={set} errorAt={errorAt} />
    </FormDialog>
  )
}

type FieldsProps = {
  isNew: boolean
  draft: Draft
  set: (part: Partial<Draft>) => void
  errorAt: (field: string) => string | undefined
}
function Fields({ isNew, draft, set, errorAt }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      {isNew ? <Where draft={draft} set={set} errorAt={errorAt} /> : null}
      <TextInput
        label={t('publishing.columnName')}
        required
        maxLength={30}
        value={draft.name}
        onChange={(name) => set({ name })}
        error={errorAt('/body/name')}
      />
      <TextInput label={t('publishing.note')} maxLength={200} value={draft.note} onChange={(note) => set({ note })} />
      <Readers draft={draft} set={set} />
      <TextArea
        label={t('publishing.linkHosts')}
        help={t('publishing.linkHostsHelp')}
        rows={3}
        value={draft.hosts}
        onChange={(hosts) => set({ hosts })}
        error={errorAt('/body/linkHosts')}
      />
      <TextInput
        label={t('publishing.position')}
        inputMode="numeric"
        maxLength={3}
        value={draft.position}
        onChange={(position) => set({ position })}
      />
    </>
  )
}

function Where({ draft, set, errorAt }: Omit<FieldsProps, 'isNew'>) {
  const { t } = useTranslation()
  const optionsOf = useOptions()
  const error = errorAt('/body/orgId')
  return (
    <>
      <OrgPicker
        label={t('publishing.ownUnit')}
        required
        value={draft.orgId}
        onChange={(orgId) => set({ orgId })}
        {...(error ? { error } : {})}
      />
      <Select
        label={t('publishing.kind')}
        required
        value={draft.kind}
        onChange={(kind) => set({ kind })}
        options={optionsOf(COLUMN_KINDS, 'columnKind')}
      />
    </>
  )
}

function Readers({ draft, set }: Pick<FieldsProps, 'draft' | 'set'>) {
  const { t } = useTranslation()
  const optionsOf = useOptions()
  return (
    <div className="publishing-pair">
      <Select
        label={t('publishing.audience')}
        required
        value={draft.audience}
        onChange={(audience) => set({ audience })}
        options={optionsOf(AUDIENCES, 'audience')}
      />
      <Select
        label={t('publishing.comments')}
        required
        value={draft.comments}
        onChange={(comments) => set({ comments })}
        options={optionsOf(COMMENT_MODES, 'comments')}
      />
    </div>
  )
}
