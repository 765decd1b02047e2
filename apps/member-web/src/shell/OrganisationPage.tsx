import { EmptyState } from '@tongxin/ui'
import { UsersRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../shared/PageFrame.tsx'

/** The person's own organisation, its people and its meetings. */
export function Page() {
  const { t } = useTranslation()
  return (
    <PageFrame isTop title={t('shell.tab.organisation')}>
      <EmptyState title={t('shell.noOrganisation')} icon={<UsersRound aria-hidden="true" />}>
        {t('shell.noOrganisationHint')}
      </EmptyState>
    </PageFrame>
  )
}
