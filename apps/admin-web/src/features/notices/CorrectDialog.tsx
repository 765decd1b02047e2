import { useWrite } from '@tongxin/client/use-write'
import { correctNotice } from '@tongxin/contract/notices.circulars'
import { say, TextArea, TextInput } from '@tongxin/ui'
import { Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ALL_NOTICES } from './notices.api.ts'
import type { Kept } from './record-draft.ts'

/** A new text for a notice that is out: the old one stays with it, and people see what has changed. */
export function CorrectDialog({ record, onClose }: { record: Kept; onClose: () => void }) {
  const { t } = useTranslation()
  const { notice } = record
  const [title, setTitle] = useState(notice.title)
  const [body, setBody] = useState(record.body)
  const [note, setNote] = useState('')
  const [asksAgain, setAsksAgain] = useState(notice.needsConfirm)
  const save = useWrite(correctNotice, {
    refreshes: ALL_NOTICES,
    onDone: ({ version }) => {
      say(t('notices.corrected', { version }))
      onClose()
    },
  })
  const errorAt = useFieldErrors(save.error)
  const isReady = [title, body, note].every((text) => text.trim().length > 1)
  return (
    <FormDialog
      title={t('notices.correct')}
      verb={t('notices.correct')}
      lead={t('notices.correctLead')}
      labels={{ '/body/body': t('notices.text') }}
      whyNot={isReady ? undefined : t('notices.missing.note')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ params: { id: notice.id }, body: { title, body, note, asksAgain } })}
      onClose={onClose}
    >
      <TextInput label={t('notices.subject')} required maxLength={120} value={title} onChange={setTitle} />
      <TextArea
        label={t('notices.text')}
        required
        rows={8}
        maxLength={8000}
        value={body}
        onChange={setBody}
        error={errorAt('/body/body')}
      />
      <TextInput
        label={t('notices.note')}
        help={t('notices.noteHint')}
        required
        maxLength={300}
        value={note}
        onChange={setNote}
      />
      {notice.needsConfirm ? (
        <Checkbox checked={asksAgain} onChange={(event) => setAsksAgain(event.target.checked)}>
          {t('notices.askAgain')}
        </Checkbox>
      ) : null}
    </FormDialog>
  )
}
