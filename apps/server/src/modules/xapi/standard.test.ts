import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import {
  about,
  attached,
  MIXED,
  multipart,
  type Program,
  programOf,
  statementOf,
  VERBS,
} from '../../test/xapi-program.ts'

let f: Fixture
let desk: Client
let program: Program

beforeAll(async () => {
  f = await openFixture()
  desk = await f.signIn('committee_admin', 'committee')
  program = await programOf(f, desk)
})

type List = { statements: { id: string }[]; more: string }
const ids = async (query: string, by: Program = program) =>
  (await by.send<List>('GET', `statements?${query}`)).body.statements.map(({ id }) => id)

describe('a key', () => {
  it('is asked for with every request, and opens nothing from the moment it is ended', async () => {
    const nobody = { authorization: undefined }
    expect(await program.send('POST', 'statements', statementOf(), nobody)).toMatchObject({
      status: 401,
      body: { code: 'request.signed_out' },
      headers: { 'www-authenticate': expect.stringContaining('Basic') },
    })
    // A page would be asked for a name by its browser.
    const page = await program.send('GET', 'statements', undefined, { ...nobody, 'sec-fetch-mode': 'cors' })
    expect(page.headers['www-authenticate']).toBeUndefined()
    const other = Buffer.from(`${program.key}:${'x'.repeat(43)}`).toString('base64')
    expect((await program.send('GET', 'statements', undefined, { authorization: `Basic ${other}` })).status).toBe(401)
    const short = await programOf(f, desk)
    expect((await short.send('POST', 'statements', statementOf())).status).toBe(200)
    await desk.send('POST', `/xapi/credentials/${short.id}/end`, { reason: '合同到期' })
    expect((await short.send('POST', 'statements', statementOf())).status).toBe(401)
    expect((await short.send('GET', 'statements')).status).toBe(401)
  })

  it('does what its rights say, reads its own organisation, and no other tenant', async () => {
    const reader = await programOf(f, desk, ['statements/read/mine'])
    expect(await reader.send('POST', 'statements', statementOf())).toMatchObject({
      status: 403,
      body: { code: 'xapi.not_allowed', detail: { needed: 'statements/write' } },
    })
    const kept = statementOf()
    await program.send('PUT', `statements?statementId=${kept.id}`, kept)
    expect((await reader.send('GET', `statements?statementId=${kept.id}`)).status).toBe(404)
    const branch = await programOf(f, await f.signIn('party_worker', 'students'))
    expect((await branch.send('GET', `statements?statementId=${kept.id}`)).status).toBe(404)
    const below = statementOf()
    await branch.send('PUT', `statements?statementId=${below.id}`, below)
    expect((await program.send('GET', `statements?statementId=${below.id}`)).status).toBe(200)
  })

  it('is limited: by its requests in a minute, and by wrong secrets from one address', async () => {
    const slow = await programOf(f, desk, ['statements/read/mine'], { mostPerMinute: 1 })
    expect((await slow.send('GET', 'statements')).status).toBe(200)
    expect(await slow.send('GET', 'statements')).toMatchObject({
      status: 429,
      body: { code: 'xapi.rate', detail: { most: 1 } },
      headers: { 'retry-after': '60' },
    })
    const guess = {
      method: 'GET' as const,
      url: '/xapi/statements',
      headers: { authorization: 'Basic eDp5', 'x-experience-api-version': '2.0.0' },
      remoteAddress: '192.0.2.9',
    }
    for (let tries = 0; tries < 100; tries += 1) await f.app.http.inject(guess)
    expect((await f.app.http.inject(guess)).json()).toMatchObject({ code: 'xapi.too_many_wrong' })
  })
})

describe('statements', () => {
  it('are refused at the place that is wrong, and with an unknown version or address', async () => {
    const wrong = async (statement: object, field: string, code: string) =>
      expect((await program.send('POST', 'statements', [statementOf(), statement])).body).toMatchObject({
        code: 'request.malformed',
        fields: [{ field: `/body/1${field}`, code: `field.${code}` }],
      })
    await wrong(statementOf({ actor: { mbox: 'mailto:a@b.cn', openid: 'https://b.cn/a' } }), '/actor', 'missing')
    await wrong(statementOf({ verb: { id: 'completed' } }), '/verb/id', 'wrong_format')
    await wrong(statementOf({ result: { score: { scaled: 1.2 } } }), '/result/score/scaled', 'too_large')
    await wrong(statementOf({ context: { team: { mbox: 'mailto:a@b.cn' } } }), '/context/team/objectType', 'missing')
    await wrong(statementOf({ timestamp: '2026-11-02T01:00:00-00:00' }), '/timestamp', 'wrong_format')
    await wrong(statementOf({ surprise: 1 }), '/surprise', 'unknown')
    const [broken, version] = [{ 'x-experience-api-version': '0.9' }, { 'x-experience-api-version': undefined }]
    expect((await program.send('GET', 'statements', undefined, broken)).body).toMatchObject({
      code: 'xapi.version_unknown',
    })
    expect((await program.send('GET', 'statements', undefined, version)).status).toBe(400)
    expect((await program.send('GET', 'about', undefined, version)).status).toBe(200)
    expect((await program.send('GET', 'nothing')).body).toMatchObject({ code: 'xapi.no_such_place' })
    expect((await program.send('DELETE', 'statements')).body).toMatchObject({ code: 'xapi.no_such_place' })
  })

  it('are kept once: the same again is well, another under the same id is not', async () => {
    const one = statementOf()
    const put = (body: object) => program.send('PUT', `statements?statementId=${one.id}`, body)
    const answers = await Promise.all(Array.from({ length: 20 }, () => put(one)))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(204))
    expect(await put({ ...one, result: { success: false } })).toMatchObject({
      status: 409,
      body: { code: 'xapi.other_statement', detail: { id: one.id } },
    })
    const rows = await f.admin
      .selectFrom('xapi_statement')
      .select('id')
      .where('tenant_id', '=', f.tenantId)
      .where('id', '=', one.id)
      .execute()
    expect(rows).toHaveLength(1)
    // All of a request or nothing of it.
    const fresh = statementOf()
    const both = await program.send('POST', 'statements', [fresh, { ...one, result: { success: true } }])
    expect(both.status).toBe(409)
    expect((await program.send('GET', `statements?statementId=${fresh.id}`)).status).toBe(404)
  })

  it('are written in groups when many come at once, each answered with its own ids', async () => {
    const many = Array.from({ length: 200 }, () => statementOf())
    const answers = await Promise.all(many.map((one) => program.send<string[]>('POST', 'statements', one)))
    expect(answers.map(({ body }) => body[0])).toEqual(many.map(({ id }) => id))
    const { writes } = await f.admin
      .selectFrom('xapi_statement')
      .select(sql<number>`count(distinct xmin::text)`.as('writes'))
      .where('tenant_id', '=', f.tenantId)
      .where(
        'id',
        'in',
        many.map(({ id }) => id),
      )
      .executeTakeFirstOrThrow()
    expect(writes).toBeLessThan(many.length)
  })

  it('are voided by whoever told them, and by nobody else', async () => {
    const target = statementOf()
    await program.send('POST', 'statements', target)
    const voiding = { verb: { id: `${VERBS}voided` }, object: { objectType: 'StatementRef', id: target.id } }
    const stranger = await programOf(f, desk)
    expect(await stranger.send('POST', 'statements', statementOf(voiding))).toMatchObject({
      status: 403,
      body: { code: 'xapi.not_own' },
    })
    expect((await program.send('POST', 'statements', statementOf(voiding))).status).toBe(200)
    expect((await program.send('GET', `statements?statementId=${target.id}`)).status).toBe(404)
    expect((await program.send('GET', `statements?voidedStatementId=${target.id}`)).status).toBe(200)
    // Also when it comes before what it voids.
    const late = statementOf()
    await program.send('POST', 'statements', statementOf({ ...voiding, object: { ...voiding.object, id: late.id } }))
    await program.send('POST', 'statements', late)
    expect((await program.send('GET', `statements?statementId=${late.id}`)).status).toBe(404)
    const both = statementOf()
    const early = statementOf({ ...voiding, object: { ...voiding.object, id: both.id } })
    expect((await program.send('POST', 'statements', [early, both])).status).toBe(200)
    expect((await program.send('GET', `statements?statementId=${both.id}`)).status).toBe(404)
  })

  it('are found by each filter, through references, and page by page without a gap', async () => {
    const by = await programOf(f, desk, ['statements/write', 'statements/read/mine'])
    const registration = randomUUID()
    const agent = { mbox: 'mailto:daming@example.org' }
    const [first, second, third] = [
      statementOf({ actor: agent, context: { registration } }),
      statementOf({ object: { objectType: 'Agent', ...agent }, context: { instructor: { openid: 'https://t.cn/1' } } }),
      statementOf({ context: { contextActivities: { parent: { id: 'https://course.example.org/all' } } } }),
    ] as const
    const reference = statementOf({ object: { objectType: 'StatementRef', id: first.id } })
    for (const one of [first, second, third, reference]) await by.send('POST', 'statements', one)
    expect(await ids(`agent=${about(agent)}`, by)).toEqual([reference.id, second.id, first.id])
    expect(await ids(`registration=${registration}`, by)).toEqual([reference.id, first.id])
    expect(await ids(`agent=${about({ openid: 'https://t.cn/1' })}`, by)).toEqual([])
    expect(await ids(`agent=${about({ openid: 'https://t.cn/1' })}&related_agents=true`, by)).toEqual([second.id])
    const course = encodeURIComponent('https://course.example.org/all')
    expect(await ids(`activity=${course}`, by)).toEqual([])
    expect(await ids(`activity=${course}&related_activities=true&ascending=true`, by)).toEqual([third.id])
    const page = (await by.send<List>('GET', 'statements?limit=3&ascending=true')).body
    const rest = (await by.send<List>('GET', page.more.slice('/xapi/'.length))).body
    expect([...page.statements, ...rest.statements].map(({ id }) => id)).toEqual(
      [first, second, third, reference].map(({ id }) => id),
    )
    expect(rest.more).toBe('')
    expect(await ids(`since=${NOW.toISOString()}`, by)).toEqual([])
  })
})

describe('attachments', () => {
  it('travel with the statement that announces them and come back byte by byte', async () => {
    const bytes = Buffer.from([0, 13, 10, 45, 45, 98, 255])
    const facts = attached(bytes)
    const statement = statementOf({ attachments: [facts] })
    expect((await program.send('POST', 'statements', statement)).body).toMatchObject({
      code: 'xapi.attachment_missing',
    })
    const plain = multipart(statementOf(), bytes, facts.sha2)
    expect((await program.send('POST', 'statements', plain, MIXED)).body).toMatchObject({
      code: 'xapi.attachment_unknown',
    })
    const forged = multipart(statement, Buffer.from('other'), facts.sha2)
    expect((await program.send('POST', 'statements', forged, MIXED)).status).toBe(400)
    expect((await program.send('POST', 'statements', multipart(statement, bytes, facts.sha2), MIXED)).status).toBe(200)
    const { headers, rawPayload } = await f.app.http.inject({
      url: `/xapi/statements?statementId=${statement.id}&attachments=true`,
      headers: {
        authorization: `Basic ${Buffer.from(`${program.key}:${program.secret}`).toString('base64')}`,
        'x-experience-api-version': '1.0.3',
      },
    })
    expect(headers['content-type']).toMatch(/^multipart\/mixed; boundary=/)
    expect(rawPayload.includes(bytes)).toBe(true)
  })

  it('sign a statement only when they say the same as it does', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const signed = (statement: object, alg = 'RS256') => {
      const text = `${part({ alg })}.${part(statement)}`
      return Buffer.from(`${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`)
    }
    const send = async (bytes: Buffer, statement: object) => {
      const facts = attached(bytes, { usageType: 'http://adlnet.gov/expapi/attachments/signature' })
      const whole = { ...statement, attachments: [facts] }
      return (await program.send('POST', 'statements', multipart(whole, bytes, facts.sha2), MIXED)).status
    }
    const statement = statementOf()
    expect(await send(signed({ ...statement, result: { success: true } }), statement)).toBe(400)
    expect(await send(signed(statement, 'none'), statement)).toBe(400)
    expect(await send(signed(statement), statement)).toBe(200)
  })
})

describe('documents', () => {
  const place = (kind: string) =>
    `${kind}&activityId=${encodeURIComponent('https://course.example.org/1')}&agent=${about({ mbox: 'mailto:a@b.cn' })}`

  it('are replaced only by whoever has seen them, and merged member by member', async () => {
    const profile = `agents/profile?profileId=p1&agent=${about({ mbox: 'mailto:a@b.cn' })}`
    const kept = await program.send('PUT', profile, { level: 1 }, { 'if-none-match': '*' })
    expect(kept.status).toBe(204)
    expect((await program.send('PUT', profile, { level: 2 })).body).toMatchObject({ code: 'xapi.condition_missing' })
    const stale = { 'if-match': '"0000"' }
    expect(await program.send('PUT', profile, { level: 2 }, stale)).toMatchObject({
      status: 412,
      body: { code: 'xapi.condition_failed' },
    })
    expect((await program.send('POST', profile, { name: '小明' })).status).toBe(204)
    const read = await program.send('GET', profile)
    expect(read.body).toEqual({ level: 1, name: '小明' })
    expect(
      (
        await program.send('PUT', profile, '文字', {
          'content-type': 'text/plain',
          'if-match': String(read.headers.etag),
        })
      ).status,
    ).toBe(204)
    expect((await program.send('POST', profile, { level: 3 })).body).toMatchObject({
      code: 'xapi.document_not_mergeable',
    })
  })

  it('of a state lie by registration and go together when no name is said', async () => {
    const registration = randomUUID()
    const state = place('activities/state?stateId=s1')
    await program.send('PUT', state, { page: 1 })
    await program.send('PUT', `${state}&registration=${registration}`, { page: 2 })
    expect((await program.send('GET', state)).body).toEqual({ page: 1 })
    const all = place('activities/state?since=2020-01-01T00:00:00Z')
    expect((await program.send('GET', `${all}&registration=${registration}`)).body).toEqual(['s1'])
    const whole = place(`activities/state?registration=${registration}`)
    expect((await program.send('DELETE', whole)).status).toBe(204)
    expect((await program.send('GET', `${state}&registration=${registration}`)).status).toBe(404)
    expect((await program.send('GET', state)).body).toEqual({ page: 1 })
  })
})
