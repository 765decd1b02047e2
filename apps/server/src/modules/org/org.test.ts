import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'

let f: Fixture
let admin: Client
const founding = () => ({
  parentId: f.orgs.faculty.id,
  kind: 'branch',
  name: '机械学院实验党支部',
  effectiveOn: '2026-10-01',
  documentNumber: '江大党发〔2026〕8号',
})

beforeAll(async () => {
  f = await openFixture()
  admin = await f.signIn('committee_admin', 'committee')
})

describe('POST /orgs', () => {
  it('refuses what is malformed, naming each field', async () => {
    const answer = await admin.send<{ code: string; fields: { field: string; code: string }[] }>('POST', '/orgs', {
      ...founding(),
      kind: 'party',
      name: 'x',
      path: 'r00',
    })
    expect(answer.status).toBe(400)
    expect(answer.body.code).toBe('request.malformed')
    expect(answer.body.fields.map((e) => `${e.field} ${e.code}`).sort()).toEqual([
      '/body/kind field.not_in_list',
      '/body/name field.too_short',
      '/body/path field.unknown',
    ])
  })
  it('refuses the signed out', async () => {
    expect((await f.stranger.send('POST', '/orgs', founding())).status).toBe(401)
  })
  it('refuses a post without the permission', async () => {
    const secretary = await f.signIn('branch_secretary', 'teachers')
    expect(await secretary.send('POST', '/orgs', founding())).toMatchObject({
      status: 403,
      body: { code: 'request.not_permitted' },
    })
  })
  it('does not tell a foreign parent from none', async () => {
    const medicine = await f.signIn('committee_admin', 'medicine')
    const foreign = await medicine.send<{ code: string }>('POST', '/orgs', founding())
    const nowhere = await medicine.send<{ code: string }>('POST', '/orgs', {
      ...founding(),
      parentId: '01890000-0000-7000-8000-000000000000',
    })
    expect(foreign).toMatchObject({ status: 404, body: { code: 'org.not_found' } })
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...nowhere.body, requestId: '' })
  })
  it('refuses a kind that cannot stand there, and a date after today', async () => {
    expect(await admin.send('POST', '/orgs', { ...founding(), kind: 'group' })).toMatchObject({
      status: 422,
      body: { code: 'org.kind_not_below' },
    })
    expect(await admin.send('POST', '/orgs', { ...founding(), effectiveOn: '2026-11-03' })).toMatchObject({
      status: 422,
      body: { code: 'org.date_in_future' },
    })
  })
  it('takes one of two simultaneous foundings of the same name', async () => {
    const answers = await Promise.all([
      admin.send('POST', '/orgs', founding()),
      admin.send('POST', '/orgs', founding()),
    ])
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409])
    const rows = await f.admin.selectFrom('org_unit').select('path').where('name', '=', founding().name).execute()
    expect(rows).toEqual([{ path: 'r00.001.003' }])
    const events = await f.admin
      .selectFrom('platform_event')
      .select('org_path')
      .where('type', '=', 'org.founded')
      .execute()
    expect(events).toEqual([{ org_path: 'r00.001.003' }])
  })
  it('answers a repeated key with the same bytes and founds once', async () => {
    const body = { ...founding(), name: '机械学院重试党支部', code: 'JX-9' }
    const key = { 'idempotency-key': 'k-1' }
    const first = await admin.send('POST', '/orgs', body, key)
    const again = await admin.send('POST', '/orgs', body, key)
    expect(again.body).toEqual(first.body)
    expect(await admin.send('POST', '/orgs', { ...body, name: '另一个党支部' }, key)).toMatchObject({ status: 422 })
    expect(await admin.send('POST', '/orgs', { ...body, name: '又一个党支部' })).toMatchObject({
      status: 409,
      body: { code: 'org.code_taken' },
    })
  })
})

describe('POST /orgs/:id/rename', () => {
  it('demands the version that was seen, and refuses an old one', async () => {
    const path = `/orgs/${f.orgs.nurses.id}/rename`
    const body = { name: '医学院护理第一党支部', effectiveOn: '2026-11-01' }
    expect(await admin.send('POST', path, body)).toMatchObject({
      status: 412,
      body: { code: 'request.version_missing' },
    })
    expect(await admin.send('POST', path, body, { 'if-match': '"7"' })).toMatchObject({
      status: 412,
      body: { code: 'request.version_stale' },
    })
    expect(await admin.send('POST', path, { ...body, effectiveOn: '2016-06-17' }, { 'if-match': '"1"' })).toMatchObject(
      { status: 422, body: { code: 'org.before_founding' } },
    )
    const done = await admin.send('POST', path, body, { 'if-match': '"1"' })
    expect(done).toMatchObject({ status: 200, body: { version: 2 } })
    expect(done.headers.etag).toBe('"2"')
  })
})

describe('GET /orgs', () => {
  it('opens the tree at the scope of the post, never above', async () => {
    const secretary = await f.signIn('branch_secretary', 'teachers')
    const own = await secretary.send<{ rows: { name: string }[] }>('GET', '/orgs')
    expect(own.body.rows.map((r) => r.name)).toEqual([f.orgs.teachers.name])
    expect(
      (await secretary.send<{ rows: unknown[] }>('GET', `/orgs?parentId=${f.orgs.committee.id}`)).body.rows,
    ).toEqual([])
  })
  it('pages by keyset without loss or repetition', async () => {
    const seen: string[] = []
    let cursor = ''
    do {
      const page = await admin.send<{ rows: { name: string }[]; next: string | null }>(
        'GET',
        `/orgs?parentId=${f.orgs.committee.id}&sort=name&limit=1${cursor}`,
      )
      seen.push(...page.body.rows.map((r) => r.name))
      cursor = page.body.next ? `&cursor=${page.body.next}` : ''
    } while (cursor)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength(3)
    expect(await admin.send('GET', '/orgs?cursor=abc')).toMatchObject({ status: 400 })
  })
  it('forgets withdrawn rights at once', async () => {
    const leaver = await f.signIn('branch_secretary', 'retired')
    expect((await leaver.send('GET', '/orgs')).status).toBe(200)
    await f.admin
      .updateTable('access_grant')
      .set({ until_on: new Date('2026-11-01T00:00:00Z') })
      .where('person_id', '=', leaver.personId)
      .execute()
    expect((await leaver.send('GET', '/orgs')).status).toBe(401)
  })
})
