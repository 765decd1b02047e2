import 'fake-indexeddb/auto'
import { stepUp as checkIn } from '@tongxin/contract/access.own'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { deliver, note, sendOrKeep } from './offline-queue.ts'

type Sent = { key: string | undefined; code: string }
let sent: Sent[] = []
let answer: (act: Sent) => Response | null
beforeEach(() => {
  sent = []
  vi.stubGlobal('fetch', async (_url: string, init: { headers: Record<string, string>; body: string }) => {
    const act = { key: init.headers['Idempotency-Key'], code: (JSON.parse(init.body) as { code: string }).code }
    const reply = answer(act)
    if (!reply) throw new TypeError('fetch failed')
    sent.push(act)
    return reply
  })
})
afterEach(() => vi.unstubAllGlobals())

const accepted = () => new Response(JSON.stringify({ place: 14 }), { headers: { 'content-type': 'application/json' } })
const refused = (status: number, code: string) =>
  new Response(JSON.stringify({ code }), { status, headers: { 'content-type': 'application/problem+json' } })
const told = (personId: string) => ({ personId, label: '签到', now: new Date('2026-11-22T11:02:00Z') })

it('throws a refusal at once instead of keeping it', async () => {
  answer = () => refused(409, 'meetings.closed')
  await expect(sendOrKeep(checkIn, { body: { code: '1' } }, told('refused'))).rejects.toMatchObject({
    code: 'meetings.closed',
  })
  answer = accepted
  expect(await deliver('refused')).toBe(0)
})

it('keeps what got no answer and delivers it later, in order, under the first keys', async () => {
  answer = () => null
  for (const code of ['111111', '222222', '333333']) {
    await expect(
      sendOrKeep(checkIn, { body: { code }, idempotencyKey: `key-${code}` }, told('ordered')),
    ).resolves.toEqual({ state: 'kept' })
  }
  answer = accepted
  expect(await deliver('ordered')).toBe(3)
  expect(sent).toEqual(['111111', '222222', '333333'].map((code) => ({ key: `key-${code}`, code })))
  expect(await deliver('ordered')).toBe(0)
})

it('notes the same key once', async () => {
  const act = {
    key: 'twice',
    personId: 'once',
    endpoint: checkIn,
    input: { body: { code: '1' } },
    label: '签到',
    notedAt: '2026-11-22T11:02:00Z',
  }
  await note({ ...act, endpoint: { method: 'POST', path: '/check-ins' } })
  await note({ ...act, endpoint: { method: 'POST', path: '/check-ins' } })
  answer = accepted
  expect(await deliver('once')).toBe(1)
})

it('stops at the first act that cannot be delivered now, and goes on from there', async () => {
  answer = () => null
  await sendOrKeep(checkIn, { body: { code: '1' } }, told('stopped'))
  await sendOrKeep(checkIn, { body: { code: '2' } }, told('stopped'))
  answer = () => refused(503, 'request.overloaded')
  expect(await deliver('stopped')).toBe(0)
  expect(sent).toHaveLength(1)
  answer = accepted
  sent = []
  expect(await deliver('stopped')).toBe(2)
  expect(sent.map((act) => act.code)).toEqual(['1', '2'])
})

it('sets a refused act aside, so that the next ones still arrive', async () => {
  answer = () => null
  await sendOrKeep(checkIn, { body: { code: 'old' } }, told('aside'))
  await sendOrKeep(checkIn, { body: { code: 'new' } }, told('aside'))
  answer = (act) => (act.code === 'old' ? refused(409, 'meetings.closed') : accepted())
  expect(await deliver('aside')).toBe(1)
  sent = []
  expect(await deliver('aside')).toBe(0)
  expect(sent).toEqual([])
})

it("never delivers one person's acts under another's session", async () => {
  answer = () => null
  await sendOrKeep(checkIn, { body: { code: '1' } }, told('first person'))
  answer = accepted
  expect(await deliver('second person')).toBe(0)
  expect(sent).toEqual([])
})

it('delivers what waits before a new act', async () => {
  answer = () => null
  await sendOrKeep(checkIn, { body: { code: 'earlier' } }, told('before'))
  answer = accepted
  const outcome = await sendOrKeep(checkIn, { body: { code: 'later' } }, told('before'))
  expect(outcome).toEqual({ state: 'done', reply: { place: 14 } })
  expect(sent.map((act) => act.code)).toEqual(['earlier', 'later'])
})
