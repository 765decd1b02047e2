import { useQueryClient } from '@tanstack/react-query'
import { useSession } from '@tongxin/client/session'
import { useCallback, useEffect } from 'react'
import { ALL_TALKS, putMessage } from './conversations.api.ts'
import { deliver } from './outbox.ts'

const TRY_AGAIN_MS = 10_000

/** Sends what waits when the page opens, when the network is back, and now and then; the result sends at once. */
export function useDelivery(): () => void {
  const client = useQueryClient()
  const personId = useSession().person?.id ?? ''
  const attempt = useCallback(() => {
    void deliver(personId, (id, message) => putMessage(client, id, message)).then(() => {
      for (const queryKey of ALL_TALKS) void client.invalidateQueries({ queryKey })
    })
  }, [client, personId])
  // Synchronises with the network of the device.
  useEffect(() => {
    attempt()
    window.addEventListener('online', attempt)
    const timer = setInterval(
      () => void deliver(personId, (id, message) => putMessage(client, id, message)),
      TRY_AGAIN_MS,
    )
    return () => {
      window.removeEventListener('online', attempt)
      clearInterval(timer)
    }
  }, [attempt, client, personId])
  return attempt
}
