import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { browserOf, PASSWORD } from '../../test/access-people.ts'
import { type Client, type Fixture, NOW, type OrgKey, openFixture } from '../../test/fixture.ts'
import { derivedCode } from './access.codes.ts'
import { grantMembership, openAccount } from './index.ts'

let f: Fixture
let secretary: Client
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
let serial = 20231100

/** A member with a record and an account that waits for activation. */
const ID_NUMBER = '110101199003071233'
async function newcomer(name: string, org: OrgKey, idNumber: string | null = ID_NUMBER) {
  serial += 1
  const number = `JW${serial}`
  const [id, unit] = [uuidv7(), f.orgs[org]]
  return inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, async (tx) => {
    const { personId } = await openAccount(tx, {
      name,
      signInNames: [{ kind: 'member_no', value: number }],
      now: NOW,
      vault: f.platform.vault,
    })
    await grantMembership(tx, {
      tenantId: f.tenantId,
      personId,
      memberId: id,
      orgId: unit.id,
      orgPath: unit.path,
      now: NOW,
    })
    await f.admin
      .insertInto('members_member')
      .values({
        tenant_id: f.tenantId,
        id,
        person_id: personId,
        org_id: unit.id,
        org_path: unit.path,
        member_no: number,
        name,
        given_name: name,
        pinyin: 'x',
        initials: 'x',
        category: 'formal',
        record_state: 'approved',
        created_at: NOW,
        updated_at: NOW,
        id_number:
          idNumber === null
            ? null
            : f.platform.vault.seal({ table: 'members_member', column: 'id_number', rowId: id }, idNumber, NOW),
      })
      .execute()
    return { personId, number }
  })
}

beforeAll(async () => {
  f = await openFixture()
  secretary = await f.signIn('branch_secretary', 'teachers')
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
