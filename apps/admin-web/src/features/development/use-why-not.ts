import { useRefusalWords } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

/** The words behind a reason for which something may not be done; undefined: it may. */
export function useWhyNot(): (word: string | null) => string | undefined {
  const { t } = useTranslation()
  const words = useRefusalWords()
  return (word) => {
    if (word === null) return undefined
    if (word === 'not_permitted') return t('shared.notYourPost')
    const { reason, remedy } = words(`development.${word}`)
    return `${reason} ${remedy}`
  }
}
