import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { newcomersOf } from '../../test/access-members.ts'
import { browserOf, PASSWORD } from '../../test/access-people.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'

let f: Fixture
let secretary: Client
let newcomer: ReturnType<typeof newcomersOf>
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

beforeAll(async () => {
  f = await openFixture()
  secretary = await f.signIn('branch_secretary', 'teachers')
  newcomer = newcomersOf(f)
})

describe('recovery', () => {
  async function active(name: string) {
    const person = await newcomer(name, 'teachers')
    const { body } = await secretary.send<{ id: string }>('POST', '/activations/screen', { personId: person.personId })
    const { body: shown } = await secretary.send<{ code: string }>('GET', `/activations/${body.id}/screen`)
    const browser = browserOf(f)
    await browser.send('POST', '/activation', {
      code: shown.code,
      memberNumber: person.number,
      lastFour: '1233',
      password: PASSWORD,
    })
    return { ...person, browser }
  }
  const reason = '换了手机，忘记密码，已当面核对身份'
  it('refuses strangers to the person, waiting accounts, oneself, and a second recovery beside the first', async () => {
    const person = await active('韩梅')
    const start = (client: Client, personId: string) =>
      client.send('POST', '/recoveries', { personId, resetsFactor: false, reason })
    expect(await start(await f.signIn('branch_secretary', 'nurses'), person.personId)).toMatchObject({
      status: 404,
      body: { code: 'access.person_not_found' },
    })
    expect(await start(secretary, (await newcomer('未激活', 'teachers')).personId)).toMatchObject({
      status: 409,
      body: { code: 'access.recovery_over' },
    })
    expect(await start(secretary, secretary.personId)).toMatchObject({
      status: 403,
      body: { code: 'access.recovery_own' },
    })
    const both = await Promise.all([
      start(secretary, person.personId),
      start(await f.signIn('branch_officer', 'teachers'), person.personId),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)).toMatchObject({ body: { code: 'access.recovery_open' } })
  })
  it('reaches nobody who stands above the officers, and no second factor that a post demands', async () => {
    const person = await active('许主任')
    const above = {
      tenant_id: f.tenantId,
      person_id: person.personId,
      org_id: f.orgs.committee.id,
      org_path: 'r00',
      reach: 'subtree',
      from_on: NOW,
      created_at: NOW,
    }
    await f.admin
      .insertInto('access_grant')
      .values({ ...above, id: uuidv7(), role: 'party_worker' })
      .execute()
    expect(
      await secretary.send('POST', '/recoveries', { personId: person.personId, resetsFactor: false, reason }),
    ).toMatchObject({ status: 403, body: { code: 'access.recovery_beyond' } })
    const committee = await f.signIn('committee_admin', 'committee')
    expect(
      (await committee.send('POST', '/recoveries', { personId: person.personId, resetsFactor: true, reason })).status,
    ).toBe(200)
  })
  it('needs another officer than the first and than the person, ends all sessions, and keeps the second factor', async () => {
    const person = await active('苏和')
    const started = await secretary.send<{ id: string }>('POST', '/recoveries', {
      personId: person.personId,
      resetsFactor: false,
      reason,
    })
    const confirm = (client: Client) => client.send('POST', `/recoveries/${started.body.id}/confirm`)
    expect(await confirm(secretary)).toMatchObject({ status: 403, body: { code: 'access.recovery_same_officer' } })
    expect(await confirm(await f.signIn('branch_secretary', 'nurses'))).toMatchObject({
      status: 404,
      body: { code: 'access.recovery_not_found' },
    })
    const second = await f.signIn('branch_officer', 'teachers')
    expect((await second.send('GET', '/recoveries?state=started')).body).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ id: started.body.id, whyNot: null, mayShow: false })]),
    })
    const twice = await Promise.all([confirm(second), confirm(await f.signIn('branch_officer', 'teachers'))])
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await person.browser.send('GET', '/sessions')).toMatchObject({ status: 401 })
    expect(await secretary.send('GET', `/recoveries/${started.body.id}/code`)).toMatchObject({ status: 404 })
    expect((await browserOf(f).send('POST', '/session', { name: person.number, password: PASSWORD })).status).toBe(200)
  })
  it('lets the person choose a password with the code, once and within fifteen minutes', async () => {
    const person = await active('宝音')
    const second = await f.signIn('branch_officer', 'teachers')
    const started = await secretary.send<{ id: string }>('POST', '/recoveries', {
      personId: person.personId,
      resetsFactor: true,
      reason,
    })
    await second.send('POST', `/recoveries/${started.body.id}/confirm`)
    const { body } = await second.send<{ code: string }>('GET', `/recoveries/${started.body.id}/code`)
    const fresh = '草原上的风吹过来很凉快真舒服啊'
    f.setNow(at(16))
    expect(await browserOf(f).send('POST', '/reset', { code: body.code, password: fresh })).toMatchObject({
      status: 422,
      body: { code: 'access.reset_refused' },
    })
    f.setNow(at(14))
    expect(await browserOf(f).send('POST', '/reset', { code: body.code, password: 'short one' })).toMatchObject({
      status: 422,
      body: { code: 'access.password_too_short' },
    })
    expect((await browserOf(f).send('POST', '/reset', { code: body.code, password: fresh })).status).toBe(200)
    expect((await browserOf(f).send('POST', '/reset', { code: body.code, password: fresh })).status).toBe(422)
    expect((await browserOf(f).send('POST', '/session', { name: person.number, password: PASSWORD })).status).toBe(401)
    expect((await browserOf(f).send('POST', '/session', { name: person.number, password: fresh })).status).toBe(200)
    expect(await secretary.send('POST', `/recoveries/${started.body.id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'access.recovery_over' },
    })
    f.setNow(NOW)
  })
})
