import { Link } from '@tanstack/react-router'
import { chooseBig, chooseTheme, type Theme, useAppearance } from '@tongxin/client/appearance'
import { useSession } from '@tongxin/client/session'
import { chooseLanguage, type Language } from '@tongxin/client/texts'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { myLinks } from '../me.ts'
import { ADMIN_ROOT, paths } from '../paths.ts'
import { PageFrame } from '../shared/PageFrame.tsx'
import { Choice } from './Choice.tsx'
import { InstallCard } from './InstallCard.tsx'
import { SignOut } from './SignOut.tsx'

/** Me: my record, how the application looks, and leaving. */
export function Page() {
  const { t, i18n } = useTranslation()
  const { person, posts } = useSession()
  const { theme, isBig } = useAppearance()
  return (
    <PageFrame isTop title={t('shell.tab.me')}>
      <section className="card me">
        <span className="portrait" aria-hidden="true">
          {person?.name.slice(-2)}
        </span>
        <div>
          <h2>{person?.name}</h2>
          {posts.map((post) => (
            <p key={post.grantId} className="hint">
              {post.orgName} · {t(`shell.role.${post.role}`)}
            </p>
          ))}
        </div>
      </section>
      <nav className="card rows" aria-label={t('shell.mine')}>
        {myLinks.map(({ path, textKey }) => (
          <Link key={path} to={path}>
            {t(textKey)} <ChevronRight aria-hidden="true" />
          </Link>
        ))}
        <Link to={paths.help()}>
          {t('shell.tile.help')} <ChevronRight aria-hidden="true" />
        </Link>
        {posts.length > 0 ? (
          <a href={ADMIN_ROOT}>
            {t('shell.toAdmin')} <ChevronRight aria-hidden="true" />
          </a>
        ) : null}
      </nav>
      <section className="card">
        <Choice
          label={t('shell.size')}
          value={isBig ? 'big' : 'normal'}
          options={['normal', 'big'].map((value) => ({ value, label: t(`shell.sizes.${value}`) }))}
          onChoose={(value) => chooseBig(value === 'big')}
        />
        <Choice
          label={t('shell.theme')}
          value={theme}
          options={['auto', 'light', 'dark'].map((value) => ({ value, label: t(`shell.themes.${value}`) }))}
          onChoose={(value) => chooseTheme(value as Theme)}
        />
        <Choice
          label={t('shell.language')}
          value={i18n.language}
          options={[
            { value: 'zh-CN', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
          onChoose={(value) => void chooseLanguage(value as Language)}
        />
      </section>
      <InstallCard />
      <SignOut />
    </PageFrame>
  )
}
