import { useSyncExternalStore } from 'react'

type Kind = 'ok' | 'warn' | 'late'
type Said = { readonly id: number; readonly text: string; readonly kind: Kind }

// One small store: the words come from anywhere (a mutation, the offline queue), the region is at one place.
let shown: readonly Said[] = []
let nextId = 1
const changed = new EventTarget()
const put = (next: readonly Said[]) => {
  shown = next
  changed.dispatchEvent(new Event('change'))
}

/** Says in one line what was done; screen readers hear it. `kind` colours the edge, the words carry the meaning. */
export function say(text: string, kind: Kind = 'ok'): void {
  const id = nextId++
  put([...shown.slice(-2), { id, text, kind }])
  // Long enough to read twice; what matters longer stands on the page itself.
  setTimeout(() => put(shown.filter((one) => one.id !== id)), kind === 'ok' ? 5000 : 10_000)
}

const subscribe = (listener: () => void) => {
  changed.addEventListener('change', listener)
  return () => changed.removeEventListener('change', listener)
}

/** Put once in the application: the region where `say` speaks. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribe, () => shown)
  return (
    <div className="tx-toasts no-print" role="status" aria-live="polite">
      {toasts.map(({ id, text, kind }) => (
        <p key={id} className="tx-toast" data-type={kind}>
          {text}
        </p>
      ))}
    </div>
  )
}
