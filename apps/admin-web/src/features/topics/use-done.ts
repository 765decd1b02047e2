import { say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ALL_TOPICS } from './topics.api.ts'

/** Reloads and says that it is done. */
export function useDone() {
  const { t } = useTranslation()
  return { refreshes: ALL_TOPICS, onDone: () => say(t('topics.done')) }
}
