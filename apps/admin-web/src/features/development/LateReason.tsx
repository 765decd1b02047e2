import { TextArea } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

/** The server says when a step counts as entered late; the field then stays while it has words. */
export function LateReason(props: { error: unknown; value: string; onChange: (reason: string) => void }) {
  const { t } = useTranslation()
  const isAsked = (props.error as { code?: string } | null)?.code === 'development.late_reason_missing'
  if (!isAsked && props.value === '') return null
  return (
    <TextArea
      label={t('development.lateReason')}
      help={t('development.lateHelp')}
      required
      rows={2}
      maxLength={500}
      value={props.value}
      onChange={props.onChange}
    />
  )
}
