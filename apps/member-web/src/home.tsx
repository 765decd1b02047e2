import { textsArrived } from '@tongxin/client/texts'
import { type ComponentType, type LazyExoticComponent, lazy, Suspense } from 'react'

/**
 * What features put on the first page. A card fetches its own data and renders nothing when nothing is due; the page
 * shows them in this order and says "all done" when none has anything. Add a row: `card('meetings', () => import(…))`.
 */
export type HomeCard = { readonly key: string; readonly Card: LazyExoticComponent<ComponentType> }

export const card = (key: string, load: () => Promise<{ Card: ComponentType }>): HomeCard => ({
  key,
  Card: lazy(async () => ({ default: (await load()).Card })),
})

/** A card of words that the first load does not carry: it comes when they are there, and holds up no other. */
const laterCard = (key: string, load: () => Promise<{ Card: ComponentType }>): HomeCard => {
  const Later = lazy(async () => {
    const [{ Card }] = await Promise.all([load(), textsArrived()])
    return { default: Card }
  })
  const Card = () => (
    <Suspense fallback={null}>
      <Later />
    </Suspense>
  )
  return card(key, async () => ({ Card }))
}

/** What needs me now: the page shows at most three of them at first. */
export const dueCards: readonly HomeCard[] = [
  card('meetings', () => import('./features/meetings/DueCard.tsx')),
  laterCard('voting', () => import('./features/voting/DueCard.tsx')),
  card('deadlines', () => import('./features/deadlines/DueCard.tsx')),
  card('notices', () => import('./features/notices/UnreadCard.tsx')),
]
/** Notices, columns and what else is good to know. */
export const moreCards: readonly HomeCard[] = [
  laterCard('publishing', () => import('./features/publishing/LatestCard.tsx')),
]

/** The six tiles of big-font mode; `path` null: the module is not there yet, and the tile says so. */
export const tiles: readonly {
  readonly key: 'meet' | 'learn' | 'notices' | 'dues' | 'speak' | 'help'
  readonly path: string | null
}[] = [
  { key: 'meet', path: '/meetings' },
  { key: 'learn', path: '/learning' },
  { key: 'notices', path: '/messages' },
  { key: 'dues', path: null },
  { key: 'speak', path: null },
  { key: 'help', path: '/help' },
]
