import 'fake-indexeddb/auto'
import type { Message } from '@tongxin/contract/conversations.words'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { merged } from './conversations.api.ts'
import { database } from './kept.ts'
import { deliver, put } from './outbox.ts'

type Sent = { readonly id: string; readonly text: string }
const ME = 'me'
let server: Map<string, Sent>
/** What the line does with a request: it arrives or not, and its answer comes back or not. */
let line: (turn: number) => 'cut' | 'no answer' | 'whole' | 'refused'
let turns = 0
let confirmed: string[]

beforeEach(async () => {
  server = new Map()
  confirmed = []
  turns = 0
  await (await database()).clear('said')
  vi.stubGlobal('fetch', async (_url: string, init: { body: string }) => {
    const said = JSON.parse(init.body) as Sent
    turns += 1
    const how = line(turns)
    if (how === 'cut') throw new TypeError('fetch failed')
    if (how === 'refused')
      return new Response(JSON.stringify({ code: 'conversations.silenced' }), {
        status: 403,
        headers: { 'content-type': 'application/problem+json' },
      })
    // The server says a message once, by its id.
    if (!server.has(said.id)) server.set(said.id, said)
    if (how === 'no answer') throw new TypeError('fetch failed')
    return new Response(JSON.stringify({ id: said.id, seq: server.size }), {
      headers: { 'content-type': 'application/json' },
    })
  })
})
afterEach(() => vi.unstubAllGlobals())

const say = (text: string, personId = ME) =>
  put({
    id: crypto.randomUUID(),
    personId,
    conversationId: 'talk',
    at: '2026-11-02T01:00:00Z',
    file: null,
    body: { kind: 'text', text },
  })
const send = () => deliver(ME, (_, { id }) => confirmed.push(id))
const waiting = async () => (await (await database()).getAll('said')).map(({ body }) => body.text)

it('loses nothing and doubles nothing while the line breaks before and after the server has it', async () => {
  for (const text of ['一', '二', '三', '四']) await say(text)
  line = (turn) => (['cut', 'whole', 'no answer', 'cut'] as const)[turn - 1] ?? 'whole'
  for (let attempt = 0; attempt < 4; attempt += 1) await send()
  expect([...server.values()].map(({ text }) => text)).toEqual(['一', '二', '三', '四'])
  expect(await waiting()).toEqual([])
  expect(confirmed).toHaveLength(4)
})

it('keeps what is refused with its reason, sends the rest, and nothing of another person', async () => {
  await say('别人的', 'somebody else')
  await say('不行')
  await say('可以')
  line = (turn) => (turn === 1 ? 'refused' : 'whole')
  await send()
  expect([...server.values()].map(({ text }) => text)).toEqual(['可以'])
  const left = await (await database()).getAll('said')
  expect(left.map(({ body, refusedWith }) => [body.text, refusedWith])).toEqual([
    ['别人的', null],
    ['不行', 'conversations.silenced'],
  ])
})

it('puts pages together by the number of the server, each message once', () => {
  const at = (seq: number, text: string) => ({ seq, text }) as Message
  const rows = merged([at(1, 'a'), at(3, 'c')], [at(3, '撤回'), at(2, 'b')])
  expect(rows.map(({ seq, text }) => `${seq}${text}`)).toEqual(['1a', '2b', '3撤回'])
})
