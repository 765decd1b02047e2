import { type QueryKey, type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Endpoint, Reply } from '@tongxin/contract/endpoint'
import { useRef } from 'react'
import { type CallInput, call } from './call.ts'
import { UnreachedError } from './refused-error.ts'

type Attempt = { readonly said: string; readonly key: string }

/**
 * A write as a mutation. Pressing the button again after a broken connection repeats the *same* request (same
 * idempotency key), because the first one may have arrived; anything else the person says is a new request.
 * `refreshes` are the query keys to reload afterwards.
 */
export function useWrite<E extends Endpoint>(
  endpoint: E,
  options: {
    readonly refreshes?: readonly QueryKey[]
    readonly onDone?: (reply: Reply<E>, input: CallInput<E>) => void
  } = {},
): UseMutationResult<Reply<E>, Error, CallInput<E>> {
  const client = useQueryClient()
  const unanswered = useRef<Attempt | null>(null)
  return useMutation<Reply<E>, Error, CallInput<E>>({
    retry: false,
    mutationFn: async (input) => {
      const said = JSON.stringify(input)
      const key = unanswered.current?.said === said ? unanswered.current.key : crypto.randomUUID()
      unanswered.current = { said, key }
      try {
        const reply = await (call as (e: E, i: CallInput<E>) => Promise<Reply<E>>)(endpoint, {
          idempotencyKey: key,
          ...input,
        })
        unanswered.current = null
        return reply
      } catch (error) {
        if (!(error instanceof UnreachedError)) unanswered.current = null
        throw error
      }
    },
    onSuccess: async (reply, input) => {
      await Promise.all((options.refreshes ?? []).map((queryKey) => client.invalidateQueries({ queryKey })))
      options.onDone?.(reply, input)
    },
  })
}
