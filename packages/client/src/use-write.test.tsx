import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import type { Endpoint } from '@tongxin/contract/endpoint'
import { strict } from '@tongxin/contract/page'
import { Type } from 'typebox'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useWrite } from './use-write.ts'

const checkIn = {
  method: 'POST',
  path: '/check-ins',
  permission: 'signed-in',
  summary: 'Check in',
  idempotent: 'required',
  body: strict({ code: Type.String() }),
  reply: Type.Object({ place: Type.Integer() }),
} as const satisfies Endpoint

const keys: (string | undefined)[] = []
let isAway = true
beforeEach(() => {
  keys.length = 0
  vi.stubGlobal('fetch', async (_url: string, init: { headers: Record<string, string> }) => {
    keys.push(init.headers['Idempotency-Key'])
    if (isAway) throw new TypeError('fetch failed')
    return new Response(JSON.stringify({ place: 14 }), { headers: { 'content-type': 'application/json' } })
  })
})
afterEach(() => vi.unstubAllGlobals())

const opened = () => {
  const client = new QueryClient()
  return renderHook(() => useWrite(checkIn), {
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  })
}

it('repeats an unanswered write under its first key, and gives anything else a new one', async () => {
  isAway = true
  const { result } = opened()
  act(() => result.current.mutate({ body: { code: '123456' } }))
  await waitFor(() => expect(result.current.isError).toBe(true))
  isAway = false
  act(() => result.current.mutate({ body: { code: '123456' } }))
  await waitFor(() => expect(result.current.data).toEqual({ place: 14 }))
  act(() => result.current.mutate({ body: { code: '123456' } }))
  await waitFor(() => expect(keys).toHaveLength(3))
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})
