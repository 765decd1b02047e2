import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { listRooms } from '@tongxin/contract/television.tv'

/** A room opens when somebody presses a key at a set, which is no event for members. */
const OFTEN_MS = 15_000

export const roomsQuery = queryOptions({
  queryKey: ['television', 'rooms'],
  queryFn: ({ signal }) => call(listRooms, { signal }),
  refetchInterval: OFTEN_MS,
})

export type Scanned = { readonly airingId: string; readonly code: string }

/** What the picture on a set says; null: it is another picture. */
export function scanOf(text: string): Scanned | null {
  try {
    const { pathname, searchParams } = new URL(text)
    const [airingId, code] = [searchParams.get('r'), searchParams.get('c')]
    return pathname === '/television' && airingId && code ? { airingId, code } : null
  } catch {
    return null
  }
}

/** The code for pairing in the picture on a set that is not paired; null: it is another picture. */
export function pairingCodeOf(text: string): string | null {
  try {
    const { pathname, searchParams } = new URL(text)
    return pathname === '/television/pair' ? searchParams.get('c') : null
  } catch {
    return null
  }
}
