import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type AuditRow, auditRefusals, type Page, type TrailRow } from '@tongxin/contract'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { publishAll } from '../../platform/events.ts'
import { openArchive } from '../../platform/spreadsheet/zip.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { allEvents } from './service/export-events.ts'

let f: Fixture
let auditor: Client
let committee: Client
let secretary: Client
const PURPOSE = '年度审计检查'

beforeAll(async () => {
  f = await openFixture()
  auditor = await f.signIn('audit_admin', 'committee', { name: '沈审计' })
  committee = await f.signIn('committee_admin', 'committee', { name: '党委管理' })
  secretary = await f.signIn('branch_secretary', 'teachers', { name: '周书记' })
  for (const name of ['机械学院甲党支部', '机械学院乙党支部', '机械学院丙党支部'])
    await committee.send('POST', '/orgs', {
      parentId: f.orgs.faculty.id,
      kind: 'branch',
      name,
      effectiveOn: '2026-10-01',
    })
  await tell(secretary.personId, 'members.revealed', [
    { person: committee.personId, at: NOW, payload: { memberId: uuidv7(), field: 'phone' } },
    {
      person: auditor.personId,
      at: new Date('2026-10-20T02:00:00Z'),
      payload: { memberId: uuidv7(), field: 'idNumber' },
    },
  ])
})

type Told = { person: string; at: Date; payload: { memberId: string; field: string } }
/** Reads of sensitive fields by the secretary, at the branch of the teachers. */
async function tell(actorId: string, type: 'members.revealed', facts: readonly Told[]): Promise<void> {
  await inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, async (tx) => {
    for (const { person, at, payload } of facts)
      await publishAll(tx, { tenantId: f.tenantId, now: at, actorId }, type, [
        { subject: { kind: 'member', id: payload.memberId, orgPath: f.orgs.teachers.path, personId: person }, payload },
      ])
  })
}
const search = (client: Client, filter: object = {}, page: object = {}) =>
  client.send<Page<AuditRow>>('POST', '/audit/search', { filter, ...page })
const eventsOf = (type: string) =>
  f.admin.selectFrom('platform_event').selectAll().where('type', '=', type).orderBy('id').execute()

describe('the application role', () => {
  it.each([
    'update platform_event set reason = $1',
    'delete from platform_event',
    'truncate platform_event',
    'update audit_event set reason = $1',
    'delete from audit_event',
    'alter table platform_event disable row level security',
    'drop table platform_event',
  ])('is refused: %s', async (statement) => {
    const before = await f.admin.selectFrom('platform_event').select('id').execute()
    const client = await f.platform.pool.connect()
    // Not through the tenant guard of the tests: what the database itself says is the question.
    const answer = await Object.getPrototypeOf(client)
      .query.call(client, statement, statement.includes('$1') ? ['x'] : [])
      .then(
        () => 'done',
        (error: { code: string }) => error.code,
      )
    client.release()
    expect(answer).toBe('42501')
    expect(await f.admin.selectFrom('platform_event').select('id').execute()).toHaveLength(before.length)
  })
})

describe('POST /audit/search', () => {
  it('refuses the signed out, and every post but that of the audit administrator', async () => {
    expect((await search(f.stranger)).status).toBe(401)
    const others = [
      committee,
      secretary,
      await f.signIn('system_admin', 'committee'),
      await f.signIn('security_admin', 'committee'),
    ]
    for (const client of others)
      expect(await search(client)).toMatchObject({ status: 403, body: { code: 'request.not_permitted' } })
  })
  it('refuses an administrator who has not shown the second factor', async () => {
    const fresh = await f.signIn('audit_admin', 'committee', { secondFactorAt: null })
    expect(await search(fresh)).toMatchObject({ status: 403, body: { code: 'request.step_up_needed' } })
  })
  it('refuses a period that runs backwards, a foreign organisation and a broken cursor', async () => {
    expect(await search(auditor, { from: '2026-11-02', to: '2026-11-01' })).toMatchObject({
      status: 422,
      body: { code: 'audit.period_backwards', fields: [{ field: '/body/filter/from' }] },
    })
    expect(await search(auditor, { orgId: uuidv7() })).toMatchObject({ status: 404, body: { code: 'org.not_found' } })
    expect(await search(auditor, {}, { cursor: 'abc' })).toMatchObject({ status: 400 })
    expect(await search(auditor, { types: ['x'] })).toMatchObject({ status: 400, body: { code: 'request.malformed' } })
  })
  it('is written into the audit itself, with the filters and without their words', async () => {
    const { body } = await search(auditor, { text: '电话', person: '党委' })
    expect(body.rows).toEqual([])
    expect((await eventsOf('audit.searched')).at(-1)).toMatchObject({
      actor_id: auditor.personId,
      payload: { filters: ['person', 'text'], rows: 0, actorId: null, personId: null },
    })
  })
  it('shows who did what to whom, newest first', async () => {
    const { body } = await search(auditor, { module: 'members' })
    expect(
      body.rows.map(({ type, actorName, personName, orgName, payload }) => [
        type,
        actorName,
        personName,
        orgName,
        payload.field,
      ]),
    ).toEqual([
      ['members.revealed', '周书记', '党委管理', f.orgs.teachers.name, 'phone'],
      ['members.revealed', '周书记', '沈审计', f.orgs.teachers.name, 'idNumber'],
    ])
  })
  it.each([
    [{ type: 'org.founded' }, 3],
    [{ actor: '周', module: 'members' }, 2],
    [{ person: '党委管理' }, 1],
    [{ from: '2026-10-20', to: '2026-10-20' }, 1],
    [{ from: '2026-10-21', module: 'members' }, 1],
    [{ to: '2026-10-19' }, 0],
    [{ by: 'people', module: 'org' }, 3],
    [{ by: 'system', module: 'org' }, 0],
    [{ text: '查看敏感' }, 2],
    [{ text: 'sensitive field' }, 2],
    [{ text: '%' }, 0],
    [{ type: 'org.renamed' }, 0],
  ] as const)('finds by %j', async (filter, count) => {
    expect((await search(auditor, filter)).body.rows).toHaveLength(count)
  })
  it('finds below an organisation, and never outside the scope of the post', async () => {
    expect((await search(auditor, { orgId: f.orgs.teachers.id })).body.rows).toHaveLength(2)
    expect((await search(auditor, { orgId: f.orgs.faculty.id })).body.rows).toHaveLength(5)
    expect((await search(auditor, { orgId: f.orgs.faculty.id, below: false })).body.rows).toEqual([])
    expect((await search(auditor, { orgId: f.orgs.medicine.id })).body.rows).toEqual([])
    const medicine = await f.signIn('audit_admin', 'medicine')
    expect((await search(medicine)).body.rows).toEqual([])
    expect(await search(medicine, { orgId: f.orgs.teachers.id })).toMatchObject({ status: 404 })
  })
  it('pages without loss or repetition while the reading itself adds events', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Page<AuditRow> = (
        await search(auditor, { module: 'org' }, { limit: 1, ...(cursor ? { cursor } : {}) })
      ).body
      seen.push(...page.rows.map((row) => row.id))
      cursor = page.next
    } while (cursor)
    expect(seen).toHaveLength(3)
    expect([...seen].sort().reverse()).toEqual(seen)
    expect(new Set(seen).size).toBe(3)
  })
})

describe('POST /audit/export', () => {
  const ask = (format: string, more: object = {}) => ({
    filter: { type: 'org.founded' },
    format,
    language: 'zh-CN',
    purpose: PURPOSE,
    ...more,
  })

  it('refuses an export without a purpose, and one after the second factor has grown old', async () => {
    expect(await auditor.send('POST', '/audit/export', ask('csv', { purpose: '' }))).toMatchObject({ status: 400 })
    const earlier = await f.signIn('audit_admin', 'committee', { secondFactorAt: new Date(NOW.getTime() - 6 * 60_000) })
    expect(await earlier.send('POST', '/audit/export', ask('csv'))).toMatchObject({
      status: 403,
      body: { code: 'request.step_up_needed' },
    })
  })
  it('refuses more than a file may hold instead of cutting it off', async () => {
    const ctx = { db: f.platform.db, actor: { tenantId: f.tenantId, scope: 'r00' } } as never
    const everything = {
      lower: null,
      upper: null,
      types: ['org.founded'],
      module: null,
      scope: '',
      isExact: false,
      by: null,
      actorIds: null,
      personIds: null,
      subjectId: null,
      said: null,
    }
    const reading = inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, (tx) =>
      allEvents({ ...(ctx as object), db: tx } as never, everything, 2),
    )
    await expect(reading).rejects.toEqual(auditRefusals.too_many({ limit: 2 }))
    await expect(reading).rejects.toMatchObject({ code: 'audit.too_many', detail: { limit: 2 } })
  })
  it('writes sentences, and its own event with rows, hash and purpose', async () => {
    const answer = await auditor.send<string>('POST', '/audit/export', ask('csv'))
    expect(answer.status).toBe(200)
    const lines = answer.body.split('\r\n')
    expect(lines[0]).toContain('时间,操作人,做了什么')
    expect(lines[1]).toContain('党委管理,成立党支部“机械学院丙党支部”，自 2026-10-01 起')
    expect(lines).toHaveLength(5)
    const xlsx = await auditor.send('POST', '/audit/export', ask('xlsx', { language: 'en' }))
    expect(xlsx.headers['content-disposition']).toContain('audit-2026-11-02.xlsx')
    expect(await eventsOf('audit.exported')).toMatchObject([
      { reason: PURPOSE, payload: { rows: 3, format: 'csv', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
      { reason: PURPOSE, payload: { rows: 3, format: 'xlsx' } },
    ])
  })
})

describe('POST /audit/incident-pack', () => {
  const ask = (personId: string, since = '2026-11-01') => ({
    personId,
    since,
    language: 'zh-CN',
    purpose: '账号疑似被盗用',
  })

  it('refuses a person of nowhere', async () => {
    expect(await auditor.send('POST', '/audit/incident-pack', ask(uuidv7()))).toMatchObject({
      status: 404,
      body: { code: 'audit.person_unknown' },
    })
  })
  it('lists acts, objects and the people affected since the day, and does not warn the suspect', async () => {
    const files = await packOf(ask(secretary.personId))
    expect(JSON.parse(files['summary.json'] ?? '')).toMatchObject({
      suspect: { name: '周书记' },
      events: 1,
      objects: 1,
      people: 1,
      takenOut: [],
    })
    expect(files['people.csv']).toContain(`党委管理,${committee.personId},1,2026-11-02 09:00`)
    expect(files['objects.csv']).toContain('member,')
    expect(files['events.csv']).toContain('查看敏感信息：手机号码')
    const wider = await packOf(ask(secretary.personId, '2026-10-01'))
    expect(JSON.parse(wider['people.json'] ?? '')).toHaveLength(2)
    const told = await eventsOf('audit.incident_packed')
    expect(told).toHaveLength(2)
    expect(told[0]).toMatchObject({
      person_id: null,
      reason: '账号疑似被盗用',
      payload: { suspectId: secretary.personId, people: 1 },
    })
    expect((await secretary.send<Page<TrailRow>>('GET', '/me/trail')).body.rows).toEqual([])
  })

  async function packOf(body: object): Promise<Record<string, string>> {
    const answer = await f.app.http.inject({
      method: 'POST',
      url: '/api/v1/audit/incident-pack',
      headers: { cookie: auditor.cookie },
      payload: body,
    })
    expect(answer.statusCode).toBe(200)
    const path = join(mkdtempSync(join(tmpdir(), 'tongxin-pack-')), 'pack.zip')
    writeFileSync(path, answer.rawPayload)
    const archive = await openArchive(path, answer.rawPayload.length)
    const files: Record<string, string> = {}
    for (const name of archive.names) {
      const stream = await archive.open(name)
      if (stream) files[name] = await text(stream)
    }
    archive.close()
    return files
  }
})

describe('GET /me/trail', () => {
  it('refuses the signed out', async () => {
    expect((await f.stranger.send('GET', '/me/trail')).status).toBe(401)
  })
  it('shows what was done with my data, by whom, and nothing of others', async () => {
    const member = await f.signIn('member', 'teachers', { name: '吴党员' })
    await tell(secretary.personId, 'members.revealed', [
      { person: member.personId, at: NOW, payload: { memberId: uuidv7(), field: 'phone' } },
    ])
    const mine = await member.send<Page<TrailRow>>('GET', '/me/trail')
    expect(mine.body.rows.map(({ type, by, isMine, payload }) => [type, by, isMine, payload.field])).toEqual([
      ['members.revealed', '周书记', false, 'phone'],
    ])
    expect((await member.send<Page<TrailRow>>('GET', '/me/trail?byOthers=true')).body.rows).toHaveLength(1)
    const all = await committee.send<Page<TrailRow>>('GET', '/me/trail')
    expect(all.body.rows).toHaveLength(1)
  })
})

describe('GET /audit/retention', () => {
  it('refuses who may not read the audit', async () => {
    expect(await committee.send('GET', '/audit/retention')).toMatchObject({ status: 403 })
  })
  it('says what the statute lets be removed: nothing younger than six months', async () => {
    expect((await auditor.send('GET', '/audit/retention')).body).toEqual({
      months: 6,
      ruleId: 'SEC-3',
      oldestOn: '2026-10-20',
      mayRemoveUntil: '2026-05-02',
      hasRemovable: false,
    })
  })
})
