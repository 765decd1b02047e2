import { say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ALL_TASKS } from './tasks.api.ts'

/** Reloads and says that it is done. */
export function useDone(after?: () => void) {
  const { t } = useTranslation()
  return {
    refreshes: ALL_TASKS,
    onDone: () => {
      say(t('tasks.done'))
      after?.()
    },
  }
}
