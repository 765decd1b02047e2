import { connect } from 'node:net'
import type { Endpoint } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { mounted } from '../platform/http.ts'
import { type Client, type Fixture, openFixture } from './fixture.ts'
import { plantSubjects, requestOf, type Subjects } from './matrix-subjects.ts'

const REQUESTS = 5000
const RAW = 300
/** The same requests in every run: a finding can be repeated. */
const SEED = 20261122

let f: Fixture
let admin: Client
let subjects: Subjects

beforeAll(async () => {
  f = await openFixture({}, { isWatched: false })
  subjects = await plantSubjects(f)
  admin = await f.signIn('committee_admin', 'committee')
}, 60_000)

/** Mulberry32: a small seeded generator; the quality of the numbers does not matter here. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** What people, browsers and attackers send: by type wrong, by size wrong, by alphabet wrong. */
// biome-ignore format: a table
const HOSTILE: readonly unknown[] = [
  null, '', ' ', '\u0000', 'a\u0000b', '\ud800', '\u202e反', '😀'.repeat(200), "'; drop table org_unit; --", '%', '_', '\\',
  '../../etc/passwd', '<script>alert(1)</script>', '=cmd|"/C calc"!A0', 'x'.repeat(20_000), -1, 0, 1.5, 1e308, 2 ** 53,
  -(2 ** 31), true, [], [[]], {}, { $ne: null }, JSON.parse('{"__proto__":{"x":1}}'), '9999-12-31', '0000-00-00',
  '2026-02-30', '2026-11-22T25:61:61Z', '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff',
]

type Asked = { method: Endpoint['method']; path: string; body?: unknown; headers: Record<string, string> }

/** A valid request of a route with one to three places replaced. */
function spoiled(endpoint: Endpoint, below: (n: number) => number): Asked {
  const { path, body } = requestOf(endpoint, subjects, below(3) > 0)
  const hostile = () => HOSTILE[below(HOSTILE.length)]
  const asked: Asked = { method: endpoint.method, path, headers: {} }
  if (endpoint.ifMatch) asked.headers['if-match'] = ['"1"', '"0"', '"999999999"', '*', 'W/"1"'][below(5)] as string
  if (below(4) === 0) asked.headers['idempotency-key'] = String(hostile() ?? 'k').replace(/[^\x20-\x7e]/g, '') || 'k'
  if (body !== undefined) asked.body = spoil(body, below, hostile)
  if (below(3) === 0) {
    const text = encodeURIComponent(wellFormed(String(hostile())))
    const words = ['limit', 'cursor', 'sort', 'search', 'orgId', 'state', 'from', 'unknown']
    asked.path += `${path.includes('?') ? '&' : '?'}${words[below(words.length)]}=${text.slice(0, 2000)}`
  }
  if (below(12) === 0)
    asked.path = asked.path.replace(
      /[^/?]+(\?|$)/,
      (_, end: string) => `${['%00', '%ff', '%2e%2e', 'a'.repeat(300)][below(4)]}${end}`,
    )
  return asked
}

const wellFormed = (text: string) => text.toWellFormed()

function spoil(value: unknown, below: (n: number) => number, hostile: () => unknown): unknown {
  if (Array.isArray(value))
    return below(4) === 0
      ? hostile()
      : [...value.map((one) => spoil(one, below, hostile)), ...(below(3) === 0 ? [hostile()] : [])]
  if (typeof value !== 'object' || value === null) return below(2) === 0 ? hostile() : value
  const entries = Object.entries(value).map(([key, one]) => [key, below(3) === 0 ? spoil(one, below, hostile) : one])
  if (below(10) === 0) entries.push(['unknown', hostile()])
  return Object.fromEntries(entries)
}

describe('fuzzed requests', () => {
  it(`answers ${REQUESTS} spoiled requests without a single internal error`, async () => {
    const below = numbers(SEED)
    // A sign-out would end the session that asks; everything else may happen.
    const routes = mounted.filter(
      ({ method, path }) => !(method === 'DELETE' && path.startsWith('/session')) && path !== '/session/post',
    )
    const wrong: string[] = []
    const statuses = new Map<number, number>()
    for (let at = 0; at < REQUESTS; at += 1) {
      const { method, path, body, headers } = spoiled(routes[below(routes.length)] as Endpoint, below)
      const payload = body === undefined ? undefined : JSON.stringify(body)
      const answer = await f.app.http.inject({
        method,
        url: `/api/v1${path}`,
        headers: {
          cookie: admin.cookie,
          ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(payload === undefined ? {} : { payload }),
      })
      statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1)
      if (answer.statusCode >= 500)
        wrong.push(`${method} ${path.slice(0, 200)} ${payload?.slice(0, 300)}: ${answer.statusCode}`)
    }
    expect(wrong).toEqual([])
    // Fuzzing that is always refused at the door tests the door only.
    expect(statuses.get(200) ?? 0).toBeGreaterThan(REQUESTS / 20)
  }, 400_000)

  it(`lives through ${RAW} connections of raw bytes and still answers`, async () => {
    const below = numbers(SEED + 1)
    const url = new URL(await f.app.http.listen({ port: 0, host: '127.0.0.1' }))
    for (let at = 0; at < RAW; at += 20) {
      await Promise.all(Array.from({ length: 20 }, () => sendRaw(Number(url.port), rawBytes(below))))
    }
    expect((await fetch(`${url.origin}/healthz`)).status).toBe(200)
    expect((await admin.send('GET', '/orgs')).status).toBe(200)
  }, 60_000)

  it('names the field with text that no database stores', async () => {
    const body = { parentId: f.orgs.faculty.id, kind: 'branch', name: 'a\u0000b', effectiveOn: '2026-10-01' }
    expect(await admin.send('POST', '/orgs', body)).toMatchObject({
      status: 400,
      body: { code: 'request.malformed', fields: [{ field: '/body/name', code: 'field.wrong_format' }] },
    })
  })
})

function rawBytes(below: (n: number) => number): Buffer {
  const noise = Buffer.from(Array.from({ length: 1 + below(600) }, () => below(256)))
  const heads = [
    'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
    'POST /api/v1/orgs HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nZZ\r\n',
    'POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"a":',
    `GET /${'a'.repeat(9000)} HTTP/1.1\r\n\r\n`,
    'GET http://[::1 HTTP/1.1\r\nHost: [\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'GET /api/v1/orgs HTTP/1.1\r\nHost: a\r\nCookie: sid=\x00\x01;;;=\r\n\r\n',
  ]
  const head = heads[below(heads.length + 2)]
  return head === undefined ? noise : Buffer.concat([Buffer.from(head, 'latin1'), noise])
}

function sendRaw(port: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes))
    socket.setTimeout(3000, () => socket.destroy())
    socket.on('error', () => socket.destroy())
    socket.on('data', () => {})
    socket.once('close', () => resolve())
  })
}
