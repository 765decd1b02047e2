import { EmptyState } from '@tongxin/ui'
import { Mail } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../shared/PageFrame.tsx'

/** Notices and reminders addressed to the person. */
export function Page() {
  const { t } = useTranslation()
  return (
    <PageFrame isTop title={t('shell.tab.messages')}>
      <EmptyState title={t('shell.noMessages')} icon={<Mail aria-hidden="true" />}>
        {t('shell.noMessagesHint')}
      </EmptyState>
    </PageFrame>
  )
}
