import { say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ALL_ARTICLES } from './publishing.api.ts'

/** Reloads and says that it is done. */
export function useDone(after?: () => void) {
  const { t } = useTranslation()
  return {
    refreshes: ALL_ARTICLES,
    onDone: () => {
      say(t('publishing.done'))
      after?.()
    },
  }
}
