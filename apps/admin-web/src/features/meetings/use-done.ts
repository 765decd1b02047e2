import { say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ALL_MEETINGS } from './meetings.api.ts'

/** Reloads what is shown of meetings, says what happened, closes. */
export function useDone(onClose: () => void, textKey: string) {
  const { t } = useTranslation()
  return {
    refreshes: ALL_MEETINGS,
    onDone: () => {
      say(t(textKey))
      onClose()
    },
  }
}
