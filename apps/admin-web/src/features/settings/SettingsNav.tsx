import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'

/** The three pages of the settings. */
export function SettingsNav() {
  const { t } = useTranslation()
  return (
    <nav className="settings-nav" aria-label={t('settings.title')}>
      <Link to={paths.settings.home()} activeOptions={{ exact: true }}>
        {t('settings.values')}
      </Link>
      <Link to={paths.settings.dictionaries()}>{t('settings.dictionaries')}</Link>
      <Link to={paths.settings.calendar()}>{t('settings.calendar')}</Link>
    </nav>
  )
}
