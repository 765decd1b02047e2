import { SEND_ERRORS } from '@tongxin/contract/channels.kinds'
import { useTranslation } from 'react-i18next'

/** Why something did not go: our own words where we know it, the code of the other side where we do not. */
export function useErrorWords(): (error: string) => string {
  const { t } = useTranslation()
  return (error) =>
    (SEND_ERRORS as readonly string[]).includes(error)
      ? t(`channels.errors.${error}`)
      : t('channels.otherError', { code: error })
}
