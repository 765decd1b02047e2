import { chooseBig, chooseTheme, type Theme, useAppearance } from '@tongxin/client/appearance'
import { useSession } from '@tongxin/client/session'
import { chooseLanguage, type Language } from '@tongxin/client/texts'
import { useWrite } from '@tongxin/client/use-write'
import { endSession } from '@tongxin/contract/access.own'
import { Button, RefusalText } from '@tongxin/ui'
import { Popover, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { outside } from '../paths.ts'

/** Me: how the desk looks, the phone application, signing out. */
export function MeMenu() {
  const { t } = useTranslation()
  const { person } = useSession()
  return (
    <Popover trigger="click" placement="bottomRight" content={<MePanel />}>
      <button type="button" className="me">
        <span className="tx-hidden">{t('shell.me', { name: person?.name })}</span>
        <span className="portrait" aria-hidden="true">
          {person?.name.slice(-2)}
        </span>
      </button>
    </Popover>
  )
}

function MePanel() {
  const { t, i18n } = useTranslation()
  const { person } = useSession()
  const { theme, isBig } = useAppearance()
  const leaving = useWrite(endSession, { onDone: () => location.assign(outside.signIn()) })
  return (
    <div className="me-panel">
      <strong>{person?.name}</strong>
      <div>
        <span>{t('shell.theme')}</span>
        <Segmented
          aria-label={t('shell.theme')}
          value={theme}
          options={['auto', 'light', 'dark'].map((value) => ({ value, label: t(`shell.themes.${value}`) }))}
          onChange={(value) => chooseTheme(value as Theme)}
        />
      </div>
      <div>
        <span>{t('shell.size')}</span>
        <Segmented
          aria-label={t('shell.size')}
          value={isBig ? 'big' : 'normal'}
          options={['normal', 'big'].map((value) => ({ value, label: t(`shell.sizes.${value}`) }))}
          onChange={(value) => chooseBig(value === 'big')}
        />
      </div>
      <div>
        <span>{t('shell.language')}</span>
        <Segmented
          aria-label={t('shell.language')}
          value={i18n.language}
          options={[
            { value: 'zh-CN', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
          onChange={(value) => void chooseLanguage(value as Language)}
        />
      </div>
      <a href={outside.security()}>{t('shell.security')}</a>
      <a href={outside.member()}>{t('shell.toMember')}</a>
      <RefusalText error={leaving.error} />
      <Button wide isBusy={leaving.isPending} onClick={() => leaving.mutate({})}>
        {t('shell.signOut')}
      </Button>
    </div>
  )
}
