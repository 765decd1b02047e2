import { Link, useLocation } from '@tanstack/react-router'
import { useSession } from '@tongxin/client/session'
import { ChevronDown, House, PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GROUPS, navigation } from '../navigation.ts'
import { paths } from '../paths.ts'

const CLOSED_KEY = 'tongxin.closed-groups'
const NARROW_KEY = 'tongxin.narrow-rail'
const closedAtStart = (): readonly string[] => JSON.parse(localStorage.getItem(CLOSED_KEY) ?? '[]') as string[]

const deeperOf = (pathname: string, deepest: string, path: string) =>
  (pathname === path || pathname.startsWith(`${path}/`)) && path.length > deepest.length ? path : deepest

/** The left rail: the workbench, then the modules the post may use in their groups, each collapsible. */
export function SideNav() {
  const { t } = useTranslation()
  const { permissions } = useSession()
  const [closed, setClosed] = useState(closedAtStart)
  const [isNarrow, setNarrow] = useState(localStorage.getItem(NARROW_KEY) === 'on')
  const mine = navigation.filter((row) => permissions.includes(row.permission))
  const pathname = useLocation({ select: (location) => location.pathname.replace(/^\/admin(?=\/)/, '') })
  // Of rows below one another (`/meetings`, `/meetings/ledger`) the deepest one is where we are.
  const here = mine.map(({ path }) => path).reduce((deepest, path) => deeperOf(pathname, deepest, path), '')
  const flip = (group: string) => {
    const next = closed.includes(group) ? closed.filter((one) => one !== group) : [...closed, group]
    localStorage.setItem(CLOSED_KEY, JSON.stringify(next))
    setClosed(next)
  }
  const narrow = () => {
    localStorage.setItem(NARROW_KEY, isNarrow ? 'off' : 'on')
    setNarrow(!isNarrow)
  }
  const Fold = isNarrow ? PanelLeftOpen : PanelLeftClose
  return (
    <nav className="rail no-print" data-narrow={isNarrow || undefined} aria-label={t('shell.modules')}>
      <Link className="rail-row" to={paths.workbench()} activeOptions={{ exact: true }}>
        <House aria-hidden="true" /> <span>{t('shell.workbench')}</span>
      </Link>
      {GROUPS.map((group) => {
        const rows = mine.filter((row) => row.group === group)
        if (rows.length === 0) return null
        const isClosed = closed.includes(group) && !isNarrow
        return (
          <section key={group}>
            <button type="button" className="rail-group" aria-expanded={!isClosed} onClick={() => flip(group)}>
              <span>{t(`shell.group.${group}`)}</span>
              <ChevronDown aria-hidden="true" />
            </button>
            {isClosed ? null : (
              <ul>
                {rows.map(({ path, textKey, Icon }) => (
                  <li key={path}>
                    <Link
                      className="rail-row"
                      to={path}
                      activeOptions={{ exact: path !== here }}
                      title={isNarrow ? t(textKey) : undefined}
                    >
                      {Icon ? <Icon aria-hidden="true" /> : <i className="rail-dot" aria-hidden="true" />}
                      <span>{t(textKey)}</span>
                    </Link>
                  </li>
                ))}
              </ul>
            )}
          </section>
        )
      })}
      <button type="button" className="rail-row rail-fold" onClick={narrow}>
        <Fold aria-hidden="true" /> <span>{t(isNarrow ? 'shell.widen' : 'shell.narrow')}</span>
      </button>
    </nav>
  )
}
