export type Key = 'up' | 'down' | 'left' | 'right' | 'enter' | 'back'

const NAMES: Readonly<Record<string, Key>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Enter: 'enter',
  Escape: 'back',
  Backspace: 'back',
  GoBack: 'back',
  BrowserBack: 'back',
  XF86Back: 'back',
}
/** The back keys of two makers have no name in their browsers, only a number. */
const NUMBERS: Readonly<Record<number, Key>> = { 461: 'back', 10009: 'back' }

/** Calls `pressed` with the few keys that a remote control has; what it answers with true goes no further. */
export function listenToKeys(pressed: (key: Key) => boolean): void {
  document.addEventListener('keydown', (event) => {
    const key = NAMES[event.key] ?? NUMBERS[event.keyCode]
    if (key && pressed(key)) event.preventDefault()
  })
}

/** Moves the focus among rows of buttons: left and right within a row, up and down to the nearest place of another. */
export function moveFocus(root: Element, key: Key): boolean {
  const rows = Array.from(root.querySelectorAll('[data-row]'))
    .map((row) => Array.from(row.querySelectorAll('button')))
    .filter((row) => row.length > 0)
  const at = rows.findIndex((row) => row.indexOf(document.activeElement as HTMLButtonElement) >= 0)
  const row = rows[at]
  if (!row) {
    const first = rows[0]?.[0]
    if (first) first.focus()
    return first !== undefined
  }
  const place = row.indexOf(document.activeElement as HTMLButtonElement)
  let next: HTMLButtonElement | undefined
  if (key === 'left') next = row[place - 1]
  if (key === 'right') next = row[place + 1]
  if (key === 'up' || key === 'down') next = nearest(rows[at + (key === 'up' ? -1 : 1)], row[place])
  if (!next) return key !== 'enter' && key !== 'back'
  next.focus()
  next.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  return true
}

function nearest(row: readonly HTMLButtonElement[] | undefined, from: Element | undefined) {
  if (!row || !from) return undefined
  const middle = (one: Element): number => {
    const { left, right } = one.getBoundingClientRect()
    return (left + right) / 2
  }
  const wanted = middle(from)
  return row.slice().sort((a, b) => Math.abs(middle(a) - wanted) - Math.abs(middle(b) - wanted))[0]
}
