import { say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ALL_APPRAISAL } from './appraisal.api.ts'

/** Reloads, says what happened, closes. */
export function useDone(onClose: () => void, textKey: string) {
  const { t } = useTranslation()
  return {
    refreshes: ALL_APPRAISAL,
    onDone: () => {
      say(t(textKey))
      onClose()
    },
  }
}
