export type Turn = 'back' | 'on' | 'first' | 'last'

const ARROWS: Readonly<Record<string, Turn>> = { ArrowLeft: 'back', ArrowRight: 'on' }
/** Keys that scroll the page turn only what has the focus. */
const WITHIN: Readonly<Record<string, Turn>> = { PageUp: 'back', PageDown: 'on', Home: 'first', End: 'last' }
/** These answer arrow keys themselves. */
const OWN_KEYS = 'input, select, textarea, video, audio, [contenteditable], [role="radiogroup"], dialog'

/** What a key asks for, pressed on an element; null when it is not for the slides. */
function turnOf(
  event: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>,
  target: Element | null,
  stage: Element,
): Turn | null {
  if (event.altKey || event.ctrlKey || event.metaKey || target?.closest(OWN_KEYS)) return null
  return ARROWS[event.key] ?? (target && stage.contains(target) ? (WITHIN[event.key] ?? null) : null)
}

/** Listens to keys on the whole window, or within the stage. @returns what ends it */
export function turnByKey(stage: HTMLElement, isAlone: boolean, turn: (turn: Turn) => void): () => void {
  const from: EventTarget = isAlone ? window : stage
  const onKey = (event: Event) => {
    const asked = turnOf(event as KeyboardEvent, event.target instanceof Element ? event.target : null, stage)
    if (asked === null) return
    event.preventDefault()
    turn(asked)
  }
  from.addEventListener('keydown', onKey)
  return () => from.removeEventListener('keydown', onKey)
}

/** So many pixels across, and much more across than down: a page is turned, not scrolled. */
const LEAST_ACROSS = 48
type Point = { readonly x: number; readonly y: number }
export function turnOfSwipe(from: Point, to: Point): Turn | null {
  const across = to.x - from.x
  if (Math.abs(across) < LEAST_ACROSS || Math.abs(across) < 2 * Math.abs(to.y - from.y)) return null
  return across < 0 ? 'on' : 'back'
}

export function turnBySwipe(stage: HTMLElement, turn: (turn: Turn) => void): () => void {
  let from: Point | null = null
  const pointOf = ({ clientX, clientY }: Touch): Point => ({ x: clientX, y: clientY })
  const onStart = (event: TouchEvent) => {
    const [touch] = event.touches
    // Two fingers make the picture bigger; the bar is drawn along.
    const isFree = event.touches.length === 1 && event.target instanceof Element && !event.target.closest('input')
    from = isFree && touch ? pointOf(touch) : null
  }
  const onEnd = (event: TouchEvent) => {
    const [touch] = event.changedTouches
    const asked = from && touch ? turnOfSwipe(from, pointOf(touch)) : null
    from = null
    // A picture made bigger is moved about in.
    if (asked && (window.visualViewport?.scale ?? 1) < 1.05) turn(asked)
  }
  stage.addEventListener('touchstart', onStart, { passive: true })
  stage.addEventListener('touchend', onEnd, { passive: true })
  return () => {
    stage.removeEventListener('touchstart', onStart)
    stage.removeEventListener('touchend', onEnd)
  }
}
