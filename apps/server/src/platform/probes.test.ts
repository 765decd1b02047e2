import { type FastifyInstance, fastify } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Fixture, openFixture } from '../test/fixture.ts'
import { openPlatform, type Platform } from './platform.ts'
import { mountProbes } from './probes.ts'
import { answerErrors } from './problem.ts'

const TOKEN = 'a-token-of-at-least-thirty-two-characters'
let f: Fixture
let app: FastifyInstance
let isClosing = false

const probed = async (platform: Platform, metricsToken: string | null) => {
  const http = fastify()
  answerErrors(http)
  mountProbes(http, platform, { metricsToken, isClosing: () => isClosing })
  await http.ready()
  return http
}
beforeAll(async () => {
  f = await openFixture()
  app = await probed(f.platform, TOKEN)
})
afterAll(() => app.close())

describe('/metrics', () => {
  const ask = (remoteAddress: string, headers: Record<string, string> = {}) =>
    app.inject({ url: '/metrics', remoteAddress, headers })

  it.each([
    ['from another machine', '192.0.2.7', {}],
    ['from another machine that says it is this one', '192.0.2.7', { 'x-forwarded-for': '127.0.0.1' }],
    ['through a proxy on this machine', '127.0.0.1', { 'x-forwarded-for': '192.0.2.7' }],
    ['through a proxy that follows RFC 7239', '127.0.0.1', { forwarded: 'for=192.0.2.7' }],
    ['with a wrong token', '192.0.2.7', { authorization: `Bearer ${TOKEN.slice(0, -1)}x` }],
    ['with a part of the token', '192.0.2.7', { authorization: 'Bearer a' }],
    ['with a wrong token on this machine', '127.0.0.1', { authorization: 'Bearer x' }],
    ['with an empty token', '192.0.2.7', { authorization: 'Bearer ' }],
  ] as const)('do not exist %s', async (_, address, headers) => {
    const answer = await ask(address, headers)
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toMatchObject({ code: 'request.not_found' })
  })
  it('do not exist for any token where none is set', async () => {
    const bare = await probed(f.platform, null)
    for (const authorization of ['Bearer null', 'Bearer undefined', `Bearer ${TOKEN}`])
      expect(
        (await bare.inject({ url: '/metrics', remoteAddress: '192.0.2.7', headers: { authorization } })).statusCode,
      ).toBe(404)
    await bare.close()
  })
  it('do not count who casts: how many did, and when, nobody is told before the count', async () => {
    const http = fastify()
    mountProbes(http, f.platform, { metricsToken: TOKEN, isClosing: () => false })
    http.post('/api/v1/cast/ballots', async () => ({}))
    await http.inject({ method: 'POST', url: '/api/v1/cast/ballots' })
    await http.inject({ method: 'POST', url: '/api/v1/cast/ballots?again' })
    const { body } = await http.inject({ url: '/metrics', remoteAddress: '127.0.0.1' })
    expect(body).not.toContain('cast')
    await http.close()
  })
  it('are shown on this machine, and with the token from anywhere; routes by pattern, never by address', async () => {
    await app.inject('/healthz?secret=110101199003074514')
    for (const answer of [
      await ask('127.0.0.1'),
      await ask('::1'),
      await ask('192.0.2.7', { authorization: `Bearer ${TOKEN}` }),
    ]) {
      expect(answer.statusCode).toBe(200)
      expect(answer.body).toContain('tongxin_request_seconds_bucket')
      expect(answer.body).toContain('route="/healthz"')
      expect(answer.body).not.toContain('110101')
    }
  })
})

describe('/readyz', () => {
  it('says 503 while closing, and 503 when the database is away, while the process lives', async () => {
    isClosing = true
    const closing = await app.inject('/readyz')
    isClosing = false
    expect([closing.statusCode, closing.headers['retry-after'], closing.json()]).toEqual([
      503,
      '5',
      { status: 'closing' },
    ])
    const nowhere = openPlatform({
      appUrl: 'postgres://tongxin_app@127.0.0.1:1/none',
      log: f.platform.log,
      vault: f.platform.vault,
      sessions: {
        preamble: () => [],
        actorOf: () => null,
        stampOf: () => '',
        stamping: () => ({ name: '', text: '', values: [] }),
        stampsOf: () => new Map(),
        touch: async () => {},
      },
      publicOrigin: 'http://127.0.0.1:8080',
      dataDir: f.platform.dataDir,
    })
    const http = await probed(nowhere, null)
    const away = await http.inject('/readyz')
    expect([away.statusCode, away.headers['retry-after']]).toEqual([503, '1'])
    expect((await http.inject('/healthz')).json()).toEqual({ status: 'alive' })
    await http.close()
    await nowhere.pool.end()
  })
  it('says ready when both are there', async () => {
    expect((await app.inject('/readyz')).json()).toEqual({ status: 'ready' })
  })
})
