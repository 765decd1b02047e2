import { TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'

/** An act that is done with a reason. */
export function ReasonDialog(props: {
  title: string
  isBusy: boolean
  error: unknown
  isDanger?: boolean
  onSubmit: (reason: string) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title={props.title}
      verb={props.title}
      isDanger={props.isDanger ?? false}
      isBusy={props.isBusy}
      error={props.error}
      labels={{ '/body/reason': t('exams.reason') }}
      whyNot={reason.trim().length < 2 ? t('exams.reasonFirst') : undefined}
      onSubmit={() => props.onSubmit(reason.trim())}
      onClose={props.onClose}
    >
      <TextArea label={t('exams.reason')} required rows={3} maxLength={1000} value={reason} onChange={setReason} />
    </FormDialog>
  )
}
