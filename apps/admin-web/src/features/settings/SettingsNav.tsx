import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'

const AT = { exact: true, includeSearch: false } as const

/** The three pages of the settings. */
export function SettingsNav() {
  const { t } = useTranslation()
  return (
    <nav className="settings-nav" aria-label={t('settings.title')}>
      <Link to={paths.settings.home()} activeOptions={AT}>
        {t('settings.values')}
      </Link>
      <Link to={paths.settings.dictionaries()} activeOptions={AT}>
        {t('settings.dictionaries')}
      </Link>
      <Link to={paths.settings.calendar()} activeOptions={AT}>
        {t('settings.calendar')}
      </Link>
    </nav>
  )
}
