import { useEffect } from 'react'

type Place = {
  readonly element: HTMLElement
  readonly list: Element | null
  readonly at: number
  readonly path: string
}

const ROW = 'tr, li, [role="row"], article'
const FOCUSABLE = 'a[href], button:not([disabled]), input:not([disabled]), [tabindex]'

function placeOf(element: HTMLElement): Place {
  const row = element.closest(ROW)
  const list = row?.parentElement ?? null
  const at = row && list ? [...list.children].indexOf(row) : -1
  return { element, list, at, path: location.pathname }
}

/** What took the place of a row that is gone: the one after it, else the last; without any, the heading of the page. */
export function nextFocus(main: Element, { list, at }: Pick<Place, 'list' | 'at'>): HTMLElement | null {
  const rows = list?.isConnected ? [...list.children] : []
  const row = rows[Math.min(at, rows.length - 1)]
  if (row instanceof HTMLElement) {
    const inside = row.tabIndex >= 0 ? row : row.querySelector<HTMLElement>(FOCUSABLE)
    if (inside) return inside
  }
  const heading = main.querySelector<HTMLElement>('h1')
  if (heading && !heading.hasAttribute('tabindex')) heading.tabIndex = -1
  return heading
}

/**
 * After an act that takes its own row or button away, whoever works with the keyboard goes on at the next row, not at the
 * top of the document (WCAG 2.2, 2.4.3). Changes of page are left to the page that comes.
 */
export function useKeptFocus(): void {
  // Synchronises with the document: the focus, and what is taken out of it.
  useEffect(() => {
    let last: Place | null = null
    let frame = 0
    const note = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && target.closest('#main')) last = placeOf(target)
    }
    const restore = () => {
      const main = document.getElementById('main')
      const isLost = document.activeElement === null || document.activeElement === document.body
      if (!main || !last || !isLost || last.element.isConnected) return
      const gone = last
      last = null
      if (gone.path === location.pathname) nextFocus(main, gone)?.focus({ preventScroll: false })
    }
    const observer = new MutationObserver(() => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(restore)
    })
    document.addEventListener('focusin', note)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      document.removeEventListener('focusin', note)
      observer.disconnect()
      cancelAnimationFrame(frame)
    }
  }, [])
}
