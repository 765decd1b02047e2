import { say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ALL_STUDY } from './study.api.ts'

/** Reloads and says that it is done. */
export function useDone(after?: () => void) {
  const { t } = useTranslation()
  return {
    refreshes: ALL_STUDY,
    onDone: () => {
      say(t('study.done'))
      after?.()
    },
  }
}
