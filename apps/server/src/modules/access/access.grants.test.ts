import { beforeAll, describe, expect, it } from 'vitest'
import { browserOf } from '../../test/access-people.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'

let f: Fixture
let security: Client
let committee: Client
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

beforeAll(async () => {
  f = await openFixture()
  security = await f.signIn('security_admin', 'committee', { name: '安全员' })
  committee = await f.signIn('committee_admin', 'committee', { name: '周书记' })
})

const proposal = (personId: string, more: object = {}) => ({
  personId,
  role: 'branch_secretary',
  orgId: f.orgs.nurses.id,
  reach: 'subtree',
  fromOn: '2026-11-02',
  reason: '支部换届当选，院党字〔2026〕12号',
  ...more,
})
const propose = (client: Client, personId: string, more: object = {}) =>
  client.send<{ id: string; code: string }>('POST', '/grant-requests', proposal(personId, more))
async function hashOf(id: string): Promise<string> {
  const { body } = await committee.send<{ rows: { id: string; hash: string }[] }>('GET', '/grant-requests?limit=100')
  return body.rows.find((row) => row.id === id)?.hash ?? ''
}
const confirm = async (client: Client, id: string, hash?: string) =>
  client.send<{ code: string; grantId: string }>('POST', `/grant-requests/${id}/confirm`, {
    hash: hash ?? (await hashOf(id)),
  })

describe('POST /grant-requests', () => {
  it('refuses who may not, who has not shown a second factor just now, and oneself', async () => {
    const person = await f.signIn('member', 'nurses')
    expect(await propose(await f.signIn('branch_secretary', 'nurses'), person.personId)).toMatchObject({
      status: 403,
      body: { code: 'request.not_permitted' },
    })
    const late = await f.signIn('security_admin', 'committee', { secondFactorAt: at(-6) })
    expect(await propose(late, person.personId)).toMatchObject({
      status: 403,
      body: { code: 'request.step_up_needed' },
    })
    expect(await propose(security, security.personId)).toMatchObject({
      status: 403,
      body: { code: 'access.own_grant' },
    })
  })
  it('lets a post of one unit give nothing that reaches below it', async () => {
    const person = await f.signIn('member', 'medicine')
    const alone = await f.signIn('committee_admin', 'medicine', { reach: 'node' })
    const orgId = f.orgs.medicine.id
    expect(await propose(alone, person.personId, { orgId })).toMatchObject({
      status: 403,
      body: { code: 'access.beyond_own_rights', fields: [{ field: '/body/reach' }] },
    })
    expect(await propose(alone, person.personId, { orgId: f.orgs.nurses.id, reach: 'node' })).toMatchObject({
      status: 404,
      body: { code: 'org.not_found' },
    })
    expect(await propose(alone, person.personId, { orgId, reach: 'node' })).toMatchObject({ status: 200 })
  })
  it('refuses people and organisations outside the scope, wrong periods, and the implicit role', async () => {
    const person = await f.signIn('member', 'nurses')
    const faculty = await f.signIn('committee_admin', 'faculty')
    expect(await propose(faculty, person.personId)).toMatchObject({
      status: 404,
      body: { code: 'access.person_not_found' },
    })
    const teacher = await f.signIn('member', 'teachers')
    expect(await propose(faculty, teacher.personId)).toMatchObject({ status: 404, body: { code: 'org.not_found' } })
    expect(await propose(security, person.personId, { untilOn: '2026-11-02' })).toMatchObject({
      status: 422,
      body: { code: 'access.period_wrong' },
    })
    expect(await propose(security, person.personId, { role: 'member' })).toMatchObject({
      status: 422,
      body: { code: 'access.role_not_grantable' },
    })
  })
  it('gives nobody more or longer than the giver has', async () => {
    const person = await f.signIn('member', 'nurses')
    expect(await propose(committee, person.personId, { role: 'audit_admin' })).toMatchObject({
      status: 403,
      body: { code: 'access.beyond_own_rights' },
    })
    const ending = await f.signIn('committee_admin', 'committee')
    await f.admin
      .updateTable('access_grant')
      .set({ until_on: new Date('2027-01-01T00:00:00+08:00') })
      .where('person_id', '=', ending.personId)
      .execute()
    expect(await propose(ending, person.personId)).toMatchObject({
      status: 422,
      body: { code: 'access.beyond_own_term', detail: { until: '2027-01-01' } },
    })
    expect((await propose(ending, person.personId, { untilOn: '2026-12-31' })).status).toBe(200)
  })
  it('keeps the three administrators apart', async () => {
    const auditor = await f.signIn('audit_admin', 'committee')
    await f.admin
      .insertInto('access_administrator')
      .values({ person_id: auditor.personId, role: 'audit_admin' })
      .execute()
    expect(
      await propose(security, auditor.personId, { role: 'system_admin', orgId: f.orgs.committee.id }),
    ).toMatchObject({ status: 409, body: { code: 'access.administrators_exclusive' } })
  })
})

describe('POST /grant-requests/:id/confirm', () => {
  it('refuses the maker, the person concerned, another scope, and anything but what was proposed', async () => {
    const person = await f.signIn('committee_admin', 'medicine')
    const { body } = await propose(security, person.personId)
    expect(await confirm(security, body.id)).toMatchObject({ status: 403, body: { code: 'access.maker_is_checker' } })
    expect(await confirm(person, body.id)).toMatchObject({ status: 403, body: { code: 'access.own_grant' } })
    expect(await confirm(await f.signIn('committee_admin', 'faculty'), body.id)).toMatchObject({
      status: 404,
      body: { code: 'access.request_not_found' },
    })
    expect(await confirm(committee, body.id, 'a'.repeat(64))).toMatchObject({
      status: 409,
      body: { code: 'access.request_changed' },
    })
    await f.admin.updateTable('access_grant_request').set({ reach: 'node' }).where('id', '=', body.id).execute()
    expect(await confirm(committee, body.id)).toMatchObject({ status: 409, body: { code: 'access.request_changed' } })
  })
  it('gives the role once when two confirm together, at once, and tells who proposed it', async () => {
    const person = await f.signIn('member', 'nurses', { name: '白求恩' })
    const { body } = await propose(security, person.personId)
    const other = await f.signIn('committee_admin', 'committee')
    const hash = await hashOf(body.id)
    const answers = await Promise.all([confirm(committee, body.id, hash), confirm(other, body.id, hash)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)).toMatchObject({ body: { code: 'access.request_decided' } })
    expect(
      (await committee.send('GET', `/grants?personId=${person.personId}&role=branch_secretary`)).body,
    ).toMatchObject({
      rows: [{ role: 'branch_secretary', grantedBy: '安全员', isValid: true, orgName: f.orgs.nurses.name }],
    })
    expect(await propose(security, person.personId)).toMatchObject({ status: 409, body: { code: 'access.grant_held' } })
    const events = await f.admin
      .selectFrom('platform_event')
      .select('type')
      .where('person_id', '=', person.personId)
      .execute()
    expect(events.map(({ type }) => type)).toEqual(['access.grant_proposed', 'access.grant_confirmed'])
  })
  it('is not possible after the proposal was returned or withdrawn', async () => {
    const person = await f.signIn('member', 'retired')
    const { body } = await propose(security, person.personId, { orgId: f.orgs.retired.id })
    expect((await committee.send('POST', `/grant-requests/${body.id}/return`, { reason: '请附换届批复' })).status).toBe(
      200,
    )
    expect(await confirm(committee, body.id)).toMatchObject({
      status: 409,
      body: { code: 'access.request_decided', detail: { state: 'returned' } },
    })
    const again = await propose(security, person.personId, { orgId: f.orgs.retired.id })
    expect(
      (await security.send('POST', `/grant-requests/${again.body.id}/return`, { reason: '填错支部' })).status,
    ).toBe(200)
    expect(await confirm(committee, again.body.id)).toMatchObject({
      body: { code: 'access.request_decided', detail: { state: 'withdrawn' } },
    })
  })
})

describe('POST /grants/:id/end', () => {
  it('refuses other scopes, an old version, what has ended, and the last security administrator', async () => {
    const own = await f.admin
      .selectFrom('access_grant')
      .select('id')
      .where('person_id', '=', security.personId)
      .executeTakeFirstOrThrow()
    const end = (client: Client, id: string, version = 1) =>
      client.send('POST', `/grants/${id}/end`, { reason: '离任' }, { 'if-match': `"${version}"` })
    const secretary = await f.signIn('branch_secretary', 'nurses')
    const grant = await f.admin
      .selectFrom('access_grant')
      .select('id')
      .where('person_id', '=', secretary.personId)
      .executeTakeFirstOrThrow()
    expect(await end(await f.signIn('committee_admin', 'faculty'), grant.id)).toMatchObject({
      status: 404,
      body: { code: 'access.grant_not_found' },
    })
    expect(await end(committee, own.id)).toMatchObject({ status: 403, body: { code: 'access.beyond_own_rights' } })
    await f.admin
      .updateTable('access_grant')
      .set({ until_on: NOW })
      .where('role', '=', 'security_admin')
      .where('id', '<>', own.id)
      .execute()
    expect(await end(security, own.id)).toMatchObject({ status: 409, body: { code: 'access.last_administrator' } })
    expect(await end(security, grant.id, 7)).toMatchObject({ status: 412 })
    expect((await secretary.send('GET', '/activations/waiting')).status).toBe(200)
    expect((await end(security, grant.id)).status).toBe(200)
    expect((await secretary.send('GET', '/activations/waiting')).status).toBe(401)
    expect(await end(security, grant.id, 2)).toMatchObject({ status: 409, body: { code: 'access.grant_ended' } })
  })
})

describe('accounts', () => {
  it('opens one for an officer without a member record, by a free name', async () => {
    const opening = { name: '段文书', signInName: 'duan.wenshu', orgId: f.orgs.medicine.id }
    const opened = await security.send<{ personId: string }>('POST', '/accounts', opening)
    expect(opened.status).toBe(200)
    expect(await security.send('POST', '/accounts', opening)).toMatchObject({
      status: 409,
      body: { code: 'access.sign_in_name_taken' },
    })
    expect((await committee.send('GET', `/accounts?search=${encodeURIComponent('段文')}`)).body).toMatchObject({
      rows: [{ name: '段文书', state: 'pending' }],
    })
    expect((await committee.send('GET', `/accounts/find?search=${encodeURIComponent('段')}`)).body).toMatchObject({
      rows: [{ personId: opened.body.personId }],
    })
  })
  it('closes one at once with its sessions, but never that of somebody who may do more', async () => {
    const person = await f.signIn('party_worker', 'medicine')
    const close = (client: Client, personId: string) =>
      client.send('PUT', `/accounts/${personId}/state`, { state: 'disabled', reason: '涉嫌盗用' })
    expect(await close(committee, security.personId)).toMatchObject({
      status: 403,
      body: { code: 'access.beyond_own_rights' },
    })
    expect((await close(committee, person.personId)).status).toBe(200)
    expect((await person.send('GET', '/activations/waiting')).status).toBe(401)
  })
  it('exports who has what with its purpose, without a formula', async () => {
    const person = await f.signIn('group_leader', 'nurses', { name: '=cmd|calc' })
    expect(person.personId).not.toBe('')
    const browser = browserOf(f)
    const [name = '', value = ''] = committee.cookie.split('=')
    browser.jar.set(name, value)
    const table = await browser.send<Buffer>('POST', '/grants/export', { purpose: '年度权限核查' })
    expect(table).toMatchObject({ status: 200, headers: { 'content-type': 'text/csv; charset=utf-8' } })
    const text = table.body.toString('utf8')
    expect(text).toContain('"\'=cmd|calc","group_leader"')
    expect(text).not.toMatch(/,"=|^"=/m)
    const event = await f.admin
      .selectFrom('platform_event')
      .select('payload')
      .where('type', '=', 'access.grants_exported')
      .executeTakeFirstOrThrow()
    expect(event.payload).toMatchObject({ purpose: '年度权限核查' })
  })
})
