import { say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ALL_LIBRARY } from './library.api.ts'

/** Reloads and says that it is done. */
export function useDone(after?: () => void) {
  const { t } = useTranslation()
  return {
    refreshes: ALL_LIBRARY,
    onDone: () => {
      say(t('library.done'))
      after?.()
    },
  }
}
