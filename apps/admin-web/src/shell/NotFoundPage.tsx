import { Link } from '@tanstack/react-router'
import { EmptyState } from '@tongxin/ui'
import { MapPinOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../paths.ts'

/** An address without a page. */
export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <main>
      <h1 className="tx-hidden">{t('shell.noPage')}</h1>
      <EmptyState
        title={t('shell.noPage')}
        icon={<MapPinOff aria-hidden="true" />}
        act={
          <Link className="tx-button" data-kind="primary" to={paths.workbench()}>
            {t('shell.toWorkbench')}
          </Link>
        }
      >
        {t('shell.noPageHint')}
      </EmptyState>
    </main>
  )
}
