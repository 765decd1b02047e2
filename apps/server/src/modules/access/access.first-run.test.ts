import { beforeAll, describe, expect, it } from 'vitest'
import { type Browser, browserOf, claim, codesAnew, digitsAt, firstStart, PASSWORD } from '../../test/access-people.ts'
import { type Fixture, NOW, openFixture } from '../../test/fixture.ts'

let f: Fixture
let codes: readonly { role: string; code: string }[]
let system: { browser: Browser; secret: string }
let security: { browser: Browser; secret: string }
const codeOf = (role: string) => codes.find((one) => one.role === role)?.code ?? ''
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)

beforeAll(async () => {
  f = await openFixture({}, { isEmpty: true })
})

describe('the first start', () => {
  it('keeps one set of codes, as hashes, also when two servers start together', async () => {
    const starts = await Promise.all([firstStart(f), firstStart(f)])
    expect(starts.map(({ kept }) => kept).sort()).toEqual([false, true])
    codes = starts.find(({ kept }) => kept)?.codes ?? []
    const rows = await f.admin.selectFrom('access_one_time_code').selectAll().execute()
    expect(rows).toHaveLength(3)
    for (const { code } of codes) expect(JSON.stringify(rows)).not.toContain(code)
    expect((await firstStart(f)).kept).toBe(false)
  })
  it('replaces codes that were lost before anybody used one: the earlier ones no longer count', async () => {
    const lost = codes
    codes = await codesAnew(f)
    expect(codes.map(({ role }) => role).sort()).toEqual(lost.map(({ role }) => role).sort())
    const claiming = { name: '陈建国', signInName: 'chen.jianguo', password: PASSWORD, code: lost[0]?.code }
    expect(await browserOf(f, '198.51.100.9').send('POST', '/set-up/claim', claiming)).toMatchObject({
      status: 422,
      body: { code: 'access.set_up_refused' },
    })
  })
  it('tells everybody that set-up comes first', async () => {
    expect((await browserOf(f).send('GET', '/session')).body).toMatchObject({ person: null, setupNeeded: true })
    expect((await browserOf(f).send('GET', '/set-up')).body).toMatchObject({
      isNeeded: true,
      organisation: null,
      administrators: [{ isClaimed: false }, { isClaimed: false }, { isClaimed: false }],
    })
  })
})

describe('POST /set-up/claim', () => {
  const claiming = { name: '陈建国', signInName: 'chen.jianguo', password: PASSWORD }
  it('refuses a wrong code, a weak password, and an address that guesses', async () => {
    const browser = browserOf(f, '198.51.100.4')
    expect(await browser.send('POST', '/set-up/claim', { ...claiming, code: 'ABCD-ABCD-ABCD-ABCD' })).toMatchObject({
      status: 422,
      body: { code: 'access.set_up_refused' },
    })
    expect(
      await browser.send('POST', '/set-up/claim', { ...claiming, code: codeOf('system_admin'), password: 'short' }),
    ).toMatchObject({ status: 422, body: { code: 'access.password_too_short', fields: [{ detail: { limit: 15 } }] } })
    for (let guess = 0; guess < 10; guess += 1)
      await browser.send('POST', '/set-up/claim', { ...claiming, code: 'ABCD-ABCD-ABCD-ABCD' })
    expect(await browser.send('POST', '/set-up/claim', { ...claiming, code: codeOf('system_admin') })).toMatchObject({
      status: 429,
      body: { code: 'access.delayed' },
    })
  })
  it('takes a code once, as it was typed, and refuses a sign-in name twice', async () => {
    system = await claim(f, codeOf('system_admin').toLowerCase().replaceAll('-', ' '), 'chen.jianguo', NOW)
    expect(
      await browserOf(f).send('POST', '/set-up/claim', { ...claiming, code: codeOf('system_admin') }),
    ).toMatchObject({ status: 422, body: { code: 'access.set_up_refused' } })
    expect(
      await browserOf(f).send('POST', '/set-up/claim', { ...claiming, code: codeOf('security_admin') }),
    ).toMatchObject({ status: 409, body: { code: 'access.sign_in_name_taken' } })
    security = await claim(f, codeOf('security_admin'), 'li.anquan', NOW)
  })
  it('is not made possible by new codes once an administrator is there', async () => {
    await expect(codesAnew(f)).rejects.toMatchObject({ code: 'access.set_up_begun' })
  })
})

describe('POST /set-up/organisation', () => {
  const naming = { name: '江湾大学委员会', kind: 'committee' }
  it('refuses strangers and the other administrators', async () => {
    expect(await browserOf(f).send('POST', '/set-up/organisation', naming)).toMatchObject({ status: 401 })
    expect(await security.browser.send('POST', '/set-up/organisation', naming)).toMatchObject({
      status: 403,
      body: { code: 'access.set_up_not_yours' },
    })
  })
  it('founds the top once, and gives the administrators their posts', async () => {
    const answers = await Promise.all([
      system.browser.send('POST', '/set-up/organisation', naming),
      system.browser.send('POST', '/set-up/organisation', naming),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)).toMatchObject({ body: { code: 'access.set_up_done' } })
    expect((await system.browser.send('GET', '/session')).body).toMatchObject({
      setupNeeded: false,
      posts: [{ role: 'system_admin', orgName: '江湾大学委员会' }],
      secondFactorNeeded: false,
    })
    expect((await security.browser.send('GET', '/grants')).status).toBe(200)
    const events = await f.admin
      .selectFrom('platform_event')
      .select(['type', 'payload'])
      .where('type', '=', 'access.administrator_claimed')
      .execute()
    expect(events.map(({ payload }) => (payload as { role: string }).role).sort()).toEqual([
      'security_admin',
      'system_admin',
    ])
  })
  it('gives a post to an administrator who comes later', async () => {
    const audit = await claim(f, codeOf('audit_admin'), 'wang.shenji', NOW)
    expect((await audit.browser.send('GET', '/session')).body).toMatchObject({
      posts: [{ role: 'audit_admin' }],
      permissions: expect.arrayContaining(['audit.read']),
    })
    expect((await browserOf(f).send('GET', '/set-up')).body).toMatchObject({
      isNeeded: false,
      organisation: '江湾大学委员会',
      administrators: [{ isClaimed: true }, { isClaimed: true }, { isClaimed: true }],
    })
  })
})

describe('POST /set-up/committee-administrator', () => {
  const appointing = { name: '周书记', signInName: 'zhou.dangwei' }
  it('is the security administrator’s, with the second factor shown just now', async () => {
    expect(await system.browser.send('POST', '/set-up/committee-administrator', appointing)).toMatchObject({
      status: 403,
      body: { code: 'request.not_permitted' },
    })
    f.setNow(later(600))
    expect(await security.browser.send('POST', '/set-up/committee-administrator', appointing)).toMatchObject({
      status: 403,
      body: { code: 'request.step_up_needed' },
    })
    await security.browser.send('POST', '/session/step-up', { code: digitsAt(security.secret, later(600)) })
  })
  it('appoints the first one, who activates with the code on the screen and must then enrol a second factor', async () => {
    const { body } = await security.browser.send<{ activationId: string }>(
      'POST',
      '/set-up/committee-administrator',
      appointing,
    )
    const read = await security.browser.send<{ code: string; url: string; qr: string }>(
      'GET',
      `/activations/${body.activationId}/screen`,
    )
    expect(read.body.url).toBe(`http://127.0.0.1:8080/activate#${read.body.code}`)
    const phone = browserOf(f)
    expect(
      (
        await phone.send('POST', '/activation', {
          code: read.body.code,
          memberNumber: 'zhou.dangwei',
          lastFour: '',
          password: PASSWORD,
        })
      ).status,
    ).toBe(200)
    expect((await phone.send('GET', '/session')).body).toMatchObject({
      posts: [{ role: 'committee_admin' }],
      secondFactorNeeded: true,
      factors: [],
    })
    expect(await phone.send('GET', '/grants')).toMatchObject({ status: 403, body: { code: 'request.step_up_needed' } })
    const again = { name: '吴副书记', signInName: 'wu.fushuji' }
    expect(await security.browser.send('POST', '/set-up/committee-administrator', again)).toMatchObject({
      status: 409,
      body: { code: 'access.set_up_done' },
    })
  })
})
