import { keepShell } from './cache.ts'
import { keep, kept } from './kept.ts'
import { listenToKeys } from './keys.ts'
import { PairedSet } from './paired-set.ts'
import { pair } from './pairing.ts'

const root = document.getElementById('root') as HTMLElement
let set: PairedSet | null = null

async function start(wasEnded: boolean): Promise<void> {
  const key = kept('key') ?? (await pair(root, wasEnded))
  keep('key', key)
  set = new PairedSet(root, key, () => {
    if (set === null) return
    set = null
    void start(true)
  })
}

listenToKeys((key) => set !== null && set.press(key))
window.addEventListener('online', () => set?.heard(true))
window.addEventListener('offline', () => set?.heard(false))
// A set without a service worker plays all the same; it only cannot be switched on without a network.
void keepShell().catch(() => undefined)
void start(false)
