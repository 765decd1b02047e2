import { useNavigate } from '@tanstack/react-router'
import { useOwnOrg } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { createCourse } from '@tongxin/contract/learning'
import { COURSE_COLUMNS, COURSE_KINDS, type CourseColumn, type CourseKind } from '@tongxin/contract/learning.words'
import { Select, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ALL_LEARNING } from './learning.api.ts'

/** Title, column, kind and owner; everything else is written in the draft. */
export function BeginDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [title, setTitle] = useState('')
  const [orgId, setOrgId] = useState(useOwnOrg())
  const [column, setColumn] = useState<CourseColumn | ''>('')
  const [kind, setKind] = useState<CourseKind | ''>('')
  const begin = useWrite(createCourse, {
    refreshes: ALL_LEARNING,
    onDone: ({ id }) => void navigate({ to: paths.learning.course(id), search: { tab: 'content' } as never }),
  })
  const errorAt = useFieldErrors(begin.error)
  const isReady = title.trim() !== '' && orgId !== '' && column !== '' && kind !== ''
  return (
    <FormDialog
      title={t('learning.begin')}
      verb={t('learning.beginVerb')}
      lead={t('learning.beginLead')}
      labels={{ '/body/title': t('learning.course'), '/body/orgId': t('learning.organisation') }}
      whyNot={isReady ? undefined : t('learning.fillFirst')}
      isBusy={begin.isPending}
      error={begin.error}
      onClose={onClose}
      onSubmit={() => {
        if (column !== '' && kind !== '') begin.mutate({ body: { title: title.trim(), orgId, column, kind } })
      }}
    >
      <TextInput label={t('learning.course')} required maxLength={80} value={title} onChange={setTitle} />
      <OrgPicker
        label={t('learning.owner')}
        required
        value={orgId}
        onChange={setOrgId}
        error={errorAt('/body/orgId') ?? ''}
      />
      <Select
        label={t('learning.column')}
        required
        value={column}
        onChange={setColumn}
        options={COURSE_COLUMNS.map((value) => ({ value, label: t(`words.learning.column.${value}`) }))}
      />
      <Select
        label={t('learning.kind')}
        required
        value={kind}
        onChange={setKind}
        options={COURSE_KINDS.map((value) => ({ value, label: t(`words.learning.kind.${value}`) }))}
      />
    </FormDialog>
  )
}
