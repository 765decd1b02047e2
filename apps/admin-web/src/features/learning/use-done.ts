import { say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ALL_LEARNING } from './learning.api.ts'

/** Reloads, says what happened, closes. */
export function useDone(onClose: () => void, textKey: string) {
  const { t } = useTranslation()
  return {
    refreshes: ALL_LEARNING,
    onDone: () => {
      say(t(textKey))
      onClose()
    },
  }
}
