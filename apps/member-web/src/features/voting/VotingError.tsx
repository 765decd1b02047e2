import { RefusalText } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { UnsoundError } from './unsound.ts'

/** A refusal of the server, or what this device itself found wrong with the vote. */
export function VotingError({ error }: { error: unknown }) {
  const { t } = useTranslation()
  if (!(error instanceof UnsoundError)) return <RefusalText error={error} />
  return (
    <div className="tx-refusal" role="alert">
      <strong>{t(`voting.unsound.${error.key}`)}</strong>
      <span>{t('voting.unsound.remedy')}</span>
    </div>
  )
}
