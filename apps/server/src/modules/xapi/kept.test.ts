import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { about, attached, MIXED, multipart, type Program, programOf, statementOf } from '../../test/xapi-program.ts'
import { demandBounded, piecesOf } from './service/export.ts'

let f: Fixture
let desk: Client
const MB = 1024 * 1024

beforeAll(async () => {
  f = await openFixture()
  desk = await f.signIn('committee_admin', 'committee')
  const limit = { orgId: f.orgs.retired.id, code: 'xapi.most_megabytes', value: 1, reason: '按规定试行' }
  const answer = await desk.send('POST', '/settings', { ...limit, effectiveFrom: '2026-11-02' })
  expect(answer.status).toBe(200)
})

const sends = (by: Program, statement: object, bytes: Buffer) =>
  by.send('POST', 'statements', multipart(statement, bytes, attached(bytes).sha2), MIXED)
const reads = async (by: Program, id: string) =>
  String((await by.send('GET', `statements?statementId=${id}&attachments=true`)).body)

describe('the bytes of an attachment', () => {
  const secret = Buffer.from('身份证复印件')
  const brings = () => statementOf({ attachments: [attached(secret)] })

  it('are not given to whoever knows their sum and says that they lie elsewhere', async () => {
    const owner = await programOf(f, await f.signIn('party_worker', 'students'))
    const own = brings()
    expect((await sends(owner, own, secret)).status).toBe(200)
    const other = await programOf(f, await f.signIn('party_worker', 'teachers'))
    const claims = statementOf({ attachments: [attached(secret, { fileUrl: 'https://example.org/a' })] })
    expect((await other.send('POST', 'statements', claims)).status).toBe(200)
    expect(await reads(other, claims.id)).not.toContain(secret.toString())
    expect(await reads(owner, own.id)).toContain(secret.toString())
    // Whoever has the bytes has no need of the other's: they come back with what was told with them.
    const again = brings()
    expect((await sends(other, again, secret)).status).toBe(200)
    expect(await reads(other, again.id)).toContain(secret.toString())
    expect(await reads(other, claims.id)).not.toContain(secret.toString())
  })

  it('are not hung on a statement of somebody else by telling it again', async () => {
    const teller = await programOf(f, desk)
    const told = statementOf({ attachments: [attached(secret, { fileUrl: 'https://example.org/a' })] })
    await teller.send('POST', 'statements', told)
    const other = await programOf(f, desk)
    expect((await sends(other, told, secret)).status).toBe(200)
    expect(await reads(teller, told.id)).not.toContain(secret.toString())
  })
})

describe('what one key keeps', () => {
  const state = (name: string) =>
    `activities/state?stateId=${name}&activityId=${encodeURIComponent('https://x.cn/1')}&agent=${about({ mbox: 'mailto:a@b.cn' })}`
  const full = { status: 413, body: { code: 'xapi.quota_full', detail: { most: 1 } } }

  it('is bounded: statements, attachments and documents together, whatever a program sends', async () => {
    const branch = await f.signIn('party_worker', 'retired')
    const by = await programOf(f, branch)
    const half = Buffer.alloc(MB / 2, 'a')
    const first = statementOf({ attachments: [attached(half)] })
    expect((await sends(by, first, half)).status).toBe(200)
    const type = { 'content-type': 'text/plain' }
    expect((await by.send('PUT', state('s1'), 'b'.repeat(MB / 4), type)).status).toBe(204)
    const tooMuch = 'c'.repeat(MB / 2)
    expect(await by.send('PUT', state('s2'), tooMuch, type)).toMatchObject(full)
    expect((await by.send('GET', state('s2'))).status).toBe(404)
    const large = statementOf({ attachments: [attached(Buffer.alloc(MB / 2, 'd'))] })
    expect(await sends(by, large, Buffer.alloc(MB / 2, 'd'))).toMatchObject(full)
    // The same again is well, and a short one still fits.
    expect((await sends(by, first, half)).status).toBe(200)
    expect((await by.send('POST', 'statements', statementOf())).status).toBe(200)
    const { rows } = (
      await branch.send<{ rows: { id: string; usedBytes: number; mostBytes: number }[] }>('GET', '/xapi/credentials')
    ).body
    const shown = rows.find(({ id }) => id === by.id)
    expect(shown).toMatchObject({ mostBytes: MB })
    expect(shown?.usedBytes).toBeGreaterThan(0.75 * MB)
    expect(shown?.usedBytes).toBeLessThan(0.8 * MB)
  })

  it('is counted down when documents shrink, go or are written over by another key', async () => {
    const branch = await f.signIn('party_worker', 'retired')
    const [by, other] = [await programOf(f, branch), await programOf(f, branch)]
    const type = { 'content-type': 'text/plain', 'if-match': '*' }
    const fresh = { 'content-type': 'text/plain', 'if-none-match': '*' }
    const nearlyAll = 'a'.repeat(0.9 * MB)
    expect((await by.send('PUT', state('d1'), nearlyAll, fresh)).status).toBe(204)
    expect(await by.send('PUT', state('d2'), nearlyAll, fresh)).toMatchObject(full)
    expect((await by.send('PUT', state('d1'), 'short', type)).status).toBe(204)
    expect((await by.send('PUT', state('d2'), nearlyAll, fresh)).status).toBe(204)
    expect((await other.send('PUT', state('d2'), 'short', type)).status).toBe(204)
    expect((await by.send('PUT', state('d3'), nearlyAll, fresh)).status).toBe(204)
    const all = state('d3').replace('stateId=d3&', '')
    expect((await by.send('DELETE', all)).status).toBe(204)
    const left = await sql<{ bytes: number }>`select sum(bytes)::int as bytes from xapi_usage
      where credential_id in (${by.id}, ${other.id})`.execute(f.admin)
    expect(left.rows).toEqual([{ bytes: 0 }])
  })

  it('counts also the documents that were there before anything was counted', async () => {
    const branch = await f.signIn('party_worker', 'retired')
    const by = await programOf(f, branch)
    const fresh = { 'content-type': 'text/plain', 'if-none-match': '*' }
    const registration = crypto.randomUUID()
    const path = `${state('old')}&registration=${registration}`
    expect((await by.send('PUT', path, 'a'.repeat(0.9 * MB), fresh)).status).toBe(204)
    const told = { ...statementOf(), context: { registration } }
    expect((await by.send('POST', 'statements', told)).status).toBe(200)
    await sql`update xapi_document set credential_id = null where credential_id = ${by.id}`.execute(f.admin)
    await sql`delete from xapi_usage where credential_id = ${by.id}`.execute(f.admin)
    const migration = join(import.meta.dirname, '../../../db/migrations/20261201_0200_xapi_counted.sql')
    await sql.raw(readFileSync(migration, 'utf8')).execute(f.admin)
    expect(await by.send('PUT', state('new'), 'b'.repeat(0.2 * MB), fresh)).toMatchObject(full)
  })
})

describe('the file of all records', () => {
  it('is read in pieces, none longer than four megabytes unless one statement is', () => {
    const counted = [3, 2, 2, 9, 1].map((size, at) => ({ seq: String(at), bytes: size * MB }))
    expect(piecesOf(counted)).toEqual([['0'], ['1', '2'], ['3'], ['4']])
    const many = Array.from({ length: 2500 }, (_, at) => ({ seq: String(at), bytes: 10 }))
    expect(piecesOf(many).map(({ length }) => length)).toEqual([1000, 1000, 500])
  })

  it('is sent as it is read, and is the one whose sum stands in the trail', async () => {
    const long = () => statementOf({ result: { response: 'x'.repeat(100_000) } })
    const told = Array.from({ length: 9 }, long)
    const wide = await programOf(f, desk)
    expect((await wide.send('POST', 'statements', told)).status).toBe(200)
    const { statusCode, headers, rawPayload } = await f.app.http.inject({
      method: 'POST',
      url: '/api/v1/xapi/statements/export',
      headers: { cookie: desk.cookie },
      payload: { purpose: '归档' },
    })
    expect(statusCode).toBe(200)
    expect(headers['content-length']).toBeUndefined()
    const ids = (JSON.parse(rawPayload.toString()) as { id: string }[]).map(({ id }) => id)
    for (const { id } of told) expect(ids).toContain(id)
    const event = await f.admin
      .selectFrom('platform_event')
      .select('payload')
      .where('type', '=', 'xapi.exported')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    const sha256 = createHash('sha256').update(rawPayload).digest('hex')
    expect(event.payload).toEqual({ rows: ids.length, sha256 })
  })

  it('is refused when it would be longer than half a gigabyte', () => {
    const counted = Array.from({ length: 513 }, (_, at) => ({ seq: String(at), bytes: MB }))
    expect(() => demandBounded(counted.slice(1))).not.toThrow()
    expect(() => demandBounded(counted)).toThrow('xapi.too_many_bytes')
  })
})
