import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keeperOf } from './keeper.ts'

const json = (status: number, body: object) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 300 ? 'application/json' : 'application/problem+json' },
  })
let sent: { item: string; sequence: number }[] = []
let answers: (() => Response)[] = []
beforeEach(() => {
  vi.useFakeTimers()
  ;[sent, answers] = [[], []]
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    const said = JSON.parse(String(init.body)) as { item: string; sequence: number }
    sent.push(said)
    return answers.shift()?.() ?? json(200, { sequence: said.sequence, isDone: true, attempt: {} })
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const launch = { attemptId: '0193a7a0-0000-7000-8000-000000000001', launchId: '0193a7a0-0000-7000-8000-000000000002' }

it.each([429, 500, 503])('keeps each of several lessons although the platform first answers %i', async (status) => {
  answers = [() => json(status, { code: 'request.too_many', status })]
  const told: object[] = []
  const { keep } = keeperOf(
    launch,
    (answer) => told.push(answer),
    () => undefined,
  )
  for (const item of ['a', 'b']) keep({ item, sequence: 1, runtime: '{"shown":true}' })
  await vi.advanceTimersByTimeAsync(20_000)
  expect(told).toContainEqual({ item: 'a', sequence: 1, hasFailed: true })
  for (const item of ['a', 'b']) expect(told).toContainEqual({ item, sequence: 1, isDone: true })
})

it('does not ask again for what was refused for good', async () => {
  answers = [() => json(409, { code: 'courseware.opened_elsewhere', status: 409 })]
  const { keep } = keeperOf(
    launch,
    () => undefined,
    () => undefined,
  )
  keep({ item: 'a', sequence: 1, runtime: '{}' })
  await vi.advanceTimersByTimeAsync(20_000)
  expect(sent).toHaveLength(1)
})
