import { beforeAll, describe, expect, it } from 'vitest'
import { membersOf } from '../../test/access-members.ts'
import { browserOf, digitsAt, OTHER_PASSWORD, PASSWORD } from '../../test/access-people.ts'
import { type Fixture, NOW, openFixture } from '../../test/fixture.ts'

let f: Fixture
let member: ReturnType<typeof membersOf>
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)

beforeAll(async () => {
  f = await openFixture()
  member = membersOf(f)
})

describe('guessing', () => {
  it('pauses from the fifth failure on, longer each time, also for a name that nobody has', async () => {
    const person = await member()
    for (const name of [person.phone, '13900001111']) {
      f.setNow(NOW)
      for (let guess = 0; guess < 5; guess += 1) {
        expect(await browserOf(f).send('POST', '/session', { name, password: `wrong ${guess}` })).toMatchObject({
          status: 401,
        })
      }
      const paused = await browserOf(f).send('POST', '/session', { name, password: PASSWORD })
      expect(paused).toMatchObject({ status: 429, body: { code: 'access.delayed', detail: { retryAfter: 1 } } })
      expect(paused.headers['retry-after']).toBe('1')
      f.setNow(at(2))
      expect((await browserOf(f).send('POST', '/session', { name, password: 'wrong again' })).status).toBe(401)
      expect(await browserOf(f).send('POST', '/session', { name, password: PASSWORD })).toMatchObject({
        status: 429,
        body: { detail: { retryAfter: 2 } },
      })
    }
    f.setNow(NOW)
  })
  it('lets no guess through beside others at the same moment', async () => {
    const person = await member()
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, guess) =>
        browserOf(f).send('POST', '/session', { name: person.number, password: `at once ${guess}` }),
      ),
    )
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7)
  })
  it('still lets the owner in on a device used before', async () => {
    const person = await member()
    const own = browserOf(f)
    await own.send('POST', '/session', { name: person.number, password: PASSWORD })
    await own.send('DELETE', '/session')
    for (let guess = 0; guess < 6; guess += 1)
      await browserOf(f).send('POST', '/session', { name: person.number, password: `guess ${guess}` })
    expect((await browserOf(f).send('POST', '/session', { name: person.number, password: PASSWORD })).status).toBe(429)
    expect((await own.send('POST', '/session', { name: person.number, password: PASSWORD })).status).toBe(200)
  })
  it('pauses an address that tries many accounts, and no other address', async () => {
    const person = await member()
    const busy = () => browserOf(f, '203.0.113.7')
    const guess = (at: number) =>
      busy().send('POST', '/session', { name: `1390000${String(3000 + at)}`, password: '123456' })
    const counted = async () => {
      const rows = await f.admin.selectFrom('access_throttle').select('key').execute()
      return rows.map(({ key }) => key.toString('hex'))
    }
    const before = await counted()
    await guess(0)
    const added = (await counted()).filter((key) => !before.includes(key)).map((key) => Buffer.from(key, 'hex'))
    // Forty-eight more accounts tried from there: each costs a hash of its own, which is not what is tested here.
    await f.admin.updateTable('access_throttle').set({ failures: 49 }).where('key', 'in', added).execute()
    expect((await guess(1)).status).not.toBe(429)
    expect((await busy().send('POST', '/session', { name: person.number, password: PASSWORD })).status).toBe(429)
    expect((await browserOf(f).send('POST', '/session', { name: person.number, password: PASSWORD })).status).toBe(200)
  })
  it('ends for strangers after eighty failures, whatever the time between them', async () => {
    const person = await member()
    await browserOf(f).send('POST', '/session', { name: person.number, password: 'first wrong' })
    await f.admin.updateTable('access_throttle').set({ failures: 80 }).where('failures', '=', 1).execute()
    f.setNow(at(40 * 86_400))
    expect((await browserOf(f).send('POST', '/session', { name: person.number, password: PASSWORD })).status).toBe(429)
    f.setNow(NOW)
  })
})

describe('PUT /me/password', () => {
  it('refuses the wrong current, the same, short, common and personal ones', async () => {
    const person = await member({ name: '买买提江' })
    const browser = browserOf(f)
    await browser.send('POST', '/session', { name: person.number, password: PASSWORD })
    const change = async (current: string, fresh: string) =>
      (await browser.send<{ code: string }>('PUT', '/me/password', { current, fresh })).body.code
    expect(await change(OTHER_PASSWORD, OTHER_PASSWORD)).toBe('access.password_wrong')
    expect(await change(PASSWORD, PASSWORD)).toBe('access.password_same')
    expect(await change(PASSWORD, 'four words only')).not.toBe('access.password_too_short')
    expect(await change('four words only', 'Tr0ub4dor&3')).toBe('access.password_too_short')
    for (const common of [
      'weirenminfuwu2026!',
      'zhihuidangjian123',
      'qwertyuiopasdfgh',
      'abcabcabcabcabcabc',
      '111111111111111',
      '98765432109876543210',
    ]) {
      expect([common, await change('four words only', common)]).toEqual([common, 'access.password_common'])
    }
    for (const own of [`${person.phone}abcdefx`, 'maimaitijiang2026', `lantern-${person.phone}!!`]) {
      expect([own, await change('four words only', own)]).toEqual([own, 'access.password_personal'])
    }
  })
  it('ends all other sessions and gives this one a new token', async () => {
    const person = await member()
    const [desk, phone] = [browserOf(f), browserOf(f)]
    await desk.send('POST', '/session', { name: person.number, password: PASSWORD })
    await phone.send('POST', '/session', { name: person.number, password: PASSWORD })
    expect((await desk.send('PUT', '/me/password', { current: PASSWORD, fresh: OTHER_PASSWORD })).status).toBe(200)
    expect((await phone.send('GET', '/sessions')).status).toBe(401)
    expect((await desk.send('GET', '/sessions')).status).toBe(200)
    expect((await browserOf(f).send('POST', '/session', { name: person.number, password: PASSWORD })).status).toBe(401)
    expect(
      (await browserOf(f).send('POST', '/session', { name: person.number, password: OTHER_PASSWORD })).status,
    ).toBe(200)
  })
})

describe('the second factor', () => {
  it('is enrolled by its first code, counts once a step, and is then needed at sign-in', async () => {
    const person = await member()
    const browser = browserOf(f)
    await browser.send('POST', '/session', { name: person.number, password: PASSWORD })
    expect(await browser.send('POST', '/me/totp/confirm', { code: '123456' })).toMatchObject({
      status: 409,
      body: { code: 'access.factor_missing' },
    })
    const { body } = await browser.send<{ secret: string; qr: string }>('POST', '/me/totp')
    expect(body.qr).toMatch(/^data:image\/png/)
    const wrong = digitsAt(body.secret, NOW) === '000000' ? '111111' : '000000'
    expect(await browser.send('POST', '/me/totp/confirm', { code: wrong })).toMatchObject({
      status: 422,
      body: { code: 'access.factor_wrong' },
    })
    expect((await browser.send('POST', '/me/totp/confirm', { code: digitsAt(body.secret, NOW) })).status).toBe(200)
    expect(await browser.send('POST', '/me/totp')).toMatchObject({
      status: 409,
      body: { code: 'access.totp_confirmed' },
    })
    const stored = await f.admin
      .selectFrom('access_account')
      .select('totp_secret')
      .where('person_id', '=', person.personId)
      .executeTakeFirstOrThrow()
    expect(stored.totp_secret?.includes(Buffer.from(body.secret))).toBe(false)

    const later = browserOf(f)
    expect(
      await later.send('POST', '/session', {
        name: person.number,
        password: PASSWORD,
        code: digitsAt(body.secret, NOW),
      }),
    ).toMatchObject({ status: 401, body: { code: 'access.sign_in_failed' } })
    f.setNow(at(60))
    expect(await later.send('POST', '/session', { name: person.number, password: PASSWORD })).toMatchObject({
      status: 200,
      body: { secondFactorNeeded: true, factors: ['totp'] },
    })
    expect(await later.send('GET', '/sessions')).toMatchObject({
      status: 403,
      body: { code: 'request.step_up_needed' },
    })
    expect(await later.send('GET', '/orgs')).toMatchObject({ status: 401 })
    expect((await later.send('GET', '/session')).body).toMatchObject({
      secondFactorNeeded: true,
      posts: [],
      factors: ['totp'],
    })
    expect((await later.send('POST', '/session/step-up', { code: digitsAt(body.secret, at(60)) })).status).toBe(200)
    expect((await later.send('GET', '/sessions')).status).toBe(200)
    f.setNow(at(120))
    expect(
      await browserOf(f).send('POST', '/session', {
        name: person.number,
        password: PASSWORD,
        code: digitsAt(body.secret, at(120)),
      }),
    ).toMatchObject({ status: 200, body: { secondFactorNeeded: false } })
    f.setNow(NOW)
  })
  it('is not given up without showing it, nor where the post or a short password needs it', async () => {
    const person = await member()
    const browser = browserOf(f)
    await browser.send('POST', '/session', { name: person.number, password: PASSWORD })
    const { body } = await browser.send<{ secret: string }>('POST', '/me/totp')
    await browser.send('POST', '/me/totp/confirm', { code: digitsAt(body.secret, NOW) })
    expect((await browser.send('PUT', '/me/password', { current: PASSWORD, fresh: 'ocean-lamp9' })).status).toBe(200)
    f.setNow(at(400))
    expect(await browser.send('DELETE', '/me/totp')).toMatchObject({
      status: 403,
      body: { code: 'request.step_up_needed' },
    })
    await browser.send('POST', '/session/step-up', { code: digitsAt(body.secret, at(400)) })
    expect(await browser.send('DELETE', '/me/totp')).toMatchObject({
      status: 409,
      body: { code: 'access.factor_needed' },
    })
    await browser.send('PUT', '/me/password', { current: 'ocean-lamp9', fresh: OTHER_PASSWORD })
    expect((await browser.send('DELETE', '/me/totp')).status).toBe(200)
    expect(await browser.send('DELETE', '/me/totp')).toMatchObject({ status: 409 })
    f.setNow(NOW)
  })
  it('shares its count of failures with the password', async () => {
    const person = await member()
    const browser = browserOf(f)
    await browser.send('POST', '/session', { name: person.number, password: PASSWORD })
    const { body } = await browser.send<{ secret: string }>('POST', '/me/totp')
    await browser.send('POST', '/me/totp/confirm', { code: digitsAt(body.secret, NOW) })
    const thief = browserOf(f)
    const sent: number[] = []
    for (let round = 0; round < 4; round += 1) {
      sent.push((await thief.send('POST', '/session', { name: person.number, password: PASSWORD })).status)
      sent.push((await thief.send('POST', '/session/step-up', { code: '000000' })).status)
    }
    expect(sent).toEqual([200, 422, 200, 422, 200, 429, 429, 429])
  })
})
