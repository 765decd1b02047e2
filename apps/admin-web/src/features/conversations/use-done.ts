import { say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ALL_TALKS } from './conversations.api.ts'

/** Reloads and says that it is done. */
export function useDone(after?: () => void) {
  const { t } = useTranslation()
  return {
    refreshes: ALL_TALKS,
    onDone: () => {
      say(t('conversations.done'))
      after?.()
    },
  }
}
