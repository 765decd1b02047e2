import { Link } from '@tanstack/react-router'
import { BookOpen, CircleHelp, HandCoins, Mail, MessageCircle, UsersRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { tiles } from '../home.tsx'

const ICONS = {
  meet: UsersRound,
  learn: BookOpen,
  notices: Mail,
  dues: HandCoins,
  speak: MessageCircle,
  help: CircleHelp,
} as const

/** Six large tiles: the home of big-font mode. */
export function BigHome() {
  const { t } = useTranslation()
  return (
    <div className="tiles">
      {tiles.map(({ key, path }) => {
        const Icon = ICONS[key]
        const words = (
          <>
            <Icon aria-hidden="true" />
            {t(`shell.tile.${key}`)}
          </>
        )
        return path === null ? (
          <span key={key} className="tile" aria-disabled="true">
            {words}
            <small>{t('shell.notYetHere')}</small>
          </span>
        ) : (
          <Link key={key} className="tile" to={path}>
            {words}
          </Link>
        )
      })}
    </div>
  )
}
