import { HTTP_STATUS, Refusal, requestRefusals } from '@tongxin/contract'
import { type FastifyInstance, fastify } from 'fastify'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerErrors, isDatabaseAway } from './problem.ts'
import { useValidators } from './validation.ts'

const SECRET = '110101199003074514'
const thrown: Record<string, () => unknown> = {
  bug: () => new TypeError(`cannot read ${SECRET}`),
  database: () =>
    Object.assign(new Error(`Key (phone)=(${SECRET}) already exists`), {
      code: '23505',
      routine: '_bt_check_unique',
      detail: SECRET,
    }),
  text: () => SECRET,
  status: () => Object.assign(new Error(SECRET), { statusCode: 400 }),
  serverStatus: () => Object.assign(new Error(SECRET), { statusCode: 502 }),
  away: () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
  stopping: () => Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' }),
  timeout: () => new Error('timeout exceeded when trying to connect'),
  refusal: () => requestRefusals.version_stale({ version: 7 }),
  unstorable: () => Object.assign(new Error('invalid byte sequence'), { code: '22021' }),
  limited: () => requestRefusals.too_many({ retryAfter: 40 }),
}

let app: FastifyInstance
let logged: string
beforeAll(async () => {
  app = fastify({
    logger: {
      level: 'error',
      stream: {
        write: (line: string) => {
          logged += line
        },
      },
    },
  })
  answerErrors(app)
  useValidators(app)
  app.get('/throw/:what', (request) => {
    throw (thrown[(request.params as { what: string }).what] as () => unknown)()
  })
  const body = Type.Object(
    { name: Type.String({ minLength: 2 }), age: Type.Integer({ maximum: 150 }) },
    { additionalProperties: false },
  )
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, bytes, done) => done(null, bytes))
  app.post('/bytes', { bodyLimit: 20_000_000 }, () => {
    throw thrown.unstorable?.()
  })
  app.post('/take', { schema: { body }, bodyLimit: 1000 }, async () => ({}))
  await app.ready()
})
afterAll(() => app.close())

const thrownAt = async (what: string) => {
  logged = ''
  return app.inject(`/throw/${what}`)
}

describe('a bug', () => {
  it.each(['bug', 'database', 'serverStatus', 'text'])(
    'is 500 and tells nothing but the number of the request: %s',
    async (what) => {
      const answer = await thrownAt(what)
      expect(answer.statusCode).toBe(500)
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
      expect(answer.json()).toEqual({
        type: 'about:blank',
        title: 'Internal error',
        status: 500,
        code: 'request.failed',
        detail: {},
        fields: [],
        requestId: expect.any(String),
      })
      expect(logged).toContain('unexpected error')
    },
  )
  it('of the framework keeps its words to itself as well', async () => {
    const answer = await thrownAt('status')
    expect(answer.statusCode).toBe(400)
    expect(answer.body).not.toContain(SECRET)
  })
})

describe('a database that is away', () => {
  it.each(['away', 'stopping', 'timeout'])('is 503 with Retry-After: %s', async (what) => {
    const answer = await thrownAt(what)
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toBe('1')
    expect(answer.json()).toMatchObject({ code: 'request.database_away' })
  })
  it.each(['57P01', '57P03', '53300', '08006', 'ECONNRESET', '57014'])('is known by its code %s', (code) => {
    expect(isDatabaseAway(Object.assign(new Error('x'), { code }))).toBe(true)
  })
  it.each(['23505', '40001', '42501', undefined])('is not mistaken for %s', (code) => {
    expect(isDatabaseAway(Object.assign(new Error('x'), { code }))).toBe(false)
  })
})

describe('a refusal', () => {
  it('has the status of its kind, its code and its facts', async () => {
    const answer = await thrownAt('refusal')
    expect(answer.statusCode).toBe(412)
    expect(answer.json()).toMatchObject({
      type: 'urn:tongxin:refusal:request.version_stale',
      title: 'request.version_stale',
      code: 'request.version_stale',
      detail: { version: 7 },
    })
  })
  it('says when to come back where it is a matter of time', async () => {
    expect((await thrownAt('limited')).headers['retry-after']).toBe('40')
  })
  it.each(Object.entries(HTTP_STATUS))('of kind %s has the status %i', async (kind, status) => {
    thrown[kind] = () => new Refusal('request.test', kind as keyof typeof HTTP_STATUS)
    expect((await thrownAt(kind)).statusCode).toBe(status)
  })
})

describe('malformed input', () => {
  const post = (payload: string, type = 'application/json') =>
    app.inject({ method: 'POST', url: '/take', payload, headers: { 'content-type': type } })

  it('names every wrong field by pointer and code, never by a sentence or its value', async () => {
    const answer = await post(JSON.stringify({ name: 'x', age: '7', role: SECRET }))
    expect(answer.statusCode).toBe(400)
    expect(answer.json().fields).toEqual(
      expect.arrayContaining([
        { field: '/body/name', code: 'field.too_short', detail: { limit: 2 } },
        { field: '/body/age', code: 'field.wrong_type' },
        { field: '/body/role', code: 'field.unknown' },
      ]),
    )
    expect(answer.body).not.toContain(SECRET)
  })
  it.each([
    ['{"name":', 400],
    ['', 400],
    ['[]', 400],
    ['null', 400],
    ['{"__proto__":{"isAdmin":true},"name":"abc","age":3}', 400],
    ['{"constructor":{"prototype":{}},"name":"abc","age":3}', 400],
    [`{"name":"${'x'.repeat(2000)}"}`, 413],
  ])('is refused without a crash: %s', async (payload, status) => {
    const answer = await post(payload)
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  })
  it('is refused by its code when it is too large', async () => {
    expect((await post(`{"name":"${'x'.repeat(2000)}"}`)).json()).toMatchObject({ code: 'request.too_large' })
  })
  it('is refused 404 for what is not mounted', async () => {
    expect((await app.inject('/nowhere')).json()).toMatchObject({ status: 404, code: 'request.not_found' })
  })
})

describe('bytes of a program', () => {
  it('are not taken apart to find the text that no database takes', async () => {
    const before = process.memoryUsage().heapUsed
    const payload = Buffer.alloc(16_000_000)
    const type = { 'content-type': 'application/octet-stream' }
    const answer = await app.inject({ method: 'POST', url: '/bytes', payload, headers: type })
    expect(answer.json()).toMatchObject({ code: 'request.malformed', fields: [] })
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200_000_000)
  })
})
