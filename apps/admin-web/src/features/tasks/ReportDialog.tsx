import { useWrite } from '@tongxin/client/use-write'
import { INFO_CATEGORIES, type InfoCategory, reportInfo } from '@tongxin/contract/tasks.reports'
import { Select, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { FilesField, type Picked } from '../../shared/upload/FilesField.tsx'
import { useDone } from './use-done.ts'
import './tasks.css'

const LEAST = 10
/** Something for the unit above: what kind, title, text, pictures. */
export function ReportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [orgId, setOrgId] = useState('')
  const [category, setCategory] = useState<InfoCategory | ''>('news')
  const [title, setTitle] = useState('')
  const [body, setBody] = useState('')
  const [files, setFiles] = useState<readonly Picked[]>([])
  const save = useWrite(reportInfo, useDone(onClose))
  const errorAt = useFieldErrors(save.error)
  const isReady = orgId !== '' && category !== '' && title.trim().length > 1 && body.trim().length >= LEAST
  const submit = () => {
    if (category === '') return
    save.mutate({ body: { orgId, category, title, body, fileIds: files.map(({ id }) => id) } })
  }
  const error = errorAt('/body/orgId')
  return (
    <FormDialog
      title={t('tasks.report')}
      verb={t('tasks.report')}
      lead={t('tasks.reportLead')}
      labels={{ '/body/orgId': t('tasks.reporter'), '/body/fileIds': t('tasks.files') }}
      whyNot={isReady ? undefined : t('tasks.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <OrgPicker label={t('tasks.reporter')} required value={orgId} onChange={setOrgId} {...(error ? { error } : {})} />
      <Select
        label={t('tasks.category')}
        required
        value={category}
        onChange={setCategory}
        options={INFO_CATEGORIES.map((value) => ({ value, label: t(`words.tasks.infoCategory.${value}`) }))}
      />
      <TextInput label={t('tasks.reportTitle')} required maxLength={80} value={title} onChange={setTitle} />
      <TextArea label={t('tasks.reportBody')} required maxLength={5000} value={body} onChange={setBody} />
      <FilesField
        files={files}
        onChange={setFiles}
        words={{ label: t('tasks.files'), hint: t('tasks.filesHint'), takeOff: t('tasks.takeOff') }}
        className="tasks-chosen"
      />
    </FormDialog>
  )
}
