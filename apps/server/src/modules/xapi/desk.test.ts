import { randomUUID } from 'node:crypto'
import type { XapiCredential, XapiStatementRow } from '@tongxin/contract'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { ALL_RIGHTS, type Program, programOf, statementOf, VERBS } from '../../test/xapi-program.ts'

let f: Fixture
let desk: Client
let program: Program

beforeAll(async () => {
  f = await openFixture()
  desk = await f.signIn('committee_admin', 'committee')
  program = await programOf(f, desk)
})

const KEY = { name: '网院', purpose: '接收课程记录', rights: ['statements/write'] }

describe('keys of programs', () => {
  it('are refused without permission or a fresh second factor, for others’ organisations, and in the past', async () => {
    const secretary = await f.signIn('branch_secretary', 'teachers')
    expect((await secretary.send('POST', '/xapi/credentials', KEY)).status).toBe(403)
    const late = await f.signIn('party_worker', 'faculty', { secondFactorAt: new Date('2026-11-02T00:00:00Z') })
    expect((await late.send('POST', '/xapi/credentials', KEY)).body).toMatchObject({ code: 'request.step_up_needed' })
    const worker = await f.signIn('party_worker', 'faculty')
    const send = async (more: object) => (await worker.send('POST', '/xapi/credentials', { ...KEY, ...more })).body
    expect(await send({ orgId: f.orgs.medicine.id })).toMatchObject({
      code: 'xapi.no_such_org',
      fields: [{ field: '/body/orgId' }],
    })
    expect(await send({ untilOn: '2026-11-01' })).toMatchObject({ code: 'xapi.until_past' })
    expect((await worker.send('POST', `/xapi/credentials/${program.id}/end`, { reason: '无关' })).body).toMatchObject({
      code: 'xapi.no_such_credential',
    })
  })

  it('show their secret once, keep a hash of it, and end once', async () => {
    const issued = await desk.send<{ credential: XapiCredential; secret: string; endpoint: string }>(
      'POST',
      '/xapi/credentials',
      { ...KEY, untilOn: '2026-12-31' },
    )
    const { credential, secret, endpoint } = issued.body
    expect(endpoint).toBe(`${f.platform.publicOrigin}/xapi/`)
    const { rows } = await sql<{
      text: string
    }>`select row_to_json(c)::text as text from xapi_credential c where id = ${credential.id}`.execute(f.admin)
    expect(rows[0]?.text).not.toContain(secret)
    const list = await desk.send<{ rows: XapiCredential[] }>('GET', '/xapi/credentials?state=valid&search=网院')
    expect(list.body.rows).toMatchObject([{ id: credential.id, rights: ['statements/write'], endedAt: null }])
    expect(JSON.stringify(list.body)).not.toContain(secret)
    const end = () => desk.send('POST', `/xapi/credentials/${credential.id}/end`, { reason: '合同到期' })
    expect(await end()).toMatchObject({ status: 200, body: { endReason: '合同到期' } })
    expect((await end()).body).toMatchObject({ code: 'xapi.ended_already' })
    const ended = await desk.send<{ rows: XapiCredential[] }>('GET', '/xapi/credentials?state=ended')
    expect(ended.body.rows.map(({ id }) => id)).toEqual([credential.id])
    const audit = await f.admin
      .selectFrom('platform_event')
      .select(['type', 'reason'])
      .where('subject_id', '=', credential.id)
      .orderBy('id')
      .execute()
    expect(audit).toEqual([
      { type: 'xapi.credential_issued', reason: '接收课程记录' },
      { type: 'xapi.credential_ended', reason: '合同到期' },
    ])
  })
})

describe('the browser of records', () => {
  it('shows what was told in the scope, filtered, in pages, whole, and as a file', async () => {
    const below = await programOf(f, await f.signIn('party_worker', 'students'), ALL_RIGHTS, { name: '支部程序' })
    const [one, other] = [statementOf(), statementOf({ verb: { id: `${VERBS}passed` } })]
    await program.send('POST', 'statements', one)
    await below.send('POST', 'statements', other)
    const list = async (client: Client, query = '') =>
      (await client.send<{ rows: XapiStatementRow[]; next: string | null }>('GET', `/xapi/statements?${query}`)).body
    const secretary = await f.signIn('branch_secretary', 'students')
    expect((await list(secretary)).rows).toMatchObject([
      { id: other.id, source: '支部程序', actor: 'mailto:xiaoming@example.org', object: '党史第一课', memberId: null },
    ])
    expect((await secretary.send('GET', `/xapi/statements/${one.id}`)).status).toBe(404)
    const page = await list(desk, 'limit=1')
    expect(page.rows.map(({ id }) => id)).toEqual([other.id])
    expect((await list(desk, `limit=1&cursor=${page.next}`)).rows.map(({ id }) => id)).toEqual([one.id])
    const passed = await list(desk, `verb=${encodeURIComponent(`${VERBS}passed`)}&source=outside`)
    expect(passed.rows.map(({ id }) => id)).toEqual([other.id])
    expect((await list(desk, 'source=own')).rows).toEqual([])
    const whole = await desk.send<{ statement: string }>('GET', `/xapi/statements/${one.id}`)
    expect(JSON.parse(whole.body.statement)).toMatchObject({ id: one.id, verb: one.verb })
    const nobody = await f.signIn('group_leader', 'students')
    expect((await nobody.send('POST', '/xapi/statements/export', { purpose: '归档' })).status).toBe(403)
    const file = await desk.send<{ id: string }[]>('POST', '/xapi/statements/export', { purpose: '归档' })
    expect(file.body.map(({ id }) => id)).toEqual([one.id, other.id])
  })

  it('refuses a file of more than twenty thousand records', async () => {
    await sql`insert into xapi_statement (tenant_id, id, seq, stored, org_path, actor_key, verb_key, digest, raw)
      select ${f.tenantId}::uuid, gen_random_uuid(), gen_random_uuid(), now(), 'r00.003', ${randomUUID()}::uuid,
        ${randomUUID()}::uuid, gen_random_uuid(), '{}' from generate_series(1, 20001)`.execute(f.admin)
    const retired = await f.signIn('party_worker', 'retired')
    expect((await retired.send('POST', '/xapi/statements/export', { purpose: '归档' })).body).toMatchObject({
      code: 'xapi.too_many_rows',
    })
  })
})
