import { Outlet } from '@tanstack/react-router'
import { StepUpDialog } from '@tongxin/client/step-up-dialog'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { outside } from '../paths.ts'
import { useKeptFocus } from './kept-focus.ts'
import { SideNav } from './SideNav.tsx'
import { TopBar } from './TopBar.tsx'

const palette = () => import('./CommandPalette.tsx')
const Palette = lazy(async () => ({ default: (await palette()).CommandPalette }))
/** Once the page stands, the search is fetched too: who types at once after `/` would lose the first letters. */
const FETCH_AFTER_MS = 1500

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** The desk: modules at the left, post and search on top, the page in between. */
export function Shell() {
  const { t } = useTranslation()
  const [isFinding, setFinding] = useState(false)
  useKeptFocus()
  // The keyboard belongs to the window, not to a component: `/` searches, Ctrl K opens the palette.
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isPalette = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
      if (!isPalette && (event.key !== '/' || isTyping(event.target))) return
      event.preventDefault()
      setFinding(true)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  // Synchronises with the network, which is at rest by then.
  useEffect(() => {
    const timer = setTimeout(() => void palette(), FETCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="desk">
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <StepUpDialog securityPath={outside.security()} />
      <TopBar onFind={() => setFinding(true)} />
      <SideNav />
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      {isFinding ? (
        <Suspense>
          <Palette onClose={() => setFinding(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}
