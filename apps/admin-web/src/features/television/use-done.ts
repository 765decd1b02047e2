import { say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ALL_TELEVISION } from './television.api.ts'

/** Reloads and says that it is done. */
export function useDone(onDone?: () => void) {
  const { t } = useTranslation()
  return {
    refreshes: [...ALL_TELEVISION],
    onDone: () => {
      say(t('television.done'))
      onDone?.()
    },
  }
}
