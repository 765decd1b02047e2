import { beforeAll, describe, expect, it } from 'vitest'
import { ID_NUMBER, newcomersOf } from '../../test/access-members.ts'
import { browserOf, PASSWORD } from '../../test/access-people.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { derivedCode } from './access.codes.ts'

let f: Fixture
let secretary: Client
let newcomer: ReturnType<typeof newcomersOf>
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

beforeAll(async () => {
  f = await openFixture()
  secretary = await f.signIn('branch_secretary', 'teachers')
  newcomer = newcomersOf(f)
})

describe('POST /activations', () => {
  it('refuses other organisations, too long a life, and a branch where nobody waits', async () => {
    expect(await f.stranger.send('POST', '/activations', { orgId: f.orgs.teachers.id, below: true })).toMatchObject({
      status: 401,
    })
    const member = await f.signIn('member', 'teachers')
    expect(await member.send('POST', '/activations', { orgId: f.orgs.teachers.id, below: true })).toMatchObject({
      status: 403,
      body: { code: 'request.not_permitted' },
    })
    expect(await secretary.send('POST', '/activations', { orgId: f.orgs.nurses.id, below: true })).toMatchObject({
      status: 404,
      body: { code: 'org.not_found' },
    })
    expect(
      await secretary.send('POST', '/activations', { orgId: f.orgs.teachers.id, below: true, hours: 337 }),
    ).toMatchObject({ status: 422, body: { code: 'access.lifetime_too_long', detail: { most: 336 } } })
    expect(await secretary.send('POST', '/activations', { orgId: f.orgs.teachers.id, below: true })).toMatchObject({
      status: 422,
      body: { code: 'access.nobody_to_activate' },
    })
  })
  it('makes codes, says who has no number to be recognised by, and prints slips without keeping a code', async () => {
    const first = await newcomer('阿依古丽', 'teachers')
    await newcomer('无号', 'teachers', null)
    const foreign = await newcomer('别处', 'nurses')
    const issued = await secretary.send<{ id: string; people: number; left: { name: string }[] }>(
      'POST',
      '/activations',
      { orgId: f.orgs.teachers.id, below: true },
    )
    expect(issued.body).toMatchObject({ people: 1, left: [{ name: '无号' }] })
    expect(
      await secretary.send('POST', '/activations', {
        orgId: f.orgs.teachers.id,
        below: true,
        personIds: [foreign.personId],
      }),
    ).toMatchObject({ status: 422 })
    const code = derivedCode(f.platform.vault, 'activation', issued.body.id, first.personId)
    const stored = await f.admin.selectFrom('access_one_time_code').selectAll().execute()
    expect(JSON.stringify(stored)).not.toContain(code)
    const other = await f.signIn('branch_secretary', 'nurses')
    expect(await other.send('POST', `/activations/${issued.body.id}/slips`, { language: 'zh-CN' })).toMatchObject({
      status: 404,
      body: { code: 'access.batch_not_found' },
    })
    const printed = await browserAs(secretary).send<Buffer>('POST', `/activations/${issued.body.id}/slips`, {
      language: 'zh-CN',
    })
    expect(printed).toMatchObject({ status: 200, headers: { 'content-type': 'application/pdf' } })
    expect(printed.body.subarray(0, 5).toString()).toBe('%PDF-')
    expect((await secretary.send('GET', '/activations')).body).toMatchObject({
      rows: [{ id: issued.body.id, people: 1, activated: 0, printedAt: NOW.toISOString() }],
    })
    expect((await secretary.send('GET', '/activations/waiting')).body).toMatchObject({
      rows: [
        { name: '无号', codeUntil: null },
        { name: '阿依古丽', codeUntil: at(72 * 60).toISOString() },
      ],
    })
  })
  it('lets codes live as long as the organisation has set it, up to fourteen days', async () => {
    const committee = await f.signIn('committee_admin', 'committee')
    const lifetime = { orgId: f.orgs.nurses.id, code: 'access.activation_lifetime_hours', reason: '护士倒班，两周发完' }
    const set = (value: number) =>
      committee.send('POST', '/settings', { ...lifetime, value, effectiveFrom: '2026-11-02' })
    expect(await set(337)).toMatchObject({ status: 422, body: { code: 'settings.wrong_value' } })
    expect((await set(336)).status).toBe(200)
    await newcomer('夜班', 'nurses')
    const nurses = await f.signIn('branch_secretary', 'nurses')
    expect((await nurses.send('POST', '/activations', { orgId: f.orgs.nurses.id, below: true })).status).toBe(200)
    const { rows } = (await nurses.send<{ rows: { codeUntil: string }[] }>('GET', '/activations/waiting')).body
    expect(rows.map(({ codeUntil }) => codeUntil)).toContain(at(336 * 60).toISOString())
  })
})

/** The same person with the raw bytes of answers. */
function browserAs(client: Client) {
  const browser = browserOf(f)
  const [name = '', value = ''] = client.cookie.split('=')
  browser.jar.set(name, value)
  return browser
}

describe('POST /activation', () => {
  async function slipFor(name: string) {
    const person = await newcomer(name, 'students')
    const officer = await f.signIn('branch_secretary', 'students')
    const issued = await officer.send<{ id: string }>('POST', '/activations', {
      orgId: f.orgs.students.id,
      below: false,
      personIds: [person.personId],
    })
    return { ...person, officer, code: derivedCode(f.platform.vault, 'activation', issued.body.id, person.personId) }
  }
  it('refuses code, number and last four characters that do not belong together, alike', async () => {
    const slip = await slipFor('巴图')
    const other = await newcomer('别人', 'students')
    const tries = [
      { code: 'AAAA-BBBB-CCCC-DDDD', memberNumber: slip.number, lastFour: '1233' },
      { code: slip.code, memberNumber: other.number, lastFour: '1233' },
      { code: slip.code, memberNumber: slip.number, lastFour: '1234' },
    ]
    for (const body of tries) {
      expect(await browserOf(f).send('POST', '/activation', { ...body, password: PASSWORD })).toMatchObject({
        status: 422,
        body: { code: 'access.activation_refused' },
      })
    }
  })
  it('ends a code after five wrong endings, and an old one', async () => {
    const [lost, old] = [await slipFor('卓玛'), await slipFor('德吉')]
    for (let guess = 0; guess < 5; guess += 1)
      await browserOf(f).send('POST', '/activation', {
        code: lost.code,
        memberNumber: lost.number,
        lastFour: `000${guess}`,
        password: PASSWORD,
      })
    expect(
      (
        await browserOf(f).send('POST', '/activation', {
          code: lost.code,
          memberNumber: lost.number,
          lastFour: '1233',
          password: PASSWORD,
        })
      ).status,
    ).toBe(422)
    f.setNow(at(72 * 60 + 1))
    expect(
      (
        await browserOf(f).send('POST', '/activation', {
          code: old.code,
          memberNumber: old.number,
          lastFour: '1233',
          password: PASSWORD,
        })
      ).status,
    ).toBe(422)
    f.setNow(NOW)
  })
  it('refuses a password that is made of digits of the own ID or member number', async () => {
    const slip = await slipFor('丹增')
    const own = { code: slip.code, memberNumber: slip.number, lastFour: '1233' }
    for (const password of [`${ID_NUMBER.slice(6, 14)}-mountain-lake`, `lake ${slip.number.slice(-7)} and hill`])
      expect(await browserOf(f).send('POST', '/activation', { ...own, password })).toMatchObject({
        status: 422,
        body: { code: 'access.password_personal', fields: [{ field: '/body/password' }] },
      })
  })
  it('keeps the code when the password is refused, signs in once it is good, and counts once', async () => {
    const slip = await slipFor('扎西')
    const phone = browserOf(f)
    const body = {
      code: slip.code.toLowerCase().replaceAll('-', ''),
      memberNumber: slip.number.toLowerCase(),
      lastFour: '1233',
    }
    expect(await phone.send('POST', '/activation', { ...body, password: '12345678' })).toMatchObject({
      status: 422,
      body: { code: 'access.password_too_short' },
    })
    const both = await Promise.all([
      phone.send('POST', '/activation', { ...body, password: PASSWORD }),
      browserOf(f).send('POST', '/activation', { ...body, password: PASSWORD }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422])
    expect((await browserOf(f).send('POST', '/session', { name: slip.number, password: PASSWORD })).status).toBe(200)
    const events = await f.admin
      .selectFrom('platform_event')
      .select('type')
      .where('actor_id', '=', slip.personId)
      .execute()
    expect(events.map(({ type }) => type)).toEqual(['access.activated', 'access.signed_in', 'access.signed_in'])
  })
  it('ends the earlier code when a new one is made', async () => {
    const slip = await slipFor('央金')
    await slip.officer.send('POST', '/activations', {
      orgId: f.orgs.students.id,
      below: false,
      personIds: [slip.personId],
    })
    expect(
      (
        await browserOf(f).send('POST', '/activation', {
          code: slip.code,
          memberNumber: slip.number,
          lastFour: '1233',
          password: PASSWORD,
        })
      ).status,
    ).toBe(422)
  })
})

describe('POST /activations/screen', () => {
  it('shows a ten-minute code to its maker only, for one person of the branch', async () => {
    const person = await newcomer('马秀英', 'teachers')
    expect(
      await (await f.signIn('branch_secretary', 'nurses')).send('POST', '/activations/screen', {
        personId: person.personId,
      }),
    ).toMatchObject({ status: 404, body: { code: 'access.person_not_found' } })
    const { body } = await secretary.send<{ id: string }>('POST', '/activations/screen', { personId: person.personId })
    const colleague = await f.signIn('branch_officer', 'teachers')
    expect(await colleague.send('GET', `/activations/${body.id}/screen`)).toMatchObject({
      status: 404,
      body: { code: 'access.batch_not_found' },
    })
    const shown = await secretary.send<{ code: string; url: string }>('GET', `/activations/${body.id}/screen`)
    expect(shown.body).toMatchObject({
      name: '马秀英',
      isUsed: false,
      expiresAt: at(10).toISOString(),
      qr: expect.stringMatching(/^data:image\/png/),
    })
    expect(
      (
        await browserOf(f).send('POST', '/activation', {
          code: shown.body.code,
          memberNumber: person.number,
          lastFour: '1233',
          password: PASSWORD,
        })
      ).status,
    ).toBe(200)
    expect((await secretary.send('GET', `/activations/${body.id}/screen`)).body).toMatchObject({ isUsed: true })
    f.setNow(at(11))
    expect((await secretary.send('GET', `/activations/${body.id}/screen`)).status).toBe(404)
    f.setNow(NOW)
  })
})
