import { useSyncExternalStore } from 'react'

export type Theme = 'light' | 'dark' | 'auto'
export type Appearance = { readonly theme: Theme; readonly isBig: boolean; readonly isDark: boolean }

const THEME_KEY = 'tongxin.theme'
const BIG_KEY = 'tongxin.big'
const changed = new EventTarget()
const prefersDark = () => matchMedia('(prefers-color-scheme: dark)')

function read(): Appearance {
  const kept = localStorage.getItem(THEME_KEY)
  const theme: Theme = kept === 'light' || kept === 'dark' ? kept : 'auto'
  return {
    theme,
    isBig: localStorage.getItem(BIG_KEY) === 'on',
    isDark: theme === 'dark' || (theme === 'auto' && prefersDark().matches),
  }
}
let current: Appearance | null = null

function apply(): void {
  current = read()
  const root = document.documentElement
  root.dataset.theme = current.isDark ? 'dark' : 'light'
  if (current.isBig) root.dataset.size = 'big'
  else delete root.dataset.size
  changed.dispatchEvent(new Event('change'))
}

/** Puts theme and type size on the root element; call once before the first render. */
export function startAppearance(): void {
  apply()
  prefersDark().addEventListener('change', apply)
}
/** Light, dark, or as the system says; remembered on this device. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(THEME_KEY, theme)
  apply()
}
/** Big-font mode: 1.5 times type and the simpler home. */
export function chooseBig(isBig: boolean): void {
  localStorage.setItem(BIG_KEY, isBig ? 'on' : 'off')
  apply()
}

const subscribe = (listener: () => void) => {
  changed.addEventListener('change', listener)
  return () => changed.removeEventListener('change', listener)
}
/** Theme and size as they are now, also after the person changes them. */
export const useAppearance = (): Appearance => useSyncExternalStore(subscribe, () => (current ??= read()))
