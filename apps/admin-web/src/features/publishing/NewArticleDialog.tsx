import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import { draftArticle } from '@tongxin/contract/publishing'
import { Select, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ALL_ARTICLES, openColumnsQuery } from './publishing.api.ts'

const EMPTY = { type: 'doc', content: [{ type: 'paragraph' }] } as const

/** Where it will stand, in whose name, and what it is called: the rest is written on its own page. */
export function NewArticleDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const columns = useQuery(openColumnsQuery())
  const [columnId, setColumnId] = useState('')
  const [orgId, setOrgId] = useState('')
  const [title, setTitle] = useState('')
  const save = useWrite(draftArticle, {
    refreshes: ALL_ARTICLES,
    onDone: ({ id }) => void navigate({ to: paths.publishing.one(id) }),
  })
  const errorAt = useFieldErrors(save.error)
  const rows = columns.data?.rows ?? []
  const submit = () => {
    const text = { title, summary: '', author: '', origin: 'original' as const, document: EMPTY }
    save.mutate({ body: { columnId, orgId, text } })
  }
  const error = errorAt('/body/orgId')
  return (
    <FormDialog
      title={t('publishing.write')}
      verb={t('publishing.begin')}
      lead={columns.data && rows.length === 0 ? t('publishing.noColumnYet') : t('publishing.writeLead')}
      labels={{ '/body/columnId': t('publishing.column'), '/body/orgId': t('publishing.unit') }}
      whyNot={columnId && orgId && title.trim().length > 1 ? undefined : t('publishing.fillFirst')}
      isBusy={save.isPending}
      error={save.error ?? columns.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Select
        label={t('publishing.column')}
        required
        value={columnId}
        onChange={setColumnId}
        options={rows.map(({ id, name, orgName }) => ({ value: id, label: `${name} · ${orgName}` }))}
        error={errorAt('/body/columnId')}
      />
      <OrgPicker
        label={t('publishing.unit')}
        required
        value={orgId}
        onChange={setOrgId}
        {...(error ? { error } : {})}
      />
      <TextInput
        label={t('publishing.articleTitle')}
        required
        maxLength={120}
        value={title}
        onChange={setTitle}
        error={errorAt('/body/text/title')}
      />
    </FormDialog>
  )
}
