import { say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ALL_ELECTIONS } from './elections.api.ts'

/** Reloads, says what happened, closes. */
export function useDone(onClose: () => void, textKey: string) {
  const { t } = useTranslation()
  return {
    refreshes: ALL_ELECTIONS,
    onDone: () => {
      say(t(textKey))
      onClose()
    },
  }
}
