import { TextArea } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

/** The reason that is kept with an act. */
export function Reason({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  const { t } = useTranslation()
  return (
    <TextArea label={t('development.reason')} required rows={3} maxLength={500} value={value} onChange={onChange} />
  )
}
