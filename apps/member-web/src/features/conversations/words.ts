import type { ConversationRow } from '@tongxin/contract/conversations.words'
import { useTranslation } from 'react-i18next'

/** The name of a conversation as a person reads it: groups of units say what they are. */
export function useTalkName() {
  const { t } = useTranslation()
  return ({ kind, name }: Pick<ConversationRow, 'kind' | 'name'>): string => t(`conversations.named.${kind}`, { name })
}
