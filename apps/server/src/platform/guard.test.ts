import { requestRefusals } from '@tongxin/contract'
import { type FastifyInstance, fastify } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guard } from './guard.ts'
import { answerErrors } from './problem.ts'

const ORIGIN = 'https://party.example.edu'
const UNSAFE = ['POST', 'PUT', 'PATCH', 'DELETE'] as const

let app: FastifyInstance
let changes: number
let release: () => void
beforeEach(async () => {
  changes = 0
  app = fastify()
  answerErrors(app)
  guard(app, { publicOrigin: ORIGIN, secure: true })
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  app.get('/slow', async () => {
    await held
    return { done: true }
  })
  app.get('/healthz', async () => ({ status: 'alive' }))
  app.route({
    method: [...UNSAFE],
    url: '/thing',
    handler: async () => {
      changes += 1
      return { changes }
    },
  })
  await app.ready()
})
afterEach(() => app.close())

describe('a write from another site', () => {
  const foreign = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `${ORIGIN}.evil.example` },
    { origin: 'http://party.example.edu' },
    { origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]
  it.each(UNSAFE.flatMap((method) => foreign.map((headers) => [method, headers] as const)))(
    'is refused before it changes anything: %s %j',
    async (method, headers) => {
      const answer = await app.inject({ method, url: '/thing', headers, payload: {} })
      expect(answer.statusCode).toBe(403)
      expect(answer.json()).toMatchObject({ code: requestRefusals.cross_site().code })
      expect(changes).toBe(0)
    },
  )
  it('is not let in by a header that overrides the method', async () => {
    const headers = { origin: 'https://evil.example', 'x-http-method-override': 'POST' }
    const answer = await app.inject({ method: 'GET', url: '/thing', headers })
    expect(answer.statusCode).toBe(404)
    expect(changes).toBe(0)
  })
})

describe('a body that a form of another site can send', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/html'])(
    'is refused: %s',
    async (type) => {
      const answer = await app.inject({
        method: 'POST',
        url: '/thing',
        headers: { origin: ORIGIN, 'content-type': type },
        payload: '{"a":1}',
      })
      expect(answer.statusCode).toBe(415)
      expect(answer.json()).toMatchObject({ code: 'request.unsupported_type' })
      expect(changes).toBe(0)
    },
  )
})

describe('a write from our own pages or from a program', () => {
  it.each([{ origin: ORIGIN, 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }, {}])(
    'is let in: %j',
    async (headers) => {
      expect((await app.inject({ method: 'POST', url: '/thing', headers, payload: {} })).statusCode).toBe(200)
    },
  )
})

describe('overload', () => {
  it('turns away what is too much, with Retry-After, and never a probe; the accepted are answered', async () => {
    const waiting = Array.from({ length: 400 }, () => app.inject('/slow').then((answer) => answer.statusCode))
    // Each has reached the guard when a probe sent after them has come back.
    await app.inject('/healthz')
    const turnedAway = await app.inject('/slow')
    expect(turnedAway.statusCode).toBe(503)
    expect(turnedAway.headers['retry-after']).toBe('1')
    expect(turnedAway.json()).toMatchObject({ code: 'request.overloaded' })
    expect((await app.inject('/healthz')).statusCode).toBe(200)
    release()
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([200]))
    expect((await app.inject('/slow')).statusCode).toBe(200)
  })
})

describe('headers', () => {
  it('stand on every answer, refusals and missing pages too', async () => {
    release()
    for (const url of ['/slow', '/nowhere'])
      expect((await app.inject(url)).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'strict-transport-security': 'max-age=31536000',
      })
  })
})
